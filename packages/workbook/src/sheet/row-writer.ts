import { WORKBOOK_LIMITS } from "../limits.ts";
import { columnName } from "./column-name.ts";
import { escapeText } from "./escape.ts";
import { isSheetDate, koreanText, toSerial } from "./korean-serial.ts";
import { STYLE } from "./styles.ts";
import type { SheetColumn, WireCell } from "./wire-cell.ts";

const TEXT = `" s="${STYLE.text}" t="inlineStr"><is><t>`;
const SPACED_TEXT = `" s="${STYLE.text}" t="inlineStr"><is><t xml:space="preserve">`;
const TEXT_END = "</t></is></c>";
const BOOLEAN = '" t="b"><v>';
const NUMBERS = {
  text: `" s="${STYLE.text}"><v>`,
  number: `" s="${STYLE.plain}"><v>`,
  amount: `" s="${STYLE.amount}"><v>`,
  date: `" s="${STYLE.date}"><v>`,
} as const;
const NUMBER_END = "</v></c>";

/** Writes rows of cells as XML. Texts stand in their cells: a table of shared ones would have to stay in memory. */
export class RowWriter {
  readonly #types: readonly SheetColumn["type"][];
  readonly #opens: readonly string[];
  #cutCells = 0;

  constructor(columns: readonly SheetColumn[]) {
    this.#types = columns.map(({ type }) => type);
    this.#opens = columns.map((_, i) => `<c r="${columnName(i)}`);
  }

  /** How many cells did not fit. */
  get cutCells(): number {
    return this.#cutCells;
  }

  /** @param place - of the row in its sheet, from 1 */
  write(row: readonly WireCell[], place: number): string {
    let xml = `<row r="${place}">`;
    for (let i = 0; i < row.length; i++) {
      const cell = row[i];
      // An empty cell is one that is not there.
      if (cell !== null && cell !== undefined) xml += `${this.#opens[i]}${place}${this.#cell(cell, i)}`;
    }
    return `${xml}</row>`;
  }

  #cell(cell: string | number | boolean, i: number): string {
    if (typeof cell === "string") return this.#text(cell);
    if (typeof cell === "boolean") return `${BOOLEAN}${cell ? 1 : 0}${NUMBER_END}`;
    const type = this.#types[i] ?? "number";
    if (type !== "date") return `${NUMBERS[type]}${cell}${NUMBER_END}`;
    return isSheetDate(cell) ? `${NUMBERS.date}${toSerial(cell)}${NUMBER_END}` : this.#text(koreanText(cell));
  }

  #text(text: string): string {
    const fitted = text.length > WORKBOOK_LIMITS.cellCharacters ? this.#cut(text) : text;
    const open = fitted.trim() === fitted ? TEXT : SPACED_TEXT;
    return open + escapeText(fitted) + TEXT_END;
  }

  #cut(text: string): string {
    this.#cutCells += 1;
    return cutText(text);
  }
}

/** Cuts a text to what a cell holds; at its end stands how much is missing, and no pair of UTF-16 units is broken. */
export function cutText(text: string): string {
  const note = (missing: number) => `… (+${missing})`;
  const room = WORKBOOK_LIMITS.cellCharacters - note(text.length).length;
  const last = text.charCodeAt(room - 1);
  const kept = last >= 0xd800 && last < 0xdc00 ? room - 1 : room;
  return text.slice(0, kept) + note(text.length - kept);
}
