import { type Command, Option } from "commander";
import { inputInvalid } from "../input-error.ts";
import type { Terminal } from "../terminal.ts";
import { paint } from "./colour.ts";
import type { Column } from "./column.ts";
import { BOM, csvLine } from "./csv.ts";
import { findLanguage, type Language, languageOption } from "./language.ts";
import { layTable, measure } from "./table.ts";

/** What a verb that prints a list takes. */
export interface ListOptions {
  readonly json?: true;
  readonly csv?: true;
  readonly bom?: true;
  readonly lang?: Language;
}

/** Gives a verb the options of a list. */
export function addListOptions(command: Command): Command {
  return command
    .addOption(new Option("--json", "NDJSON: one JSON object a line").conflicts("csv"))
    .addOption(new Option("--csv", "CSV, cells that sheets would run as formulas made harmless"))
    .addOption(new Option("--bom", "begin the CSV with a byte order mark, for sheet programs"))
    .addOption(languageOption());
}

/** Rows that decide how wide a table's columns are; a longer list is never held whole. */
const MEASURED_ROWS = 200;

/**
 * Writes a list as it comes: a table for people, NDJSON with `--json`, CSV with `--csv`.
 *
 * @param rows - as JSON they are written as they are
 * @returns how many there were
 */
export async function writeList<Row>(
  terminal: Terminal,
  columns: readonly Column<Row>[],
  rows: AsyncIterable<Row> | Iterable<Row>,
  options: ListOptions,
): Promise<number> {
  if (options.bom === true && options.csv !== true)
    throw inputInvalid("--bom belongs to CSV; write --csv --bom");
  const headings = columns.map(({ heading }) => heading[findLanguage(options.lang, terminal)]);
  if (options.json === true) return writeEach(terminal, rows, (row) => `${JSON.stringify(row)}\n`);
  if (options.csv !== true) return writeTable(terminal, columns, headings, rows);
  await terminal.write((options.bom === true ? BOM : "") + csvLine(headings));
  return writeEach(terminal, rows, (row) => csvLine(columns.map(({ cell }) => cell(row))));
}

async function writeEach<Row>(
  terminal: Terminal,
  rows: AsyncIterable<Row> | Iterable<Row>,
  print: (row: Row) => string,
): Promise<number> {
  let count = 0;
  for await (const row of rows) {
    await terminal.write(print(row));
    count++;
  }
  return count;
}

async function writeTable<Row>(
  terminal: Terminal,
  columns: readonly Column<Row>[],
  headings: readonly string[],
  rows: AsyncIterable<Row> | Iterable<Row>,
): Promise<number> {
  const cellsOf = (row: Row) => columns.map(({ cell }) => cell(row));
  const waiting: (readonly (string | number | boolean | null)[])[] = [];
  let widths: readonly number[] | undefined;
  let count = 0;
  const begin = async (): Promise<readonly number[]> => {
    const measured = measure([headings, ...waiting]);
    const [first = "", ...others] = layTable([headings, ...waiting], measured);
    await terminal.write(`${[paint(terminal, "loud", first), ...others].join("\n")}\n`);
    return measured;
  };
  for await (const row of rows) {
    count++;
    if (widths !== undefined) await terminal.write(`${layTable([cellsOf(row)], widths).join("")}\n`);
    else if (waiting.push(cellsOf(row)) === MEASURED_ROWS) widths = await begin();
  }
  if (widths === undefined && count > 0) await begin();
  return count;
}
