import { randomFillSync } from "node:crypto";

/**
 * Makes a record's id: a UUID of version 7, whose first 48 bits are the moment of the access, the rest random. So a record is
 * found by its id without an index of its own; what the id tells, the record tells too.
 *
 * @param at - UTC milliseconds, 0 to 2^48 - 1
 * @source RFC 9562 section 5.7
 */
export function makeRecordId(at: number): string {
  const time = at.toString(16).padStart(12, "0");
  const random = takeRandom();
  const variant = VARIANTS[Number.parseInt(random[3] ?? "0", 16) & 3];
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-${variant}${random.slice(4, 7)}-${random.slice(7)}`;
}

/** The two bits 10 of RFC 9562, and two random ones. */
const VARIANTS = ["8", "9", "a", "b"];

const RANDOM_BYTES = 10;
/** Drawn for a thousand ids at once: drawn one by one they took a twelfth of an append. */
const POOL = Buffer.alloc(RANDOM_BYTES * 1_000);
let taken = POOL.length;

/** 19 fresh random hex digits. */
function takeRandom(): string {
  if (taken === POOL.length) {
    randomFillSync(POOL);
    taken = 0;
  }
  taken += RANDOM_BYTES;
  return POOL.toString("hex", taken - RANDOM_BYTES, taken).slice(1);
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
