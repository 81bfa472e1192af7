import { classAt, DIGIT, DIGIT_WORD, PLAIN } from "./character.ts";

const MARK_SIZE = 16;

/** No gap: the digits touch. */
export const NONE: number = PLAIN;
/** No gap, but a change between figures and spelled digits: 공1공. The last digit's word may be a particle: 5678이에요. */
export const SEAM: number = DIGIT_WORD;

/** Digits of a text that may belong together, and what stands between them. */
export interface DigitRun {
  readonly text: string;
  /** The digits alone, as ASCII. */
  readonly digits: string;
  /** For each digit its {@link markOf}: one list of numbers, for it is made often. */
  readonly marks: readonly number[];
}

/** The index of a digit in the text and the sort of what stands in front of it, in one number. */
export function markOf(index: number, gap: number): number {
  return index * MARK_SIZE + gap;
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
