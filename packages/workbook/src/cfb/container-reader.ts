import { damaged } from "../open/damaged.ts";
import { ENTRIES, FREE, LISTED_IN_HEADER, MINI_CUTOFF, MINI_SECTOR, SECTOR, SIGNATURE } from "./constant.ts";

interface Stream {
  readonly start: number;
  readonly bytes: number;
}

const ENTRY = 128;
/** Sectors beyond are marks. */
const LAST_SECTOR = 0xffff_fffa;

/** Reads the streams of a container of version 3. */
export class ContainerReader {
  readonly #file: Buffer;
  readonly #table: readonly Buffer[];
  readonly #streams = new Map<string, Stream>();
  readonly #miniTable: Buffer;
  readonly #miniStream: Buffer;

  /** @throws GarimError `ERR_GARIM_WORKBOOK_DAMAGED` */
  constructor(bytes: Uint8Array) {
    this.#file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (this.#file.length < SECTOR || !this.#file.subarray(0, 8).equals(SIGNATURE))
      throw damaged("it is no encrypted document");
    if (this.#file.readUInt16LE(30) !== 9) throw damaged("its container is not of version 3");
    this.#table = this.#readTable();
    const root = this.#readDirectory();
    this.#miniTable = this.#chain(this.#file.readUInt32LE(60));
    this.#miniStream = this.#chain(root.start).subarray(0, root.bytes);
  }

  /** @param name - without the storages above it */
  read(name: string): Buffer {
    const stream = this.#streams.get(name);
    if (stream === undefined) throw damaged(`it has no stream ${name}`);
    const content =
      stream.bytes < MINI_CUTOFF ? this.#miniChain(stream.start) : this.#chain(stream.start, stream.bytes);
    if (content.length < stream.bytes) throw damaged(`its stream ${name} is cut off`);
    return content.subarray(0, stream.bytes);
  }

  #readTable(): readonly Buffer[] {
    const places = Array.from({ length: LISTED_IN_HEADER }, (_, i) => this.#file.readUInt32LE(76 + 4 * i));
    let list = this.#file.readUInt32LE(68);
    const lists = this.#file.readUInt32LE(72);
    if (lists * SECTOR > this.#file.length) throw damaged("it is cut off");
    for (let left = lists; left > 0; left--) {
      const sector = this.#sector(list);
      for (let i = 0; i < ENTRIES - 1; i++) places.push(sector.readUInt32LE(4 * i));
      list = sector.readUInt32LE(SECTOR - 4);
    }
    return places.filter((place) => place !== FREE).map((place) => this.#sector(place));
  }

  #readDirectory(): Stream {
    const directory = this.#chain(this.#file.readUInt32LE(48));
    for (let at = 0; at + ENTRY <= directory.length; at += ENTRY) {
      const nameBytes = directory.readUInt16LE(at + 64);
      if (nameBytes < 2 || nameBytes > 64) continue;
      const name = directory.toString("utf16le", at, at + nameBytes - 2);
      this.#streams.set(name, {
        start: directory.readUInt32LE(at + 116),
        bytes: directory.readUInt32LE(at + 120),
      });
    }
    const root = this.#streams.get("Root Entry");
    if (root === undefined) throw damaged("its directory has no root");
    return root;
  }

  #chain(start: number, bytes = 0): Buffer {
    const contiguous = this.#contiguous(start, bytes);
    if (contiguous !== undefined) return contiguous;
    const sectors: Buffer[] = [];
    for (let at = start; at < LAST_SECTOR; at = this.#next(at)) {
      sectors.push(this.#sector(at));
      if (sectors.length * SECTOR > this.#file.length) throw damaged("its sectors run in a circle");
    }
    return Buffer.concat(sectors);
  }

  /** A long stream in one run is not copied. */
  #contiguous(start: number, bytes: number): Buffer | undefined {
    const sectors = Math.ceil(bytes / SECTOR);
    if (sectors === 0) return undefined;
    for (let i = 0; i + 1 < sectors; i++) if (this.#next(start + i) !== start + i + 1) return undefined;
    const at = SECTOR * (1 + start);
    return this.#file.subarray(at, at + sectors * SECTOR);
  }

  #miniChain(start: number): Buffer {
    const parts: Buffer[] = [];
    for (let at = start; at < LAST_SECTOR; at = this.#miniTable.readUInt32LE(4 * at)) {
      const from = at * MINI_SECTOR;
      if (from >= this.#miniStream.length || parts.length * MINI_SECTOR > this.#miniStream.length)
        throw damaged("its small streams lead nowhere");
      parts.push(this.#miniStream.subarray(from, from + MINI_SECTOR));
    }
    return Buffer.concat(parts);
  }

  #next(sector: number): number {
    const part = this.#table[Math.floor(sector / ENTRIES)];
    if (part === undefined) throw damaged("its sectors lead nowhere");
    return part.readUInt32LE(4 * (sector % ENTRIES));
  }

  #sector(place: number): Buffer {
    const at = SECTOR * (1 + place);
    if (at + SECTOR > this.#file.length) throw damaged("it is cut off");
    return this.#file.subarray(at, at + SECTOR);
  }
}
