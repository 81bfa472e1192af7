import {
  type AnswerWriter,
  compileAnswer,
  compileRow,
  fieldsOf,
  type RecordField,
  type RecordSchema,
  type RowWriter,
} from "@garim/masking";
import { GarimError, type KindSet, kindSet, nearest, type PiiKind, type Words } from "@garim/policy";
import type { WorkbookColumn } from "@garim/workbook";
import { compileWordCheck, type WordCheck } from "../reveal/search.ts";
import type { DownloadColumn, DownloadOptions, DownloadPurpose, DownloadRecipient } from "./options.ts";

/** A field a file may have, and what people call it. */
export interface OfferedField extends RecordField {
  readonly column: WorkbookColumn;
}

/** A route that makes files, resolved once. */
export interface DownloadRoute {
  readonly schema: RecordSchema;
  readonly fields: readonly OfferedField[];
  readonly purposes: ReadonlyMap<string, DownloadPurpose>;
  /** Finds the records of a page, and refuses what is none. */
  readonly page: AnswerWriter;
  readonly asksPersonal: WordCheck;
  readonly maxRows: number;
  readonly fileName: string;
  readonly options: DownloadOptions;
  /** The writer of some fields, and the kinds they hold. */
  rowOf(paths: readonly string[]): { readonly write: RowWriter; readonly kinds: KindSet };
}

const MOST_ROWS = 5_000_000;
const USUAL_ROWS = 1_000_000;

const NAMES: readonly (keyof DownloadOptions)[] = [
  "purposes",
  "columns",
  "count",
  "current",
  "maxRows",
  "fileName",
];

const SHIPPING: readonly PiiKind[] = [
  "name",
  "phone",
  "postcode",
  "address",
  "memo",
  "customsCode",
  "company",
];
const SERVICE: readonly PiiKind[] = ["name", "phone"];

/**
 * Resolves what a route was given, once.
 *
 * @throws GarimError `ERR_GARIM_OPTION_UNKNOWN`, `ERR_GARIM_OPTION_INVALID`, `ERR_GARIM_SCHEMA_INVALID`
 */
export function resolveDownload(schema: RecordSchema, options: DownloadOptions): DownloadRoute {
  checkNames(options);
  const { columns, maxRows = USUAL_ROWS, fileName = schema.name } = options;
  const fields = offerFields(schema, columns);
  if (!Number.isSafeInteger(maxRows) || maxRows < 1 || maxRows > MOST_ROWS)
    throw invalid("maxRows", `a whole number from 1 to ${MOST_ROWS}`);
  if (typeof fileName !== "string" || fileName.trim() === "") throw invalid("fileName", "a text");
  return {
    schema,
    fields,
    purposes: readPurposes(
      options.purposes ?? usualPurposes(fields),
      fields.map(({ path }) => path),
    ),
    page: compileAnswer([schema], { masked: "none" }),
    asksPersonal: compileWordCheck([schema]),
    maxRows,
    fileName,
    options,
    rowOf: (wanted) => ({
      write: compileRow(schema, wanted),
      kinds: kindSet(fields.filter(({ path }) => wanted.includes(path)).flatMap(({ kind }) => kind ?? [])),
    }),
  };
}

/** All that fit a cell; where the host says columns, those and no others. */
function offerFields(schema: RecordSchema, columns: DownloadOptions["columns"]): readonly OfferedField[] {
  const all = fieldsOf(schema);
  const paths = all.map(({ path }) => path);
  for (const path of Object.keys(columns ?? {})) checkPath(path, paths, "columns");
  return all
    .filter(({ path }) => columns === undefined || Object.hasOwn(columns, path))
    .map((field) => ({ ...field, column: columnOf(field.path, columns?.[field.path]) }));
}

function columnOf(path: string, said: DownloadColumn | undefined): WorkbookColumn {
  const { ko, en, type = "text", width } = said ?? { ko: path, en: path };
  return { key: path, heading: { ko, en }, type, ...(width === undefined ? {} : { width }) };
}

function usualPurposes(fields: readonly RecordField[]): Readonly<Record<string, DownloadPurpose>> {
  const offer = (words: Words, kinds: readonly PiiKind[]): DownloadPurpose => ({
    ...words,
    fields: fields.filter(({ kind }) => kind === null || kinds.includes(kind)).map(({ path }) => path),
  });
  return {
    shipping: offer({ ko: "발송", en: "Shipping" }, SHIPPING),
    service: offer({ ko: "고객 상담", en: "Customer service" }, SERVICE),
  };
}

function readPurposes(
  given: Readonly<Record<string, DownloadPurpose>>,
  paths: readonly string[],
): ReadonlyMap<string, DownloadPurpose> {
  const purposes = Object.entries(given);
  if (purposes.length === 0) throw invalid("purposes", "an object with at least one purpose");
  for (const [name, { ko, en, fields, to } = {} as Partial<DownloadPurpose>] of purposes) {
    if (typeof ko !== "string" || typeof en !== "string" || !Array.isArray(fields) || fields.length === 0)
      throw invalid(`purposes.${name}`, '{ ko: "발송", en: "Shipping", fields: ["orderNo", …] }');
    for (const path of fields) checkPath(path, paths, `purposes.${name}`);
    if (to !== undefined && !isRecipient(to))
      throw invalid(`purposes.${name}.to`, '{ kind: "courier" | "tool" | "other", id, isOverseas }');
  }
  return new Map(purposes);
}

function isRecipient({ kind, id = "*", isOverseas = false }: DownloadRecipient): boolean {
  const isId = typeof id === "string" && id !== "";
  return ["courier", "tool", "other"].includes(kind) && isId && typeof isOverseas === "boolean";
}

function checkPath(path: string, paths: readonly string[], where: string): void {
  if (paths.includes(path)) return;
  const hint = nearest(path, paths);
  throw new GarimError(
    "ERR_GARIM_OPTION_INVALID",
    `download()'s ${where} names ${JSON.stringify(path)}, which is no field that fits a cell.${hint === undefined ? "" : ` Did you mean ${hint}?`} There are: ${paths.join(", ")}`,
  );
}

function checkNames(options: DownloadOptions): void {
  const unknown = Object.keys(options).find((name) => !NAMES.includes(name as keyof DownloadOptions));
  if (unknown !== undefined) {
    const hint = nearest(unknown, NAMES);
    throw new GarimError(
      "ERR_GARIM_OPTION_UNKNOWN",
      `download() has no option ${JSON.stringify(unknown)}.${hint === undefined ? "" : ` Did you mean ${hint}?`} It takes: ${NAMES.join(", ")}`,
    );
  }
  for (const name of ["count", "current"] as const)
    if (!["undefined", "function"].includes(typeof options[name])) throw invalid(name, "a function");
}

function invalid(name: string, wanted: string): GarimError {
  return new GarimError("ERR_GARIM_OPTION_INVALID", `download() needs ${name} to be ${wanted}`);
}
