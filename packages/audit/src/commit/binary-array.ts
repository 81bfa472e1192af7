// Arrays in PostgreSQL's binary form (array_recv), for drivers that hand bytes on as they are: nothing is quoted, nothing is parsed.

/** Numbers of types in PostgreSQL's catalogue, the same everywhere. */
const TYPES = { bigint: 20, integer: 23, text: 25, uuid: 2950 } as const;

/** How many dimensions, whether there are NULLs, the type of the items, how many, the index of the first: 4 bytes each. */
const HEAD_BYTES = 20;
const LENGTH_BYTES = 4;
const UUID_BYTES = 16;
const NULL_LENGTH = -1;
/** A UTF-16 unit takes at most so many bytes of UTF-8. */
const MOST_UTF8 = 3;
const FIRST_BEYOND_ASCII = 0x80;

/** `integer[]`. */
export function binaryIntegers(values: readonly number[]): Buffer {
  const array = openArray(TYPES.integer, values.length, (LENGTH_BYTES + 4) * values.length);
  let at = HEAD_BYTES;
  for (const value of values) {
    at = array.writeInt32BE(4, at);
    at = array.writeInt32BE(value, at);
  }
  return array;
}

/** `bigint[]`, of safe integers. */
export function binaryBigints(values: readonly number[]): Buffer {
  const array = openArray(TYPES.bigint, values.length, (LENGTH_BYTES + 8) * values.length);
  let at = HEAD_BYTES;
  for (const value of values) {
    at = array.writeInt32BE(8, at);
    at = array.writeBigInt64BE(BigInt(value), at);
  }
  return array;
}

/** `uuid[]`. @param parts - 16 bytes for each, one after the other */
export function binaryUuids(parts: readonly Uint8Array[]): Buffer {
  const count = parts.reduce((sum, part) => sum + part.length / UUID_BYTES, 0);
  if (count === 0) return emptyArray(TYPES.uuid);
  const array = openArray(TYPES.uuid, count, (LENGTH_BYTES + UUID_BYTES) * count);
  let at = HEAD_BYTES;
  for (const part of parts)
    for (let begin = 0; begin < part.length; begin += UUID_BYTES) {
      at = array.writeInt32BE(UUID_BYTES, at);
      // Faster than `set` of a window for so few bytes.
      for (let i = 0; i < UUID_BYTES; i++) array[at + i] = part[begin + i] as number;
      at += UUID_BYTES;
    }
  return array;
}

/** `text[]`; a null is NULL. */
export function binaryTexts(texts: readonly (string | null)[]): Buffer {
  if (texts.length === 0) return emptyArray(TYPES.text);
  let most = 0;
  for (const text of texts) most += LENGTH_BYTES + MOST_UTF8 * (text?.length ?? 0);
  const array = openArray(TYPES.text, texts.length, most);
  let at = HEAD_BYTES;
  for (const text of texts) {
    const length = text === null ? NULL_LENGTH : writeText(array, text, at + LENGTH_BYTES);
    at = array.writeInt32BE(length, at) + Math.max(0, length);
  }
  return array.subarray(0, at);
}

/** Most texts are short and ASCII: to call Node for each took longer than all the rest of an array. */
function writeText(array: Buffer, text: string, at: number): number {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= FIRST_BEYOND_ASCII) return array.write(text, at);
    array[at + i] = unit;
  }
  return text.length;
}

/** An array without items has no dimension. */
function emptyArray(type: number): Buffer {
  return Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, ...bytesOf(type)]);
}

/** An array of one dimension, at least one item long, its items not yet written. */
function openArray(type: number, count: number, itemBytes: number): Buffer {
  const array = Buffer.allocUnsafe(HEAD_BYTES + itemBytes);
  let at = 0;
  for (const number of [1, 1, type, count, 1]) at = array.writeInt32BE(number, at);
  return array;
}

function bytesOf(number: number): readonly number[] {
  return [number >>> 24, (number >>> 16) & 0xff, (number >>> 8) & 0xff, number & 0xff];
}
