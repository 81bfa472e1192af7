// @ts-check
// `npm run attacks [-- ID…]`: runs the tests of the attacks' rows, and with each defence removed in a copy of the workspace; keeps what
// came of it in table/results.json and RESULTS.md. With ids, only those rows; the others keep what they had. `--mutants` leaves the
// first part out, `--rows` the second; with `--all` it runs every file that is about a row, which npm test does anyway.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { isInstalled } from "../run/checks.mjs";
import { applyMutant, MUTANTS, nameMutant } from "./table/mutant.mjs";
import { countRow, findOpenRows, killersOf, writeTable } from "./table/report.mjs";
import { isAbout, ROWS } from "./table/rows.mjs";
import { runTests } from "./table/run.mjs";
import { makeScratch } from "./table/scratch.mjs";
import { listTestFiles } from "./table/test-files.mjs";

const RESULTS = new URL("table/results.json", import.meta.url);
const DOCUMENT = new URL("RESULTS.md", import.meta.url);

const words = process.argv.slice(2);
const ids = words.filter((word) => !word.startsWith("--"));
const unknown = ids.filter((id) => !ROWS.some((row) => row.id === id));
if (unknown.length > 0) throw new Error(`no row of the attacks: ${unknown.join(", ")}`);
const chosen = ROWS.map(({ id }) => id).filter((id) => ids.length === 0 || ids.includes(id));
const today = new Date().toISOString().slice(0, 10);

/** @type {import("./table/report.mjs").Results} */
let results = {
  ...(existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, "utf8")) : { rows: {}, mutants: {} }),
  node: process.version,
  machine: `${cpus().length} x ${cpus()[0]?.model ?? "unknown"}`,
};

if (!isInstalled()) throw new Error("nothing is installed; run npm test once before");
const scratch = makeScratch();
try {
  if (!words.includes("--mutants")) runRows();
  const mutants = words.includes("--rows") ? [] : MUTANTS.filter(({ id }) => chosen.includes(id));
  for (const mutant of mutants) judge(mutant);
} finally {
  scratch.remove();
}
const open = findOpenRows(results);
for (const line of open) console.log(line);
console.log(open.length === 0 ? "every row counts" : `${open.length} open`);
process.exitCode = open.length === 0 ? 0 : 1;

/** All rows' tests in one run: most files are about several. Those of the attacks' own folder, and what a mutant is judged by. */
function runRows() {
  const judging = new Set(MUTANTS.flatMap(({ tests }) => tests));
  const isAll = words.includes("--all");
  const mine = listTestFiles()
    .filter(({ path }) => isAll || judging.has(path) || path.startsWith("test/attacks/"))
    .filter(({ text }) => chosen.some((id) => isAbout(text, id)));
  const ran = runTests(
    scratch.folder,
    mine.map(({ path }) => path),
  );
  for (const id of chosen) {
    const own = mine.filter(({ text }) => isAbout(text, id)).map(({ path }) => path);
    const row = { ...countRow(id, ran ?? []), files: own, on: today };
    console.log(`${id}: ${row.passed} passed, ${row.failed} failed, ${row.skipped} left out`);
    keep({ ...results, rows: { ...results.rows, [id]: row } });
  }
}

/** @param {import("./table/mutant.mjs").Mutant} mutant */
function judge(mutant) {
  const path = join(scratch.folder, mutant.file);
  const source = readFileSync(path, "utf8");
  const changed = applyMutant(source, mutant);
  if (changed === undefined)
    throw new Error(
      `${mutant.file} no longer holds this once: ${mutant.was}; say in test/attacks/table/mutants how its defence is removed now`,
    );
  writeFileSync(path, changed);
  const ran = runTests(scratch.folder, mutant.tests, mutant.only);
  writeFileSync(path, source);
  const noticed = killersOf(mutant.id, ran ?? []);
  console.log(`${mutant.id}: ${mutant.what}: ${noticed.count === 0 ? "NOBODY" : noticed.count} noticed`);
  keep({ ...results, mutants: { ...results.mutants, [nameMutant(mutant)]: { ...noticed, on: today } } });
}

/** Kept after each: a run that is stopped has not been for nothing. @param {import("./table/report.mjs").Results} next */
function keep(next) {
  const names = new Set(MUTANTS.map(nameMutant));
  const mutants = Object.entries(next.mutants).filter(([name]) => names.has(name));
  results = {
    ...next,
    mutants: Object.fromEntries(mutants.toSorted(([one], [other]) => (one < other ? -1 : 1))),
  };
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(DOCUMENT, writeTable(results));
}
