import { matchAccount } from "./account.ts";
import { findAddress, isBehindAddressWord, isBuilding, isBuildingAt } from "./address.ts";
import { matchBusiness } from "./business.ts";
import { matchCard } from "./card.ts";
import { findDocument, matchPassport } from "./document.ts";
import { findEmail, isLocalPart } from "./email.ts";
import { fold } from "./fold.ts";
import { type Found, found } from "./found.ts";
import type { NumberMatch } from "./number.ts";
import { matchPhone } from "./phone.ts";
import { matchRrn } from "./rrn.ts";
import { type DigitRun, endOf, nextEdge, placeOf, readRun, runEnd, startOfRun } from "./run.ts";
import { classAt, DIGIT, isLetterAt, nextTrigger, ODD, ZERO_WORD } from "./scan.ts";

/** The shortest number looked for: 1588-1234. */
const SHORTEST_NUMBER = 8;

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
  const cursor: Cursor = { text, found: [], steps: 0 };
  for (let i = first; i < text.length; i = nextTrigger(text, i)) {
    const sort = classAt(text, i);
    if (sort === ODD) return scanFolded(text, cursor.steps);
    cursor.steps++;
    i = sort === DIGIT || sort === ZERO_WORD ? passDigits(cursor, startOfRun(text, i)) : passSign(cursor, i);
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

/** The exclusive end of what was found last: nothing before it may be taken again. */
function floorOf(cursor: Cursor): number {
  return cursor.found.at(-1)?.end ?? 0;
}

/** Handles an @ or what may be said for it; returns where to go on. */
function passSign(cursor: Cursor, at: number): number {
  return take(cursor, findEmail(cursor.text, at, floorOf(cursor))) ?? at + 1;
}

/** Handles a run of digits; returns where to go on: never inside of what was read, or the time would not be linear. */
function passDigits(cursor: Cursor, start: number): number {
  const { text } = cursor;
  const end = runEnd(text, start);
  cursor.steps += end - start;
  if (end - start >= SHORTEST_NUMBER || isBuildingAt(text, end))
    return passNumbers(cursor, readRun(text, start, end), end);
  return take(cursor, findBehind(cursor, start)) ?? end;
}

function take(cursor: Cursor, one: Found | undefined): number | undefined {
  if (one) cursor.found.push(one);
  return one?.end;
}

function passNumbers(cursor: Cursor, run: DigitRun, end: number): number {
  for (let i = 0; i < run.digits.length; i = passEdge(cursor, run, i)) cursor.steps++;
  return Math.max(end, floorOf(cursor));
}

/** Tries what may start at digit `i`; returns the next digit to try. */
function passEdge(cursor: Cursor, run: DigitRun, i: number): number {
  const match = matchNumber(run, i);
  if (match) {
    cursor.found.push(placed(run, i, match));
    return nextEdge(run, i + match.count - 1);
  }
  const end = take(cursor, findAround(cursor, placeOf(run, i)));
  let next = nextEdge(run, i);
  while (end !== undefined && next < run.digits.length && placeOf(run, next) < end)
    next = nextEdge(run, next);
  return next;
}

/** Asks each form in turn; the first that knows a number takes it. */
function matchNumber(run: DigitRun, i: number): NumberMatch | undefined {
  const match =
    matchPhone(run, i) ??
    matchRrn(run, i) ??
    matchCard(run, i) ??
    matchAccount(run, i) ??
    matchBusiness(run, i) ??
    matchPassport(run, i);
  return match && isLocalPart(run.text, endOf(run, i, match.count)) ? undefined : match;
}

/** The place of a match, with the plus or the bracket that opens it: +82, (02) 123-4567. */
function placed(run: DigitRun, i: number, match: NumberMatch): Found {
  const start = placeOf(run, i);
  const end = endOf(run, i, match.count);
  const sign = run.text[start - 1];
  const isOpened = sign === "+" || (sign === "(" && run.text.slice(start, end).includes(")"));
  return found(match.kind, isOpened ? start - 1 : start, end, match.confidence);
}

function findAround(cursor: Cursor, start: number): Found | undefined {
  const { text } = cursor;
  return isBuilding(text, start) ? findAddress(text, start, floorOf(cursor)) : findBehind(cursor, start);
}

/** What the word or the letters in front of a number make of it. */
function findBehind(cursor: Cursor, start: number): Found | undefined {
  const { text } = cursor;
  if (isBehindAddressWord(text, start)) return findAddress(text, start, floorOf(cursor));
  return isLetterAt(text, start - 1) ? findDocument(text, start) : undefined;
}
