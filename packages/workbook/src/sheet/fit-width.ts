import type { SheetColumn } from "./wire-cell.ts";

/** What values of a type mostly need, in characters. */
const WIDTHS = { text: 16, number: 11, amount: 13, date: 20 } as const;
const MOST = 60;

/** A width that shows a heading whole and most values; Hangul and its kin take the room of two letters. */
export function fitWidth(heading: string, type: SheetColumn["type"]): number {
  const needed = [...heading].reduce((sum, one) => sum + ((one.codePointAt(0) ?? 0) < 0x1100 ? 1 : 2), 2);
  return Math.min(MOST, Math.max(WIDTHS[type], needed));
}
