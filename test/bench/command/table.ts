import { isReached, type Result } from "./result.ts";

type Columns = readonly (readonly [string, (result: Result) => string])[];

const COLUMNS: Columns = [
  ["id", (result) => result.id],
  ["ratio", (result) => result.ratio.toFixed(2)],
  ["target", ({ target, isCost }) => `${isCost === true ? "<=" : ">="} ${target}`],
  ["", (result) => (isReached(result) ? "reached" : "missed")],
  ["subject", (result) => result.subject],
  ["against", (result) => result.against],
  ["unit", (result) => result.unit],
];

/** The results as lines of a table with aligned columns. */
export function formatTable(results: readonly Result[]): string {
  const rows = [COLUMNS.map(([head]) => head), ...results.map((one) => COLUMNS.map(([, read]) => read(one)))];
  const widths = COLUMNS.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
