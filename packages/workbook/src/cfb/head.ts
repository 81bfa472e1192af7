import {
  END_OF_CHAIN,
  ENTRIES,
  FREE,
  LISTED_IN_HEADER,
  MINI_CUTOFF,
  SECTOR,
  SIGNATURE,
  TABLE_LIST_SECTOR,
  TABLE_SECTOR,
} from "./constant.ts";
import { DIRECTORY_SECTORS, type Layout } from "./layout.ts";

/** Table entries made at once: 64 KiB. */
const ENTRIES_AT_ONCE = 16_384;

/** What stands before the package, piece by piece: header, lists of the table, table, directory (MS-CFB 2.2 to 2.6). */
export function* makeHead(layout: Layout, directory: Uint8Array): Generator<Uint8Array> {
  yield makeHeader(layout);
  for (let i = 0; i < layout.listSectors; i++) yield makeList(layout, i);
  const entries = layout.tableSectors * ENTRIES;
  for (let from = 0; from < entries; from += ENTRIES_AT_ONCE)
    yield makeTable(layout, from, Math.min(entries, from + ENTRIES_AT_ONCE));
  yield directory;
}

function makeHeader(layout: Layout): Uint8Array {
  const bytes = Buffer.alloc(SECTOR);
  bytes.set(SIGNATURE);
  bytes.writeUInt16LE(0x003e, 24); // minor version
  bytes.writeUInt16LE(3, 26); //      major version: sectors of 512 bytes
  bytes.writeUInt16LE(0xfffe, 28); // little-endian
  bytes.writeUInt16LE(9, 30); //      2 ** 9 bytes a sector
  bytes.writeUInt16LE(6, 32); //      2 ** 6 bytes a mini sector
  bytes.writeUInt32LE(layout.tableSectors, 44);
  bytes.writeUInt32LE(layout.directoryAt, 48);
  bytes.writeUInt32LE(MINI_CUTOFF, 56);
  bytes.writeUInt32LE(layout.miniTableAt, 60);
  bytes.writeUInt32LE(1, 64);
  bytes.writeUInt32LE(layout.listSectors === 0 ? END_OF_CHAIN : 0, 68);
  bytes.writeUInt32LE(layout.listSectors, 72);
  for (let i = 0; i < LISTED_IN_HEADER; i++) bytes.writeUInt32LE(tableSectorAt(layout, i), 76 + 4 * i);
  return bytes;
}

/** Lists of the table lie before it, so that its sectors follow each other. */
function tableSectorAt(layout: Layout, i: number): number {
  return i < layout.tableSectors ? layout.listSectors + i : FREE;
}

function makeList(layout: Layout, i: number): Uint8Array {
  const bytes = Buffer.alloc(SECTOR);
  const first = LISTED_IN_HEADER + i * (ENTRIES - 1);
  for (let j = 0; j < ENTRIES - 1; j++) bytes.writeUInt32LE(tableSectorAt(layout, first + j), 4 * j);
  bytes.writeUInt32LE(i + 1 < layout.listSectors ? i + 1 : END_OF_CHAIN, SECTOR - 4);
  return bytes;
}

function makeTable(layout: Layout, from: number, to: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(4 * (to - from));
  const ends = endsOf(layout);
  for (let i = from; i < to; i++) bytes.writeUInt32LE(entryOf(layout, ends, i), 4 * (i - from));
  return bytes;
}

/** Last sectors of the chains. */
function endsOf(layout: Layout): ReadonlySet<number> {
  return new Set([
    layout.directoryAt + DIRECTORY_SECTORS - 1,
    layout.packageAt + layout.packageSectors - 1,
    layout.miniTableAt,
    layout.miniStreamAt + layout.miniStreamSectors - 1,
  ]);
}

function entryOf(layout: Layout, ends: ReadonlySet<number>, i: number): number {
  if (i < layout.listSectors) return TABLE_LIST_SECTOR;
  if (i < layout.directoryAt) return TABLE_SECTOR;
  if (i >= layout.miniStreamAt + layout.miniStreamSectors) return FREE;
  return ends.has(i) ? END_OF_CHAIN : i + 1;
}
