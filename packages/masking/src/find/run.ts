import {
  classAt,
  classOf,
  DIGIT,
  DIGIT_WORD,
  digitAt,
  isLetterAt,
  LETTER_ZERO,
  OPEN,
  PLAIN,
  WORD_GAP,
  ZERO_WORD,
} from "./scan.ts";

/** Most characters between two digits of one number: " 다시 ", ") - ". */
const LONGEST_GAP = 4;

const MARK_SIZE = 16;

/** No gap: the digits touch. */
export const NONE: number = PLAIN;
/** No gap, but a change between figures and spelled digits: 공1공. The last digit's word may be a particle: 5678이에요. */
const SEAM: number = DIGIT_WORD;

/** Digits of a text that may belong together, and what stands between them. */
export interface DigitRun {
  readonly text: string;
  /** The digits alone, as ASCII. */
  readonly digits: string;
  /** For each digit its index in the text, times 16, plus the sort of what stands in front of it: one list, made often. */
  readonly marks: readonly number[];
}

/** Where the run starts whose first figure or spelled zero is at an index: one earlier in O1O, ㅇ1ㅇ. */
export function startOfRun(text: string, index: number): number {
  const isPrefix = classAt(text, index - 1) === LETTER_ZERO && text.startsWith("1", index);
  return isPrefix && !isLetterAt(text, index - 2) && digitAt(text, index + 1) === 0 ? index - 1 : index;
}

/**
 * Where the run that starts at a digit ends: after the last digit that follows another with at most a short gap. Exclusive.
 */
export function runEnd(text: string, start: number): number {
  let end = start + 1;
  for (let next = nextDigit(text, end); next !== -1; next = nextDigit(text, end)) end = next + 1;
  return end;
}

/** The next digit after a gap that a number may have; -1 for none. */
function nextDigit(text: string, from: number): number {
  const last = Math.min(text.length - 1, from + LONGEST_GAP);
  for (let i = from; i <= last; i++) {
    const sort = classOf(text.charCodeAt(i));
    if (isDigitClass(sort)) return i;
    if (!isGapClass(sort)) return -1;
  }
  return -1;
}

function isDigitClass(sort: number): boolean {
  return sort >= DIGIT_WORD && sort <= ZERO_WORD;
}

function isGapClass(sort: number): boolean {
  return (sort > PLAIN && sort <= WORD_GAP) || sort === OPEN;
}

/** Reads the run between two indexes that {@link runEnd} gave. */
export function readRun(text: string, start: number, end: number): DigitRun {
  const marks: number[] = [];
  let digits = "";
  let gap = NONE;
  for (let i = start; i < end; ) {
    const sort = classOf(text.charCodeAt(i));
    const next = sort === DIGIT ? endOfFigures(text, i, end) : i + 1;
    if (isDigitClass(sort)) {
      digits += sort === DIGIT ? text.slice(i, next) : digitAt(text, i);
      mark(marks, i, next, gap === NONE && i > start ? seam(text, i, sort) : gap);
      gap = NONE;
    } else gap = Math.max(gap, sort);
    i = next;
  }
  return { text, digits, marks };
}

function endOfFigures(text: string, start: number, end: number): number {
  let i = start + 1;
  while (i < end && classOf(text.charCodeAt(i)) === DIGIT) i++;
  return i;
}

function seam(text: string, index: number, sort: number): number {
  return sort === DIGIT || classAt(text, index - 1) === DIGIT ? SEAM : NONE;
}

function mark(marks: number[], from: number, to: number, gap: number): void {
  marks.push(from * MARK_SIZE + gap);
  for (let i = from + 1; i < to; i++) marks.push(i * MARK_SIZE + NONE);
}

/** Whether a number may start or end in front of digit `i`: there is a gap, or no digit at all. */
function isEdge(run: DigitRun, i: number): boolean {
  return i <= 0 || i >= run.marks.length || gapAt(run, i) !== NONE;
}

/** Whether digit `i` is spelled: 공, 일. */
export function isSpelled(run: DigitRun, i: number): boolean {
  return classAt(run.text, placeOf(run, i)) !== DIGIT;
}

/** The next digit behind `i` that a number may start with; the number of digits if there is none. */
export function nextEdge(run: DigitRun, i: number): number {
  let next = i + 1;
  while (next < run.marks.length && gapAt(run, next) === NONE) next++;
  return next;
}

/** Whether `count` digits from digit `i` are there and a number may end behind them. */
export function hasDigits(run: DigitRun, i: number, count: number): boolean {
  return i + count <= run.digits.length && isEdge(run, i + count);
}

/** The sort of the gap in front of digit `i`; {@link NONE} outside of the run. */
export function gapAt(run: DigitRun, i: number): number {
  return (run.marks[i] ?? NONE) & (MARK_SIZE - 1);
}

/** The index in the text of digit `i`, which the run must have. */
export function placeOf(run: DigitRun, i: number): number {
  return Math.floor((run.marks[i] ?? 0) / MARK_SIZE);
}

/** The index in the text right after `count` digits from digit `i`. */
export function endOf(run: DigitRun, i: number, count: number): number {
  return placeOf(run, i + count - 1) + 1;
}
