import { GarimError } from "@garim/policy";
import { halfBits } from "./half-float.ts";

/** What a record's body is made of. A number that is a safe integer is a CBOR integer, any other a float. */
export type CborValue =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | readonly CborValue[]
  | ReadonlyMap<number | string, CborValue>;

/**
 * Encodes a value as deterministic CBOR: shortest forms, definite lengths, map keys in the order of their bytes.
 *
 * Texts must be well-formed; a lone surrogate becomes U+FFFD.
 *
 * @throws GarimError `ERR_GARIM_RECORD_INVALID` where a value is of no CBOR type
 * @source RFC 8949 section 4.2.1
 */
export function encodeCbor(value: CborValue): Uint8Array {
  return encodeInto(value, SCRATCH);
}

/** Bytes of a value, with room around them. */
export interface RoomyBytes {
  readonly bytes: Buffer;
  /** Where the value begins, and where it ends. */
  readonly start: number;
  readonly end: number;
}

/**
 * Encodes a map whose keys are counts.
 *
 * @param members - by their keys; what is `undefined` or `null` is left out
 * @param room - bytes before and behind it, for whoever goes on writing there; they hold anything
 * @throws GarimError `ERR_GARIM_RECORD_INVALID` where a value is of no CBOR type
 */
export function encodeMembers(
  members: readonly (CborValue | undefined)[],
  room: { readonly before: number; readonly behind: number },
): RoomyBytes {
  const writer = new CborWriter(SCRATCH);
  writer.members(members);
  return writer.roomy(room.before, room.behind);
}

/** Where bodies are made, one after the other: larger than most, and what comes out is copied. */
const SCRATCH = Buffer.allocUnsafeSlow(65_536);
/** Texts shorter than this have their length in their first byte. */
const SHORT = 24;
const TEXT_HEAD = 0x60;
const FIRST_BEYOND_ASCII = 0x80;
/** Larger than most keys; so small a buffer comes from Node's pool. */
const KEY_BYTES = 32;

function encodeInto(value: CborValue, buffer: Buffer): Uint8Array {
  const writer = new CborWriter(buffer);
  writer.value(value);
  return writer.bytes();
}

class CborWriter {
  #buffer: Buffer;
  #length = 0;

  constructor(buffer: Buffer) {
    this.#buffer = buffer;
  }

  /** What was written, as bytes of its own. */
  bytes(): Uint8Array {
    return Uint8Array.prototype.slice.call(this.#buffer, 0, this.#length);
  }

  /** The same with room around it. Of Node's pool: memory of its own costs more than all that is written into it. */
  roomy(before: number, behind: number): RoomyBytes {
    const end = before + this.#length;
    const bytes = Buffer.allocUnsafe(end + behind);
    this.#buffer.copy(bytes, before, 0, this.#length);
    return { bytes, start: before, end };
  }

  members(members: readonly (CborValue | undefined)[]): void {
    let count = 0;
    for (const value of members) if (value !== undefined && value !== null) count++;
    this.#head(5, count);
    for (let key = 0; key < members.length; key++) {
      const value = members[key];
      if (value === undefined || value === null) continue;
      this.#head(0, key);
      this.value(value);
    }
  }

  value(value: CborValue): void {
    if (typeof value === "number") this.#number(value);
    else if (typeof value === "string") this.#text(value);
    else if (value === null) this.#byte(0xf6);
    else if (typeof value === "boolean") this.#byte(value ? 0xf5 : 0xf4);
    else if (value instanceof Uint8Array) this.#byteString(value);
    else if (isList(value)) this.#list(value);
    else if (value instanceof Map) this.#map(value);
    else
      throw new GarimError(
        "ERR_GARIM_RECORD_INVALID",
        `A record cannot hold a value of type ${typeof value}`,
      );
  }

  #number(value: number): void {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) this.#float(value);
    else if (value >= 0) this.#head(0, value);
    else this.#head(1, -1 - value);
  }

