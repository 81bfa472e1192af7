import { GarimError } from "@garim/policy";

/** A calendar month in UTC: `2026-11`. Months compare as texts. */
export type Month = string;

/** 2100-01-01T00:00:00Z: a later moment is a unit error, and a walk to it would not end. */
const LATEST = 4_102_444_800_000;

const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/;

/** Tells whether a value is a month that keys can be of: 1970 to 2100. */
export function isMonth(value: unknown): value is Month {
  return typeof value === "string" && MONTH.test(value) && isWithin(startOf(value));
}

/**
 * The month of a moment.
 *
 * @throws GarimError `ERR_GARIM_KEYS_INVALID` where the clock gives no moment from 1970 to 2100
 */
export function monthOf(now: number): Month {
  if (isWithin(now)) return new Date(now).toISOString().slice(0, 7);
  throw new GarimError(
    "ERR_GARIM_KEYS_INVALID",
    "The clock gives no moment from 1970 to 2100, so no month has a key; give a clock of UTC milliseconds, or set the computer's",
  );
}

function isWithin(at: number): boolean {
  return at >= 0 && at < LATEST;
}

export function monthAfter(month: Month): Month {
  const next = new Date(startOf(month));
  next.setUTCMonth(next.getUTCMonth() + 1);
  return next.toISOString().slice(0, 7);
}

/** The first millisecond of a month. */
export function startOf(month: Month): number {
  return Date.parse(`${month}-01T00:00:00.000Z`);
}

/** The months from one to another, both included; none where `last` is the earlier one. */
export function monthsBetween(first: Month, last: Month): readonly Month[] {
  const months: Month[] = [];
  for (let month = first; month <= last; month = monthAfter(month)) months.push(month);
  return months;
}

export function earliest(a: Month, b: Month): Month {
  return a < b ? a : b;
}

export function latest(a: Month, b: Month): Month {
  return a > b ? a : b;
}
