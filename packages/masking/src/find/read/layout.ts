import { type DigitRun, gapAt, NONE } from "./run.ts";

/** Whether the digits from digit `i` stand in groups of these lengths: `[3, 4, 4]` for 010-1234-5678. */
export function isLaidOut(run: DigitRun, i: number, groups: readonly number[]): boolean {
  let start = i;
  for (const length of groups) {
    if (!isWhole(run, start, length) || (start > i && gapAt(run, start) === NONE)) return false;
    start += length;
  }
  return true;
}

/** Whether `count` digits from digit `i` touch. */
export function isWhole(run: DigitRun, i: number, count: number): boolean {
  for (let j = i + 1; j < i + count; j++) if (gapAt(run, j) !== NONE) return false;
  return true;
}

/** Whether all gaps inside of `count` digits from digit `i` are of one of the sorts. */
export function hasOnlyGaps(run: DigitRun, i: number, count: number, sorts: readonly number[]): boolean {
  for (let j = i + 1; j < i + count; j++) {
    const gap = gapAt(run, j);
    if (gap !== NONE && !sorts.includes(gap)) return false;
  }
  return true;
}

/** Whether gaps stand only at some offsets from digit `i`, not necessarily at each of them. */
export function hasGapsOnlyAt(run: DigitRun, i: number, count: number, offsets: readonly number[]): boolean {
  for (let offset = 1; offset < count; offset++)
    if (gapAt(run, i + offset) !== NONE && !offsets.includes(offset)) return false;
  return true;
}

/** Whether every digit stands alone: 0 1 0 - 1 2 3 4. */
export function isSpacedOut(run: DigitRun, i: number, count: number): boolean {
  for (let j = i + 1; j < i + count; j++) if (gapAt(run, j) === NONE) return false;
  return true;
}
