import { koreanText } from "../sheet/korean-serial.ts";
import type { SheetColumn, WireCell } from "../sheet/wire-cell.ts";

/** What sheets take for a formula at the beginning of a cell, full-width forms and invisible leaders too. */
const FORMULA = /^[\s\p{Cf}]*[=+\-@＝＋－＠|%]|^[\t\r\n]/u;

/** By which sheet programs know UTF-8. */
export const BYTE_ORDER_MARK = "\ufeff";

/** A line of CSV (RFC 4180); texts that a sheet would run as formulas begin with an apostrophe. */
export function csvLine(cells: readonly WireCell[], columns: readonly SheetColumn[]): string {
  let line = "";
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i];
    if (i > 0) line += ",";
    if (typeof cell === "string") line += csvText(cell);
    else if (cell !== null && cell !== undefined) line += sayValue(cell, columns[i]?.type);
  }
  return `${line}\r\n`;
}

function sayValue(cell: number | boolean, type: SheetColumn["type"] | undefined): string {
  return type === "date" && typeof cell === "number" ? koreanText(cell) : String(cell);
}

/** @returns the text as a cell: guarded, and between quotes where it has to be */
export function csvText(text: string): string {
  const guarded = FORMULA.test(text) ? `'${text}` : text;
  return guarded !== text || /[",\r\n]/.test(text) || text.trim() !== text
    ? `"${guarded.replaceAll('"', '""')}"`
    : text;
}
