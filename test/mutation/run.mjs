// @ts-check
// Mutation testing of @garim/policy: `node test/mutation/run.mjs [file …]`, files as `disclosure.ts`; all without one.
//
// Each mutant is one small change of one source (mutants.mjs). The policy's own tests run against it (suite.mjs). What they do not
// notice is compared with the original on facts around every edge and at random (differential.mjs): a mutant that reveals more and
// that no test notices fails the run. The others that survive are listed; a full run writes them to RESULTS.md.
import { writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { PATHS } from "./modules.mjs";

/** @typedef {import("./worker.mjs").Outcome} Outcome */

/** Sources that hold something that runs; what is reached by no test is not left out, but survives. */
/** The rules; what says them in words is none. */
const SOURCES = PATHS.filter(
  (path) => path.startsWith("src/") && !path.startsWith("src/error-help/") && !path.endsWith(".test.ts"),
);

/**
 * Judges every mutant of some sources.
 *
 * @param {readonly string[]} [paths] - from the package's folder, e.g. `src/disclosure.ts`
 * @returns {Promise<readonly Outcome[]>} in the order of files and lines
 */
export async function judgeMutants(paths = SOURCES) {
  const unknown = paths.filter((path) => !SOURCES.includes(path));
  if (unknown.length > 0) throw new Error(`no source of the policy: ${unknown.join(", ")}`);
  const shares = Math.min(4, availableParallelism());
  const judged = await Promise.all(
    Array.from({ length: shares }, (_, share) => work({ paths, share, shares })),
  );
  return judged.flat().toSorted((one, other) => one.path.localeCompare(other.path) || one.line - other.line);
}

/**
 * @param {unknown} workerData
 * @returns {Promise<readonly Outcome[]>}
 */
function work(workerData) {
  return new Promise((resolve, reject) => {
    /** @type {Outcome[]} */
    const outcomes = [];
    const worker = new Worker(new URL("worker.mjs", import.meta.url), { workerData });
    worker.on("message", (outcome) => outcomes.push(outcome));
    worker.on("error", reject);
    worker.on("exit", () => resolve(outcomes));
  });
}

/** @param {Outcome} outcome */
export function describeMutant({ path, line, was, by, fate }) {
  return `${fate} ${path}:${line} ${oneLine(was)} -> ${oneLine(by)}`;
}

/** @param {string} text */
function oneLine(text) {
  const line = text.replace(/\s+/g, " ");
  return line.length <= 90 ? line : `${line.slice(0, 87)}...`;
}

/**
 * @param {readonly Outcome[]} outcomes
 * @param {number} seconds
 */
function report(outcomes, seconds) {
  const count = (/** @type {string} */ path, /** @type {string} */ fate) =>
    outcomes.filter((one) => one.path === path && one.fate === fate).length;
  const files = [...new Set(outcomes.map((one) => one.path))];
  const rows = files.map(
    (path) =>
      `| ${path} | ${["killed", "survived", "reveals"].map((fate) => count(path, fate)).join(" | ")} |`,
  );
  const alive = outcomes
    .filter((one) => one.fate !== "killed")
    .map((one) => `- \`${describeMutant(one).replaceAll("`", "'")}\``);
  return `# Mutants of @garim/policy

Written by \`node test/mutation/run.mjs\` on ${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? "unknown"}, in ${seconds} s.
${outcomes.length} mutants, ${outcomes.length - alive.length} killed by a test. A survivor that ever reveals more than the original fails the run.

| source | killed | survived | reveals more |
|---|---|---|---|
${rows.join("\n")}

## Survivors

${alive.join("\n")}
`;
}

/** @param {readonly string[]} names */
async function main(names) {
  const started = performance.now();
  const outcomes = await judgeMutants(names.length === 0 ? SOURCES : names.map((name) => `src/${name}`));
  const seconds = Math.round((performance.now() - started) / 1_000);
  const alive = outcomes.filter((one) => one.fate !== "killed");
  for (const one of alive) console.log(describeMutant(one));
  const revealing = alive.filter((one) => one.fate === "reveals").length;
  console.log(
    `${outcomes.length} mutants, ${alive.length} survived, ${revealing} of them reveal more; ${seconds} s`,
  );
  if (names.length === 0) writeFileSync(new URL("RESULTS.md", import.meta.url), report(outcomes, seconds));
  process.exitCode = revealing === 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
