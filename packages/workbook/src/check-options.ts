import { randomUUID } from "node:crypto";
import { GarimError, nearest, type Words } from "@garim/policy";
import type { WorkbookColumn } from "./column.ts";
import { WORKBOOK_LIMITS } from "./limits.ts";
import type { WorkbookOptions } from "./options.ts";
import { requirePassword } from "./password/check-password.ts";
import type { SealSpec } from "./seal/seal-spec.ts";
import { fitWidth } from "./sheet/fit-width.ts";
import type { SheetColumn } from "./sheet/wire-cell.ts";

/** A workbook's options, resolved. */
export interface CheckedOptions {
  readonly id: string;
  readonly maxRows: number;
  readonly expectedRows: number | null;
  readonly spec: SealSpec;
}

/** Every option; the README's table is tested against them. */
export const OPTION_NAMES: Readonly<Record<keyof WorkbookOptions, true>> = {
  format: true,
  password: true,
  spool: true,
  id: true,
  columns: true,
  name: true,
  language: true,
  mark: true,
  creator: true,
  createdAt: true,
  expectedRows: true,
  maxRows: true,
  rowsPerSheet: true,
};

const SUMMARY_NAME: Words = { ko: "안내", en: "About" };
const SHEET_NAME: Words = { ko: "자료", en: "Data" };
const ID = /^[\w-][\w.-]{0,99}$/;
/** What a sheet's name may not hold; apostrophes only within. */
const NO_SHEET_NAME = /[:\\/?*[\]\p{Cc}\p{Cs}]|^'|'$/u;
/** Sheets take 31 characters; the number of a further sheet needs some. */
const SHEET_NAME_LENGTH = 24;

/** @throws GarimError `ERR_GARIM_OPTION_UNKNOWN`, `ERR_GARIM_OPTION_INVALID`, `ERR_GARIM_PASSWORD_WEAK`, `ERR_GARIM_WORKBOOK_LIMIT` */
export function checkOptions(options: WorkbookOptions): CheckedOptions {
  refuseUnknown(options);
  const { id = randomUUID(), mark, format = "xlsx", language = "ko" } = options;
  requirePassword(mustBeText("password", options.password), format);
  must("id", ID.test(id), "letters, digits, '.', '_' and '-', up to 100, not beginning with '.'");
  must("mark", ID.test(mark), "the export's id: letters, digits, '.', '_' and '-', up to 100");
  must("format", format === "xlsx" || format === "csv-zip", '"xlsx" or "csv-zip"');
  must("language", language === "ko" || language === "en", '"ko" or "en"');
  must("spool", typeof options.spool?.create === "function", "a spool, such as fileSpool(folder)");
  const { name = SHEET_NAME, creator = "Garim", createdAt = Date.now() } = options;
  must("name", isSheetName(name[language]), `1 to ${SHEET_NAME_LENGTH} characters, none of : \\ / ? * [ ]`);
  must("createdAt", Number.isSafeInteger(createdAt), "UTC milliseconds");
  return {
    id,
    maxRows: checkCount("maxRows", options.maxRows, WORKBOOK_LIMITS.rows),
    expectedRows: checkExpected(options.expectedRows),
    spec: {
      format,
      language,
      mark,
      creator,
      createdAt,
      password: options.password,
      columns: checkColumns(options.columns, language),
      summaryName: SUMMARY_NAME[language],
      sheetName: name[language],
      rowsPerSheet: checkCount("rowsPerSheet", options.rowsPerSheet, WORKBOOK_LIMITS.rowsPerSheet),
    },
  };
}

/** @throws GarimError `ERR_GARIM_WORKBOOK_LIMIT`, before any work */
export function refuseTooMany({ expectedRows, maxRows }: CheckedOptions): void {
  if (expectedRows === null || expectedRows <= maxRows) return;
  throw tooManyRows(maxRows);
}

export function tooManyRows(maxRows: number): GarimError {
  return new GarimError(
    "ERR_GARIM_WORKBOOK_LIMIT",
    `A file holds at most ${maxRows} rows. Ask for fewer, in several files.`,
  );
}

function refuseUnknown(options: WorkbookOptions): void {
  const unknown = Object.keys(options).find((name) => !(name in OPTION_NAMES));
  if (unknown === undefined) return;
  const near = nearest(unknown, Object.keys(OPTION_NAMES));
  throw new GarimError(
    "ERR_GARIM_OPTION_UNKNOWN",
    `A workbook has no option "${unknown}".${near === undefined ? "" : ` Did you mean "${near}"?`}`,
  );
}

function must(name: string, isRight: boolean, expected: string): void {
  if (!isRight)
    throw new GarimError("ERR_GARIM_OPTION_INVALID", `A workbook's ${name} has to be ${expected}.`);
}

function mustBeText(name: string, value: unknown): string {
  if (typeof value !== "string")
    throw new GarimError("ERR_GARIM_OPTION_INVALID", `A workbook's ${name} has to be a text.`);
  return value;
}

function isSheetName(name: string | undefined): boolean {
  return name !== undefined && name !== "" && name.length <= SHEET_NAME_LENGTH && !NO_SHEET_NAME.test(name);
}

function checkCount(name: string, value: number | undefined, most: number): number {
  const count = value ?? most;
  must(name, Number.isInteger(count) && count >= 1 && count <= most, `a whole number from 1 to ${most}`);
  return count;
}

function checkExpected(rows: number | undefined): number | null {
  if (rows === undefined) return null;
  must("expectedRows", Number.isSafeInteger(rows) && rows >= 0, "a whole number, or left out");
  return rows;
}

function checkColumns(columns: readonly WorkbookColumn[], language: keyof Words): readonly SheetColumn[] {
  const most = WORKBOOK_LIMITS.columns;
  must(
    "columns",
    Array.isArray(columns) && columns.length > 0 && columns.length <= most,
    `1 to ${most} columns`,
  );
  return columns.map((column) => checkColumn(column, language));
}

function checkColumn(
  { heading, type = "text", width, key }: WorkbookColumn,
  language: keyof Words,
): SheetColumn {
  const text = heading?.[language];
  const isType = type === "text" || type === "number" || type === "amount" || type === "date";
  must(
    `column "${key}"`,
    typeof text === "string" && isType,
    "{ key, heading: { ko, en }, type, width }, type one of text, number, amount, date",
  );
  must(`width of column "${key}"`, width === undefined || (width > 0 && width <= 255), "1 to 255 characters");
  return { heading: text, type, width: width ?? fitWidth(text, type) };
}
