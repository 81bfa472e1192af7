import { GarimError } from "@garim/policy";
import type { Cell } from "./column.ts";
import type { SheetColumn, WireCell } from "./sheet/wire-cell.ts";

/** Sheets know numbers of 15 figures; what is longer is a text. */
const MOST_EXACT = 999_999_999_999_999;

/**
 * Brings a row into the form in which it goes to the sheet. It is a copy: the caller may use its array again.
 *
 * @param names - of the columns, for errors
 * @throws GarimError `ERR_GARIM_WORKBOOK_ROW`, which names the column and never the value
 */
export function toWire(
  row: readonly Cell[],
  columns: readonly SheetColumn[],
  names: readonly string[],
): WireCell[] {
  if (!Array.isArray(row) || row.length !== columns.length) throw wrongLength(row, columns.length);
  const cells: WireCell[] = new Array(row.length);
  for (let i = 0; i < row.length; i++) {
    const cell = row[i];
    if (typeof cell === "string") cells[i] = cell;
    else if (cell === null || cell === undefined) cells[i] = null;
    else cells[i] = wireValue(cell, columns[i]?.type, names[i] ?? "");
  }
  return cells;
}

function wireValue(
  cell: Exclude<Cell, string | null | undefined>,
  type: SheetColumn["type"] | undefined,
  name: string,
): WireCell {
  const value = cell instanceof Date ? cell.getTime() : cell;
  if (typeof value === "boolean") return type === "text" ? String(value) : value;
  if (typeof value !== "number" && typeof value !== "bigint") throw wrongCell(name, typeof value);
  if (typeof value === "number" && !Number.isFinite(value)) throw wrongCell(name, String(value));
  if (cell instanceof Date && type !== "date") return cell.toISOString();
  return type === "text" || isInexact(value) ? String(value) : Number(value);
}

function isInexact(value: number | bigint): boolean {
  return typeof value === "bigint" || Number.isInteger(value)
    ? value > MOST_EXACT || value < -MOST_EXACT
    : false;
}

function wrongLength(row: unknown, length: number): GarimError {
  const given = Array.isArray(row) ? `${row.length} cells` : "no array";
  return new GarimError(
    "ERR_GARIM_WORKBOOK_ROW",
    `A row has ${length} cells, one for each column in their order; this one is ${given}. Use null for an empty cell.`,
  );
}

function wrongCell(name: string, given: string): GarimError {
  return new GarimError(
    "ERR_GARIM_WORKBOOK_ROW",
    `The cell of column "${name}" is ${given}. A cell is a text, a finite number, a bigint, a boolean, a valid Date, or null; write String(value) for anything else.`,
  );
}
