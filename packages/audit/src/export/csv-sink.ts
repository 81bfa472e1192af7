import type { Language } from "@garim/policy";
import { cellsOf, SHEET_COLUMNS, type SheetCell } from "./cells.ts";
import type { FileTarget, RowSink } from "./sink.ts";
import { textSink } from "./text-sink.ts";

export interface CsvOptions {
  /** Of headings and words; Korean unless given. */
  readonly language?: Language;
  /** Begins with a byte order mark, by which sheet programs know UTF-8. */
  readonly bom?: boolean;
}

/** What sheets take for a formula at the beginning of a cell, full-width forms and invisible leaders too. */
const FORMULA = /^[\s\p{Cf}]*[=+\-@＝＋－＠|%]|^[\t\r\n]/u;

/** An export as CSV (RFC 4180) for people: words in their language, cells that a sheet would run as formulas made harmless. */
export function csvSink(target: FileTarget, { language = "ko", bom = false }: CsvOptions = {}): RowSink {
  const headings = SHEET_COLUMNS.map(({ heading }) => heading[language]);
  return textSink(target, {
    format: "csv",
    head: (bom ? "\ufeff" : "") + csvLine(headings),
    line: (found) => csvLine(cellsOf(found, language)),
  });
}

function csvLine(cells: readonly SheetCell[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(cell: SheetCell): string {
  if (typeof cell !== "string") return cell === null ? "" : String(cell);
  const guarded = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(guarded) || guarded !== cell || guarded.trim() !== guarded
    ? `"${guarded.replaceAll('"', '""')}"`
    : guarded;
}
