import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { chooseRows, readArguments } from "./arguments.ts";
import { measureRow } from "./measure-row.ts";
import { type KeptResult, makeResult, mergeResults, noteOrigin, type Result } from "./result.ts";
import { loadRows } from "./row-modules.ts";
import { formatTable } from "./table.ts";

const RESULTS = new URL("../../../bench/results.json", import.meta.url);

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function main(args: readonly string[]): Promise<void> {
  const { ids, isJson } = readArguments(args);
  const results: Result[] = [];
  for (const row of chooseRows(await loadRows(), ids)) {
    console.error(`measuring ${row.id}: ${row.subject} …`);
    const ratio = await measureRow(row);
    if (ratio === undefined) continue;
    const result = makeResult(row, ratio);
    if (isJson) console.log(JSON.stringify(result));
    results.push(result);
  }
  if (!isJson) console.log(formatTable(results));
  keep(results);
}

function keep(results: readonly Result[]): void {
  const kept = existsSync(RESULTS)
    ? (JSON.parse(readFileSync(RESULTS, "utf8")) as readonly KeptResult[])
    : [];
  writeFileSync(RESULTS, `${JSON.stringify(mergeResults(kept, results.map(noteOrigin)), null, 2)}\n`);
}
