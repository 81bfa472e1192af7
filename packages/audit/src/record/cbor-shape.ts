import { GarimError } from "@garim/policy";
import type { CborValue } from "./cbor-encode.ts";

/** What a decoded value must be, field by field; each throws `ERR_GARIM_RECORD_INVALID` and names the field. */
export type Read<T> = (value: CborValue | undefined, field: string) => T;

export const asText: Read<string> = (value, field) =>
  typeof value === "string" ? value : refuseShape(field, "a text");

export const asNumber: Read<number> = (value, field) =>
  typeof value === "number" ? value : refuseShape(field, "a number");

export const asBytes: Read<Uint8Array> = (value, field) =>
  value instanceof Uint8Array ? value : refuseShape(field, "bytes");

export const asList: Read<readonly CborValue[]> = (value, field) =>
  Array.isArray(value) ? value : refuseShape(field, "a list");

export const asMap: Read<ReadonlyMap<number | string, CborValue>> = (value, field) =>
  value instanceof Map ? value : refuseShape(field, "a map");

/** One of a closed list of words. */
export function asWord<T extends string>(words: readonly T[]): Read<T> {
  return (value, field) =>
    words.find((word) => word === value) ??
    refuseShape(field, "a word that this version of @garim/audit knows");
}

/** The value, or `null` where the field is left out or null. */
export function orNull<T>(read: Read<T>): Read<T | null> {
  return (value, field) => (value === undefined || value === null ? null : read(value, field));
}

/** Every item of a list. */
export function asListOf<T>(read: Read<T>): Read<readonly T[]> {
  return (value, field) => asList(value, field).map((item) => read(item, field));
}

export function refuseShape(field: string, wanted: string): never {
  throw new GarimError("ERR_GARIM_RECORD_INVALID", `The record's ${field} is not ${wanted}`);
}