  #float(value: number): void {
    this.#reserve(9);
    const half = halfBits(value);
    if (half !== undefined) {
      this.#byte(0xf9);
      this.#length = this.#buffer.writeUInt16BE(half, this.#length);
    } else if (Object.is(Math.fround(value), value)) {
      this.#byte(0xfa);
      this.#length = this.#buffer.writeFloatBE(value, this.#length);
    } else {
      this.#byte(0xfb);
      this.#length = this.#buffer.writeDoubleBE(value, this.#length);
    }
  }

  #text(text: string): void {
    if (text.length < SHORT && this.#shortText(text)) return;
    const sizeBytes = Buffer.byteLength(text);
    this.#head(3, sizeBytes);
    this.#reserve(sizeBytes);
    this.#length += this.#buffer.write(text, this.#length);
  }

  /** Most texts are a few ASCII letters: to ask Node for each takes longer than to write them. @returns whether this one is */
  #shortText(text: string): boolean {
    this.#reserve(1 + SHORT);
    const buffer = this.#buffer;
    const start = this.#length;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit >= FIRST_BEYOND_ASCII) return false;
      buffer[start + 1 + i] = unit;
    }
    buffer[start] = TEXT_HEAD | text.length;
    this.#length = start + 1 + text.length;
    return true;
  }

  #byteString(bytes: Uint8Array): void {
    this.#head(2, bytes.length);
    this.#raw(bytes);
  }

  #list(values: readonly CborValue[]): void {
    this.#head(4, values.length);
    for (const value of values) this.value(value);
  }

  #map(map: ReadonlyMap<number | string, CborValue>): void {
    const entries = [...map];
    this.#head(5, entries.length);
    if (entries.every(([key]) => isCount(key))) this.#countedMembers(entries as [number, CborValue][]);
    else this.#members(entries);
  }

  /** Counts stand in the order of their bytes when they stand in their own. */
  #countedMembers(entries: [number, CborValue][]): void {
    for (const [key, value] of entries.sort(([one], [other]) => one - other)) {
      this.#head(0, key);
      this.value(value);
    }
  }

  #members(entries: readonly [number | string, CborValue][]): void {
    const members = entries.map(([key, value]) => ({
      key: encodeInto(key, Buffer.allocUnsafe(KEY_BYTES)),
      value,
    }));
    for (const { key, value } of members.sort((one, other) => Buffer.compare(one.key, other.key))) {
      this.#raw(key);
      this.value(value);
    }
  }

  /** A major type with its argument, in the shortest form. */
  #head(major: number, argument: number): void {
    this.#reserve(9);
    const type = major << 5;
    if (argument < 24) this.#byte(type | argument);
    else if (argument < 0x100) this.#argument(type | 24, argument, 1);
    else if (argument < 0x1_0000) this.#argument(type | 25, argument, 2);
    else if (argument < 0x1_0000_0000) this.#argument(type | 26, argument, 4);
    else {
      this.#argument(type | 27, Math.floor(argument / 0x1_0000_0000), 4);
      this.#length = this.#buffer.writeUInt32BE(argument >>> 0, this.#length);
    }
  }

  #argument(head: number, argument: number, sizeBytes: number): void {
    this.#byte(head);
    this.#length = this.#buffer.writeUIntBE(argument, this.#length, sizeBytes);
  }

  #raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  #byte(byte: number): void {
    this.#reserve(1);
    this.#buffer[this.#length++] = byte;
  }

  #reserve(sizeBytes: number): void {
    if (this.#length + sizeBytes > this.#buffer.length) this.#grow(this.#length + sizeBytes);
  }

  #grow(needed: number): void {
    const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.#buffer.length));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}

function isList(value: CborValue): value is readonly CborValue[] {
  return Array.isArray(value);
}

function isCount(key: number | string): boolean {
  return Number.isSafeInteger(key) && (key as number) >= 0 && !Object.is(key, -0);
}
