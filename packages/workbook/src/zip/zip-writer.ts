import { crc32 } from "node:zlib";

const LOCAL = 0x0403_4b50;
const DESCRIPTOR = 0x0807_4b50;
const CENTRAL = 0x0201_4b50;
const END = 0x0605_4b50;

const VERSION = 20;
const AES_VERSION = 51;
/** Names are UTF-8. */
const UTF8 = 0x0800;
/** Sum and sizes follow the data. Only of what is deflated, which says where it ends: some readers take no other. */
const FOLLOWED = 0x0008;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 0x0001;
/** Stands for the method of what is encrypted with AES; the method itself is in {@link AES_FIELD}. */
const AES = 99;
/** Field 0x9901 of 7 bytes: AE-2, by "AE", AES-256, deflated. AE-2 has no sum of the clear bytes, which would tell of short ones. */
const AES_FIELD: Uint8Array = Uint8Array.of(0x01, 0x99, 7, 0, 2, 0, 0x41, 0x45, 3, DEFLATED, 0);
const NO_FIELD: Uint8Array = new Uint8Array(0);
/** 1980-01-01: when a file was made stands in its properties. */
const DATE = 0x0021;

interface Entry {
  readonly name: Buffer;
  readonly method: number;
  readonly flags: number;
  readonly field: Uint8Array;
  readonly at: number;
  crc: number;
  packedBytes: number;
  clearBytes: number;
}

/** An entry, as far as it is known when it begins. */
interface Begun {
  readonly path: string;
  readonly method: number;
  readonly flags: number;
  readonly field: Uint8Array;
  readonly crc: number;
  readonly bytes: number;
}

/**
 * The bytes of a ZIP (APPNOTE 6.3), entry after entry, for data whose length is not known when it begins. What is to be deflated is given
 * with its deflated form. No entry reaches 4 GiB: {@link WORKBOOK_LIMITS} ends sheets and files before.
 */
export class ZipWriter {
  readonly #entries: Entry[] = [];
  #at = 0;

  /** Begins a deflated entry. @returns its header */
  open(path: string): Uint8Array {
    const flags = UTF8 | FOLLOWED;
    return this.#begin({ path, method: DEFLATED, flags, field: NO_FIELD, crc: 0, bytes: 0 });
  }

  /** Begins a deflated entry that {@link AesStream} encrypts. @returns its header */
  openSealed(path: string): Uint8Array {
    const flags = UTF8 | FOLLOWED | ENCRYPTED;
    return this.#begin({ path, method: AES, flags, field: AES_FIELD, crc: 0, bytes: 0 });
  }

  /** Counts data of the open entry. @returns `packed` */
  add(clear: Uint8Array, packed: Uint8Array): Uint8Array {
    const entry = this.#last();
    // Of no bytes, Node may start the sum afresh.
    if (clear.length > 0 && entry.method !== AES) entry.crc = crc32(clear, entry.crc);
    entry.clearBytes += clear.length;
    entry.packedBytes += packed.length;
    return this.#count(packed);
  }

  /** Ends the open entry. @returns its descriptor */
  close(): Uint8Array {
    const entry = this.#last();
    const bytes = Buffer.alloc(16);
    bytes.writeUInt32LE(DESCRIPTOR, 0);
    writeSizes(bytes, 4, entry);
    return this.#count(bytes);
  }

  /** An entry as it is. @returns all of it */
  store(path: string, content: Uint8Array): Uint8Array {
    const header = this.#begin({
      path,
      method: STORED,
      flags: UTF8,
      field: NO_FIELD,
      crc: crc32(content),
      bytes: content.length,
    });
    return Buffer.concat([header, this.#count(content)]);
  }

  /** No entry follows. @returns the directory */
  end(): Uint8Array {
    const at = this.#at;
    const entries = this.#entries.map(makeCentral);
    const bytes = Buffer.alloc(22);
    bytes.writeUInt32LE(END, 0);
    bytes.writeUInt16LE(entries.length, 8);
    bytes.writeUInt16LE(entries.length, 10);
    bytes.writeUInt32LE(
      entries.reduce((sum, { length }) => sum + length, 0),
      12,
    );
    bytes.writeUInt32LE(at, 16);
    return this.#count(Buffer.concat([...entries, bytes]));
  }

  #begin({ path, bytes, ...form }: Begun): Uint8Array {
    const name = Buffer.from(path);
    const entry: Entry = { ...form, name, at: this.#at, packedBytes: bytes, clearBytes: bytes };
    this.#entries.push(entry);
    const header = Buffer.alloc(30);
    header.writeUInt32LE(LOCAL, 0);
    header.writeUInt16LE(versionOf(entry), 4);
    header.writeUInt16LE(entry.flags, 6);
    header.writeUInt16LE(entry.method, 8);
    header.writeUInt16LE(DATE, 12);
    writeSizes(header, 14, entry);
    header.writeUInt16LE(name.length, 26);
    header.writeUInt16LE(entry.field.length, 28);
    return this.#count(Buffer.concat([header, name, entry.field]));
  }

  #count(bytes: Uint8Array): Uint8Array {
    this.#at += bytes.length;
    return bytes;
  }

  #last(): Entry {
    const entry = this.#entries.at(-1);
    if (entry === undefined) throw new Error("no entry is open");
    return entry;
  }
}

function makeCentral(entry: Entry): Uint8Array {
  const bytes = Buffer.alloc(46);
  bytes.writeUInt32LE(CENTRAL, 0);
  bytes.writeUInt16LE(versionOf(entry), 4);
  bytes.writeUInt16LE(versionOf(entry), 6);
  bytes.writeUInt16LE(entry.flags, 8);
  bytes.writeUInt16LE(entry.method, 10);
  bytes.writeUInt16LE(DATE, 14);
  writeSizes(bytes, 16, entry);
  bytes.writeUInt16LE(entry.name.length, 28);
  bytes.writeUInt16LE(entry.field.length, 30);
  bytes.writeUInt32LE(entry.at, 42);
  return Buffer.concat([bytes, entry.name, entry.field]);
}

function versionOf({ method }: Entry): number {
  return method === AES ? AES_VERSION : VERSION;
}

function writeSizes(bytes: Buffer, at: number, entry: Entry): void {
  bytes.writeUInt32LE(entry.crc, at);
  bytes.writeUInt32LE(entry.packedBytes, at + 4);
  bytes.writeUInt32LE(entry.clearBytes, at + 8);
}
