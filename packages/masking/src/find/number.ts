import type { Confidence, FoundKind } from "./found.ts";
import { OTHER_NAMES } from "./other-names.ts";
import { classAt, HYPHEN, isLetterAt, isWordAt } from "./read/character.ts";
import { isBeside } from "./read/form.ts";
import { type DigitRun, endOf, placeOf } from "./read/run.ts";

/** A number found in a run, from the digit a matcher was asked about. */
export interface NumberMatch {
  readonly kind: FoundKind;
  /** How many digits of the run it takes. */
  readonly count: number;
  readonly confidence: Confidence;
}

/** Whether `count` digits from digit `i` are part of something longer that is no number: AB-4111-…, 4111-…-X. */
export function isTied(run: DigitRun, i: number, count: number): boolean {
  return isTiedBefore(run, i) || isTiedAfter(run, i, count);
}

/** Whether a number that starts at digit `i` goes on to the left: by a letter, or a hyphen that ties them to something. */
export function isTiedBefore(run: DigitRun, i: number): boolean {
  const start = placeOf(run, i);
  return (
    isLetterAt(run.text, start - 1) || (isHyphenAt(run.text, start - 1) && isWordAt(run.text, start - 2))
  );
}

/** Whether `count` digits from digit `i` go on to the right. */
export function isTiedAfter(run: DigitRun, i: number, count: number): boolean {
  const end = endOf(run, i, count);
  return isLetterAt(run.text, end) || (isHyphenAt(run.text, end) && isWordAt(run.text, end + 1));
}

function isHyphenAt(text: string, index: number): boolean {
  return classAt(text, index) === HYPHEN;
}

/** Whether words stand in front of digit `i`; the expression looks behind. */
export function isBehind(run: DigitRun, i: number, words: RegExp): boolean {
  return isBeside(run.text, placeOf(run, i), words);
}

/** Whether words stand behind `count` digits from digit `i`. */
export function isAhead(run: DigitRun, i: number, count: number, words: RegExp): boolean {
  return isBeside(run.text, endOf(run, i, count), words);
}

/** Whether the words in front of digit `i` say that its number is nobody's. */
export function isNamedOtherwise(run: DigitRun, i: number): boolean {
  return isBehind(run, i, OTHER_NAMES);
}
