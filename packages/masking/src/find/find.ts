import { isBuildingAt } from "./address.ts";
import { findEmail } from "./email.ts";
import { type Found, found } from "./found.ts";
import { findBeside, findHinted, matchNumber, placeMatch } from "./kinds.ts";
import { classAt, DIGIT, nextTrigger, ODD, ZERO_WORD } from "./read/character.ts";
import { fold } from "./read/fold.ts";
import { type DigitRun, nextEdge, placeOf } from "./read/run.ts";
import { readRun, runEnd, startOfRun } from "./read/run-reader.ts";

/** The shortest run read digit by digit: 101-203호. Shorter ones are looked at where they start only. */
const SHORTEST_RUN = 7;

/** What a scan found and the work it took: triggers, digits read and places tried, each of them of bounded cost. */
export interface Scan {
  readonly found: readonly Found[];
  readonly steps: number;
}

const NOTHING: Scan = Object.freeze({ found: Object.freeze([]), steps: 0 });

/** A scan under way. */
interface Cursor {
  readonly text: string;
  readonly found: Found[];
  /** The exclusive end of what was found last: nothing before it may be taken again. */
  floor: number;
  steps: number;
}

/**
 * Finds personal data in Korean free text: reviews, questions, delivery memos.
 *
 * One pass over the characters looks for digits, spelled zeros and @; only what stands around them is read closely, through
 * forms of bounded length, so the time is linear in the text. Names and what a text says without figures are not found.
 *
 * @returns what was found, by its place, without overlaps; indexes are UTF-16, the end exclusive
 */
export function find(text: string): readonly Found[] {
  return scan(text).found;
}

/** {@link find}, with the work it took. */
export function scan(text: string): Scan {
  const first = nextTrigger(text, 0);
  if (first === text.length) return NOTHING;
  const cursor: Cursor = { text, found: [], floor: 0, steps: 0 };
  for (let i = first; i < text.length; i = nextTrigger(text, i)) {
    const sort = classAt(text, i);
    if (sort === ODD) return scanFolded(text, cursor.steps);
    cursor.steps++;
    i = sort === DIGIT || sort === ZERO_WORD ? passDigits(cursor, i) : passSign(cursor, i);
  }
  return cursor;
}

/** Scans the plain form of a text and leads what is found back to the original. */
function scanFolded(text: string, steps: number): Scan {
  const plain = fold(text);
  const inner = scan(plain.text);
  const original = (index: number): number => plain.origins[index] ?? text.length;
  const spans = inner.found.map((one) =>
    found(one.kind, original(one.start), original(one.end), one.confidence),
  );
  return { found: spans, steps: steps + inner.steps + text.length };
}

/** Handles an @ or what may be said for it; returns where to go on. */
function passSign(cursor: Cursor, at: number): number {
  return take(cursor, findEmail(cursor.text, at, cursor.floor)) ?? at + 1;
}

/** Handles a run of digits; returns where to go on: never inside of what was read, or the time would not be linear. */
function passDigits(cursor: Cursor, start: number): number {
  const { text } = cursor;
  const end = runEnd(text, start);
  cursor.steps += end - start;
  if (end - start >= SHORTEST_RUN || isBuildingAt(text, end))
    return passNumbers(cursor, readRun(text, startOfRun(text, start), end), end);
  return take(cursor, findHinted(text, start, cursor.floor)) ?? end;
}

/** Keeps what was found, if anything was; returns its end. */
function take(cursor: Cursor, one: Found | undefined): number | undefined {
  if (one === undefined) return undefined;
  cursor.found.push(one);
  cursor.floor = one.end;
  return one.end;
}

function passNumbers(cursor: Cursor, run: DigitRun, end: number): number {
  for (let i = 0; i < run.digits.length; i = passEdge(cursor, run, i)) cursor.steps++;
  return Math.max(end, cursor.floor);
}

/** Tries what may start at digit `i`; returns the next digit to try. */
function passEdge(cursor: Cursor, run: DigitRun, i: number): number {
  const match = matchNumber(run, i);
  if (match) {
    take(cursor, placeMatch(run, i, match));
    return nextEdge(run, i + match.count - 1);
  }
  const end = take(cursor, findBeside(cursor.text, placeOf(run, i), cursor.floor));
  let next = nextEdge(run, i);
  while (end !== undefined && next < run.digits.length && placeOf(run, next) < end)
    next = nextEdge(run, next);
  return next;
}
