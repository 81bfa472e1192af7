import { isHostObject, tooManyItems, wrongShape } from "./error.ts";
import type { Sink } from "./sink.ts";

/**
 * Reads a member whose name `Object.prototype` has too (`constructor`, `toString`): what comes from there is no data.
 * Own members and those of a class are.
 */
export function readGuarded(object: object, key: string): unknown {
  for (let at: object | null = object; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at))
    if (Object.hasOwn(at, key)) return (object as Readonly<Record<string, unknown>>)[key];
  return undefined;
}

/** Reads the tag of a union: of the object itself, for it chooses what is written of it. */
export function readTag(object: object, tag: string): unknown {
  return Object.hasOwn(object, tag) ? (object as Readonly<Record<string, unknown>>)[tag] : undefined;
}

/** @throws GarimError `ERR_GARIM_ANSWER_SHAPE` unless the value has members a shape can name */
export function toObject(value: unknown, path: string): object {
  if (isHostObject(value)) return value;
  throw wrongShape(path, "an object", value);
}

/** @throws GarimError `ERR_GARIM_ANSWER_SHAPE` unless the value is an array */
export function toList(value: unknown, path: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw wrongShape(path, "an array", value);
}

/** Items of a list at most, inclusive. A sparse array or a proxy may claim any number of them, and each is read. */
const MOST_ITEMS = 16_777_216;

/**
 * The length of a list, read once: what is added while it is written is not met.
 *
 * @throws GarimError `ERR_GARIM_ANSWER_TOO_LARGE`
 */
export function lengthOf(list: readonly unknown[], path: string): number {
  const { length } = list;
  if (length <= MOST_ITEMS) return length;
  throw tooManyItems(path, MOST_ITEMS);
}

/** Closes an object whose members begin at `start`, each with a comma before it. */
export function closeObject(sink: Sink, start: number, end: number): number {
  return close(sink, start, end, 0x7b, 0x7d);
}

/** Closes a list whose items begin at `start`, each with a comma before it. */
export function closeList(sink: Sink, start: number, end: number): number {
  return close(sink, start, end, 0x5b, 0x5d);
}

function close(sink: Sink, start: number, end: number, opening: number, closing: number): number {
  const { bytes } = sink;
  bytes[start] = opening;
  const last = end === start ? start + 1 : end;
  bytes[last] = closing;
  return last + 1;
}
