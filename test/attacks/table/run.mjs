// @ts-check
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * One test as vitest reports it.
 *
 * @typedef {object} Ran
 * @property {string} name - with the names of its groups
 * @property {"passed" | "failed" | "skipped"} status
 */

/** A mutant may hang, and then nobody noticed it. */
const MUTANT_MS = 15 * 60_000;
/** All rows at once, on a busy machine. */
const ROWS_MS = 90 * 60_000;
const FEW = 5;

/**
 * Runs test files of a copy of the workspace.
 *
 * @param {string} folder
 * @param {readonly string[]} files
 * @param {string} [only] - a pattern of names
 * @returns {readonly Ran[] | undefined} `undefined` where vitest could not even begin
 */
export function runTests(folder, files, only) {
  const report = join(folder, "report.json");
  rmSync(report, { force: true });
  const args = ["run", "--config", "test/vitest.config.ts", "--reporter=json", `--outputFile.json=${report}`];
  const names = only === undefined ? [] : ["-t", only];
  spawnSync(process.execPath, ["node_modules/vitest/vitest.mjs", ...args, ...names, ...files], {
    cwd: folder,
    stdio: ["ignore", "ignore", "ignore"],
    timeout: files.length > FEW ? ROWS_MS : MUTANT_MS,
  });
  return existsSync(report) ? readReport(readFileSync(report, "utf8")) : undefined;
}

/**
 * @param {string} report - vitest's, as JSON
 * @returns {readonly Ran[]}
 */
export function readReport(report) {
  /** @type {{ testResults: readonly { assertionResults: readonly { fullName: string, status: string }[] }[] }} */
  const { testResults } = JSON.parse(report);
  return testResults.flatMap(({ assertionResults }) =>
    assertionResults.map(({ fullName: name, status }) => ({ name, status: statusOf(status) })),
  );
}

/** @param {string} status @returns {Ran["status"]} */
function statusOf(status) {
  return status === "passed" || status === "failed" ? status : "skipped";
}
