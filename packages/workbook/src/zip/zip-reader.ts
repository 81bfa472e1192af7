import { crc32, inflateRawSync } from "node:zlib";
import { GarimError } from "@garim/policy";
import { damaged } from "../open/damaged.ts";

const CENTRAL = 0x0201_4b50;
const END = 0x0605_4b50;
const END_BYTES = 22;
/** What a text of JavaScript holds. */
const MOST_BYTES = 2 ** 29 - 32;

interface Entry {
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly at: number;
}

/** Reads a ZIP that {@link ZipWriter} made, from memory. */
export class ZipReader {
  readonly #bytes: Buffer;
  readonly #entries = new Map<string, Entry>();

  /** @throws GarimError `ERR_GARIM_WORKBOOK_DAMAGED` */
  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    const end = bytes.length - END_BYTES;
    if (end < 0 || bytes.readUInt32LE(end) !== END) throw damaged("its package has no directory");
    let at = bytes.readUInt32LE(end + 16);
    for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) at = this.#readEntry(at);
  }

  has(path: string): boolean {
    return this.#entries.has(path);
  }

  /** @throws GarimError `ERR_GARIM_WORKBOOK_DAMAGED`, `ERR_GARIM_WORKBOOK_LIMIT` for a part beyond 512 MiB */
  read(path: string): Buffer {
    const entry = this.#entries.get(path);
    if (entry === undefined) throw damaged(`its package has no ${path}`);
    const packed = this.#bytes.subarray(entry.at, entry.at + entry.packedBytes);
    const clear = entry.method === 0 ? packed : inflate(packed);
    if (crc32(clear) !== entry.crc) throw damaged(`${path} is not what it was`);
    return clear;
  }

  #readEntry(at: number): number {
    const bytes = this.#bytes;
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== CENTRAL)
      throw damaged("its package's directory is not whole");
    const end = at + 46 + bytes.readUInt16LE(at + 28);
    const header = bytes.readUInt32LE(at + 42);
    this.#entries.set(bytes.toString("utf8", at + 46, end), {
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packedBytes: bytes.readUInt32LE(at + 20),
      at: header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28),
    });
    return end;
  }
}

function inflate(packed: Uint8Array): Buffer {
  try {
    return inflateRawSync(packed, { maxOutputLength: MOST_BYTES });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_BUFFER_TOO_LARGE")
      throw damaged("a part of its package does not inflate", error);
    throw new GarimError(
      "ERR_GARIM_WORKBOOK_LIMIT",
      "A sheet of this workbook has more than 512 MiB of XML, which is read in one piece here. Open it in a sheet program.",
    );
  }
}
