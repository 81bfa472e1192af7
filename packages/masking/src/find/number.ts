import type { Confidence, FoundKind } from "./found.ts";
import { type DigitRun, endOf, placeOf } from "./run.ts";
import { classAt, HYPHEN, isLetterAt, isWordAt } from "./scan.ts";

/** A number found in a run, from the digit a matcher was asked about. */
export interface NumberMatch {
  readonly kind: FoundKind;
  /** How many digits of the run it takes. */
  readonly count: number;
  readonly confidence: Confidence;
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
