import { CsvError, parse } from "csv-parse/sync";
import type { Fault } from "./fault.ts";
import { splitJsonArray } from "./json-array.ts";
import type { RawRecord } from "./record.ts";

export type Format = "json" | "ndjson" | "csv";

/** What a text holds, by the name of its file, else by its first character. */
export function formatOf(path: string, text: string): Format {
  const named = /\.(json|ndjson|jsonl|csv)$/i.exec(path)?.[1]?.toLowerCase();
  if (named !== undefined) return named === "jsonl" ? "ndjson" : (named as Format);
  const first = text.trimStart()[0];
  if (first === "[") return "json";
  return first === "{" ? "ndjson" : "csv";
}

/** Takes a text apart into records, each with its line in the file, and what could not be taken apart. */
export function parseRecords(format: Format, text: string): readonly (RawRecord | Fault)[] {
  switch (format) {
    case "json":
      return parseJson(text);
    case "ndjson":
      return parseNdjson(text);
    case "csv":
      return parseCsv(text);
  }
}

function parseJson(text: string): readonly (RawRecord | Fault)[] {
  try {
    if (!Array.isArray(JSON.parse(text)))
      return [{ line: 1, field: null, reason: "the file must hold a JSON array" }];
  } catch (error) {
    return [{ line: lineOfError(text, error), field: null, reason: "this is not valid JSON" }];
  }
  return splitJsonArray(text).map(({ line, text: item }) => toRecord(line, item));
}

function parseNdjson(text: string): readonly (RawRecord | Fault)[] {
  const lines = text.split(/\r?\n/).map((content, i) => ({ line: i + 1, content }));
  return lines
    .filter(({ content }) => content.trim() !== "")
    .map(({ line, content }) => toRecord(line, content));
}

function toRecord(line: number, text: string): RawRecord | Fault {
  try {
    const members: unknown = JSON.parse(text);
    if (typeof members === "object" && members !== null && !Array.isArray(members))
      return { line, members: members as Readonly<Record<string, unknown>> };
  } catch {
    return { line, field: null, reason: "this is not valid JSON" };
  }
  return { line, field: null, reason: "this must be a JSON object" };
}

function parseCsv(text: string): readonly (RawRecord | Fault)[] {
  try {
    const rows = parse(text, { columns: true, info: true, skip_empty_lines: true }) as unknown as CsvRow[];
    return rows.map(({ record, info }) => ({ line: info.lines, members: record }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return [
      { line: (error["lines"] as number | undefined) ?? null, field: null, reason: describeCsvError(error) },
    ];
  }
}

interface CsvRow {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
}

/** In our words: the parser's own message repeats cells, which hold people's data. */
function describeCsvError(error: CsvError): string {
  return error.code.startsWith("CSV_RECORD_INCONSISTENT")
    ? "this line has another number of cells than the first"
    : "the quotes of this line do not close";
}

/** V8 tells where JSON breaks as a position. */
function lineOfError(text: string, error: unknown): number | null {
  const position = /position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
  return position === undefined ? null : text.slice(0, Number(position)).split("\n").length;
}
