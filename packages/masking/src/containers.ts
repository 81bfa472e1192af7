import { isHostObject, wrongShape } from "./answer-error.ts";
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
