import { randomUUID } from "node:crypto";

/**
 * Makes a record's id: a UUID of version 7, whose first 48 bits are the moment of the access, the rest random. So a record is
 * found by its id without an index of its own; what the id tells, the record tells too.
 *
 * @param at - UTC milliseconds, 0 to 2^48 - 1
 * @source RFC 9562 section 5.7
 */
export function makeRecordId(at: number): string {
  const hex = at.toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7${randomUUID().slice(15)}`;
}

const RECORD_ID = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * The moment in a record's id.
 *
 * @returns UTC milliseconds; `undefined` where the text is no id of a record
 */
export function momentOfId(id: string): number | undefined {
  const [, high, low] = RECORD_ID.exec(id) ?? [];
  return high === undefined || low === undefined ? undefined : Number.parseInt(high + low, 16);
}
