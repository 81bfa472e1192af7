import { END_OF_CHAIN, MINI_SECTOR, SECTOR } from "./constant.ts";
import { DIRECTORY_SECTORS, type Layout } from "./layout.ts";

/** The small streams, in the order in which they stand in the mini stream. */
export interface SmallStreams {
  readonly version: Uint8Array;
  readonly map: Uint8Array;
  readonly space: Uint8Array;
  readonly transform: Uint8Array;
  readonly info: Uint8Array;
}

const ENTRY = 128;
const NONE = 0xffff_ffff;
const STORAGE = 1;
const STREAM = 2;
const ROOT = 5;
const RED = 0;
const BLACK = 1;

interface Entry {
  readonly name: string;
  readonly kind: number;
  readonly colour?: number;
  readonly left?: number;
  readonly right?: number;
  readonly child?: number;
  readonly start?: number;
  readonly bytes?: number;
}

/** What stands before a small stream in the mini stream, in mini sectors. */
export function miniSectorsOf(bytes: number): number {
  return Math.ceil(bytes / MINI_SECTOR);
}

/**
 * The directory of an encrypted document (MS-OFFCRYPTO 2.2). Siblings form a red-black tree, ordered by the length of their
 * names and then by letter (MS-CFB 2.6.4); of a tree this small the shape is fixed.
 */
export function makeDirectory(layout: Layout, small: SmallStreams): Uint8Array {
  const starts = startsOf(small);
  const stream = (name: keyof SmallStreams) => ({
    kind: STREAM,
    start: starts[name],
    bytes: small[name].length,
  });
  const entries: readonly Entry[] = [
    {
      name: "Root Entry",
      kind: ROOT,
      child: 9,
      start: layout.miniStreamAt,
      bytes: starts.end * MINI_SECTOR,
    },
    { name: "\u0006DataSpaces", kind: STORAGE, child: 3 },
    { name: "Version", ...stream("version") },
    { name: "DataSpaceMap", ...stream("map"), left: 2, right: 4 },
    { name: "DataSpaceInfo", kind: STORAGE, child: 5, right: 6 },
    { name: "StrongEncryptionDataSpace", ...stream("space") },
    { name: "TransformInfo", kind: STORAGE, child: 7, colour: RED },
    { name: "StrongEncryptionTransform", kind: STORAGE, child: 8 },
    { name: "\u0006Primary", ...stream("transform") },
    { name: "EncryptionInfo", ...stream("info"), left: 1, right: 10 },
    { name: "EncryptedPackage", kind: STREAM, start: layout.packageAt, bytes: layout.packageBytes },
  ];
  const bytes = Buffer.alloc(DIRECTORY_SECTORS * SECTOR);
  for (let i = 0; i * ENTRY < bytes.length; i++) writeEntry(bytes, i * ENTRY, entries[i]);
  return bytes;
}

function startsOf(small: SmallStreams): Record<keyof SmallStreams | "end", number> {
  const map = miniSectorsOf(small.version.length);
  const space = map + miniSectorsOf(small.map.length);
  const transform = space + miniSectorsOf(small.space.length);
  const info = transform + miniSectorsOf(small.transform.length);
  const end = info + miniSectorsOf(small.info.length);
  return { version: 0, map, space, transform, info, end };
}

function writeEntry(bytes: Buffer, at: number, entry: Entry | undefined): void {
  const name = Buffer.from(entry === undefined ? "" : `${entry.name}\0`, "utf16le");
  name.copy(bytes, at);
  bytes.writeUInt16LE(name.length, at + 64);
  bytes[at + 66] = entry?.kind ?? 0;
  bytes[at + 67] = entry?.colour ?? BLACK;
  bytes.writeUInt32LE(entry?.left ?? NONE, at + 68);
  bytes.writeUInt32LE(entry?.right ?? NONE, at + 72);
  bytes.writeUInt32LE(entry?.child ?? NONE, at + 76);
  bytes.writeUInt32LE(entry?.start ?? (entry?.kind === STREAM ? END_OF_CHAIN : 0), at + 116);
  bytes.writeUInt32LE(entry?.bytes ?? 0, at + 120);
}
