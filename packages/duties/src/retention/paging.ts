import { refuseMember } from "../input.ts";

const PAGE = 100;
const LARGEST = 1_000;
const MOST_DAYS = 365;

/** How many are wanted: 1 to 1,000. */
export function readLimit(limit: unknown, usual: number = PAGE): number {
  if (limit === undefined) return usual;
  if (typeof limit === "number" && Number.isInteger(limit) && limit >= 1 && limit <= LARGEST) return limit;
  throw refuseMember("limit", `a whole number of 1 to ${LARGEST}`);
}

/** How many days ahead: 0 to 365. */
export function readDays(days: unknown, usual: number): number {
  if (days === undefined) return usual;
  if (typeof days === "number" && Number.isInteger(days) && days >= 0 && days <= MOST_DAYS) return days;
  throw refuseMember("withinDays", `a whole number of 0 to ${MOST_DAYS}`);
}

/** A cursor of [moment, id]. */
export function readPageCursor(after: unknown): string | null {
  if (after === undefined) return null;
  const parts = readParts(after);
  if (parts.length === 2 && Number.isFinite(parts[0]) && typeof parts[1] === "string")
    return JSON.stringify(parts);
  throw cursorInvalid();
}

/** The parts of a cursor. A text with NUL is nobody's: no database would take it. */
export function readParts(after: unknown): readonly unknown[] {
  try {
    const parts: unknown = typeof after === "string" ? JSON.parse(after) : undefined;
    if (Array.isArray(parts) && !parts.some(holdsNul)) return parts;
  } catch {
    // Said below.
  }
  throw cursorInvalid();
}

function holdsNul(part: unknown): boolean {
  return typeof part === "string" && part.includes("\0");
}

/** Says that a cursor is none. */
export function cursorInvalid(): Error {
  return refuseMember("after", "the next of the page before");
}
