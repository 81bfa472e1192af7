import type { Language } from "@garim/policy";
import { type Found, isDamaged } from "../ask/entry.ts";
import { DAMAGE, LOG_COLUMNS } from "./columns.ts";
import type { FileTarget, RowSink } from "./sink.ts";
import { textSink } from "./text-sink.ts";

export interface CsvOptions {
  /** Of headings and words; Korean unless given. */
  readonly language?: Language;
  /** Begins with a byte order mark, by which sheet programs know UTF-8. */
  readonly bom?: boolean;
}

type Cell = string | number | null;

/** What sheets take for a formula at the beginning of a cell, full-width forms and invisible leaders too. */
const FORMULA = /^[\s\p{Cf}]*[=+\-@＝＋－＠|%]|^[\t\r\n]/u;

/** An export as CSV (RFC 4180) for people: words in their language, cells that a sheet would run as formulas made harmless. */
export function csvSink(target: FileTarget, { language = "ko", bom = false }: CsvOptions = {}): RowSink {
  const headings = [...LOG_COLUMNS, DAMAGE].map(({ heading }) => heading[language]);
  return textSink(target, {
    format: "csv",
    head: (bom ? "\ufeff" : "") + csvLine(headings),
    line: (found) => csvLine(cellsOf(found, language)),
  });
}

function cellsOf(found: Found, language: Language): readonly Cell[] {
  if (isDamaged(found)) return [found.seq, ...LOG_COLUMNS.slice(1).map(() => null), found.why];
  const cells = LOG_COLUMNS.map(({ value, text }) => (text ?? value)(found, language) as Cell);
  return [...cells, null];
}

function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(cell: Cell): string {
  if (typeof cell !== "string") return cell === null ? "" : String(cell);
  const guarded = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(guarded) || guarded !== cell || guarded.trim() !== guarded
    ? `"${guarded.replaceAll('"', '""')}"`
    : guarded;
}
