import { readFileSync, writeFileSync } from "node:fs";
import { type KeptResult, makeResult, mergeResults, noteOrigin } from "../command/result.ts";
import { type ScaleResults, worstGrowth, writeReport } from "./report.ts";

const ROWS = new URL("../../../bench/results.json", import.meta.url);
const RESULTS = new URL("../../../bench/scale/results.json", import.meta.url);
const PAGE = new URL("../../../bench/scale/README.md", import.meta.url);

const ROW = {
  id: "G4",
  subject:
    "who-saw, by-actor and breach scope with answers of one size, the largest log against the smallest, worst of them, caches warm",
  against: "their own times at 1,000,000 records",
  unit: "times the time",
  target: { atMost: 2 },
  run: () => Promise.resolve(undefined),
} as const;

/** Keeps what is known so far: a run that breaks off leaves the sizes it measured. */
export function keepScale(results: ScaleResults): void {
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(PAGE, writeReport(results));
  if (results.sizes.length < 2) return;
  const rows = JSON.parse(readFileSync(ROWS, "utf8")) as readonly KeptResult[];
  const row = noteOrigin(makeResult(ROW, worstGrowth(results)));
  writeFileSync(ROWS, `${JSON.stringify(mergeResults(rows, [row]), null, 2)}\n`);
}
