// @ts-check
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runNode, timed } from "./process.mjs";
import { countTests, readLeftOut } from "./report.mjs";

/**
 * The tests of a workspace that could not be installed.
 *
 * @type {import("./report.mjs").Tests}
 */
export const NO_TESTS = { passed: 0, failed: 0, skipped: 0, leftOut: [] };

/**
 * Runs vitest and counts from its own report.
 *
 * @param {readonly string[]} names - arguments for vitest; none runs every test
 * @returns {Promise<import("./report.mjs").Tests>}
 */
export async function runTests(names) {
  const folder = mkdtempSync(join(tmpdir(), "garim-test-"));
  const report = join(folder, "report.json");
  const leftOut = join(folder, "left-out.ndjson");
  try {
    const { isPassed } = await timed("tests", () => runVitest(names, report, leftOut) === 0);
    return { ...countTests(read(report), isPassed), leftOut: readLeftOut(read(leftOut)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {readonly string[]} names
 * @param {string} report
 * @param {string} leftOut
 */
function runVitest(names, report, leftOut) {
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const args = ["run", "--config", "test/vitest.config.ts", ...reporters, ...names];
  return runNode("node_modules/vitest/vitest.mjs", args, { GARIM_LEFT_OUT: leftOut });
}

/** @param {string} file */
function read(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
