const DAY_MS = 86_400_000;
/** Sheets know no time zones: moments stand in Korean time, which has no summer time. */
const KOREA_MS = 9 * 3_600_000;
/** Days from the sheets' zero to 1970-01-01. */
const EPOCH_DAYS = 25_569;

/** Sheets count days from 1900 and take that year for a leap year: before March nothing is certain. */
const FIRST = Date.UTC(1900, 2, 1) - KOREA_MS;
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59, 999) - KOREA_MS;

/** Whether a sheet can hold a moment, UTC milliseconds, as a date. */
export function isSheetDate(ms: number): boolean {
  return ms >= FIRST && ms <= LAST;
}

/** The number by which a sheet knows a moment in Korean time. */
export function toSerial(ms: number): number {
  return (ms + KOREA_MS) / DAY_MS + EPOCH_DAYS;
}

/** UTC milliseconds of {@link toSerial}, exactly. */
export function fromSerial(serial: number): number {
  return Math.round((serial - EPOCH_DAYS) * DAY_MS) - KOREA_MS;
}

/** `2026-11-22 19:07:50`, in Korean time. */
export function koreanText(ms: number): string {
  return new Date(ms + KOREA_MS)
    .toISOString()
    .replace("T", " ")
    .replace(/\.\d+Z$/, "");
}

/** As {@link koreanText}; empty for a date that is none. */
export function sayMoment(date: Date): string {
  return Number.isNaN(date.getTime()) ? "" : koreanText(date.getTime());
}
