import { parseJsonDate } from "./json-date.ts";

/** One day of 24 hours, in milliseconds. Windows of the rules are counted in these, never in calendar days. */
export const DAY: number = 86_400_000;
export const HOUR: number = 3_600_000;
export const MINUTE: number = 60_000;

/**
 * 2100-01-01T00:00:00Z. A later moment is a unit error (microseconds) or hostile, and counts as unreadable:
 * an end of purpose in the far future would otherwise keep data clear for ever.
 */
const LATEST = 4_102_444_800_000;

/** ISO 8601 with seconds optional and a zone required. */
const WITH_ZONE = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/;

/** What a host may give as a moment: a `Date`, an ISO 8601 text with a zone, or UTC milliseconds. */
export type MomentInput = Date | string | number | null | undefined;

/**
 * Reads a moment.
 *
 * A text without a zone is unreadable: Korean time read as UTC would mask nine hours late.
 *
 * @returns UTC milliseconds; `null` where the host says there is none; `NaN` where the value cannot be read
 */
export function readMoment(input: unknown): number | null {
  if (input === null || input === undefined) return null;
  const at =
    typeof input === "number" ? input : typeof input === "string" ? parseMoment(input) : timeOf(input);
  return isMoment(at) ? at : Number.NaN;
}

/** Tells whether a value is a moment the rules can count with: UTC milliseconds from 1970 to 2100. */
export function isMoment(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= LATEST;
}

/** Korean time is UTC+9 all year. */
const KOREA = 9 * HOUR;

/**
 * The same day and time some calendar months later, in Korean time. A day the month does not have becomes the next month's
 * first days: a period that must last so long never ends early.
 */
export function addMonths(at: number, months: number): number {
  const date = new Date(at + KOREA);
  return date.setUTCMonth(date.getUTCMonth() + months) - KOREA;
}

/** A moment as Korean people read it, to the minute: `2026-11-22 09:00`. */
export function formatKoreanTime(at: number): string {
  return new Date(at + KOREA).toISOString().slice(0, 16).replace("T", " ");
}

function parseMoment(text: string): number {
  const at = parseJsonDate(text);
  if (at !== undefined) return at;
  const isReadable = text.length <= 40 && WITH_ZONE.test(text) && isDay(text.slice(0, 10));
  return isReadable ? Date.parse(text.replace(" ", "T")) : Number.NaN;
}

/** `Date.parse` takes 30 February for 2 March, and a purpose would end two days late. */
function isDay(text: string): boolean {
  const at = Date.parse(text);
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(text);
}

/** The time of a real `Date`; anything else, a look-alike with its own `getTime` included, has none. */
function timeOf(input: unknown): number {
  try {
    return Date.prototype.getTime.call(input);
  } catch {
    return Number.NaN;
  }
}
