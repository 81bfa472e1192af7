import type { PlaceRange } from "./search.ts";

/** How many places at the end of the log, and then further back, are looked at for a page; then all. */
const WIDTHS: readonly number[] = [131_072, 2_097_152];

/**
 * Ranges that together are these places, the last first. The index of whom it was about knows no order: of somebody who is met
 * everywhere, all of it would be read for one page.
 *
 * @param last - the last place that is known of; what stands behind it is in the first range all the same
 */
export function windowsOf({ first, end }: PlaceRange, last: number): readonly PlaceRange[] {
  const ranges: PlaceRange[] = [];
  let rest = end;
  for (const width of WIDTHS) {
    const from = Math.min(rest, last + 1) - width;
    if (from <= first) break;
    ranges.push({ first: from, end: rest });
    rest = from;
  }
  return [...ranges, { first, end: rest }];
}
