import {
  classAt,
  classOf,
  DIGIT,
  DIGIT_LETTER,
  DIGIT_WORD,
  digitAt,
  OPEN,
  PLAIN,
  WORD_GAP,
  ZERO_WORD,
} from "./character.ts";
import { startOfForm } from "./form.ts";
import { type DigitRun, markOf, NONE, SEAM } from "./run.ts";

/** Most characters between two digits of one number: " 다시 ", ") - ". */
const LONGEST_GAP = 4;

/** What of 010 stands in front of the first figure where letters pass for the others: O1O, 0l0, OIO-0123. */
const LETTERED = /(?<=(?<![A-Za-z])([oOㅇ](?=1[0oOㅇ])|[oOㅇ][lIㅣ](?=0)|[oOㅇ][lIㅣ][oOㅇ][ .-]?(?=\d)))/y;

/** Where the run starts whose first figure or spelled zero is at an index: earlier if letters pass for figures. */
export function startOfRun(text: string, index: number): number {
  const isLettered = classAt(text, index - 1) === DIGIT_LETTER || classAt(text, index - 2) === DIGIT_LETTER;
  const start = isLettered ? startOfForm(LETTERED, text, index) : -1;
  return start === -1 ? index : start;
}

/**
 * Where the run that starts at a digit ends: after the last digit that follows another with at most a short gap. Exclusive.
 */
export function runEnd(text: string, start: number): number {
  let end = start + 1;
  for (let i = end; i < text.length && i - end <= LONGEST_GAP; i++) {
    const sort = classOf(text.charCodeAt(i));
    if (isDigitClass(sort)) end = i + 1;
    else if (!isGapClass(sort)) break;
  }
  return end;
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
  marks.push(markOf(from, gap));
  for (let i = from + 1; i < to; i++) marks.push(markOf(i, NONE));
}
