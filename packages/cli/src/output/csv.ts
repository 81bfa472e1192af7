import type { Cell } from "./column.ts";

/** Makes programs for sheets read UTF-8 as what it is. */
export const BOM = "\ufeff";

/** What sheets take for a formula at the beginning of a cell, full-width forms and invisible leaders too. */
const FORMULA = /^[\s\p{Cf}]*[=+\-@＝＋－＠|%]|^[\t\r\n]/u;

/**
 * One line of CSV (RFC 4180) with its line end.
 *
 * A text that a sheet would run as a formula gets an apostrophe in front; numbers are left alone.
 */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  const guarded = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(guarded) || guarded !== cell || guarded.trim() !== guarded
    ? `"${guarded.replaceAll('"', '""')}"`
    : guarded;
}
