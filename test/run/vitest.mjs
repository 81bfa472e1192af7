// @ts-check
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runNode, timed } from "./process.mjs";
import { joinTries, readLeftOut, readReport } from "./report.mjs";

/**
 * The tests of a workspace that could not be installed.
 *
 * @type {import("./report.mjs").Tests}
 */
export const NO_TESTS = { passed: 0, skipped: 0, failures: [], unsteady: [], leftOut: [] };

/** More failed files than these are no matter of a busy machine. */
const MOST_FILES_AGAIN = 5;

/**
 * Runs vitest and counts from its own report. Under `GARIM_SECOND_TRY=1` a few failed files run once more, alone: what passes
 * then counts as passed, and is named as unsteady.
 *
 * @param {readonly string[]} names - arguments for vitest; none runs every test
 * @returns {Promise<import("./report.mjs").Tests>}
 */
export async function runTests(names) {
  const folder = mkdtempSync(join(tmpdir(), "garim-test-"));
  const leftOut = join(folder, "left-out.ndjson");
  try {
    const first = await runVitest("tests", names, join(folder, "first.json"), leftOut);
    const files = filesToTryAgain(first);
    const again = files.length === 0 ? undefined : await tryAgain(files, folder, leftOut);
    return { ...joinTries(first, again), leftOut: readLeftOut(read(leftOut)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {import("./report.mjs").Try} first */
function filesToTryAgain({ failures }) {
  const files = [...new Set(failures.map((failure) => failure.file))];
  const mayTry = process.env["GARIM_SECOND_TRY"] === "1" && files.length <= MOST_FILES_AGAIN;
  return mayTry && !files.includes("") ? files : [];
}

/**
 * @param {readonly string[]} files
 * @param {string} folder
 * @param {string} leftOut
 */
function tryAgain(files, folder, leftOut) {
  return runVitest(
    "failed files once more",
    ["--maxWorkers=1", ...files],
    join(folder, "again.json"),
    leftOut,
  );
}

/**
 * @param {string} title
 * @param {readonly string[]} names
 * @param {string} report
 * @param {string} leftOut
 */
async function runVitest(title, names, report, leftOut) {
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const args = ["run", "--config", "test/vitest.config.ts", ...reporters, ...names];
  const run = () => runNode("node_modules/vitest/vitest.mjs", args, { GARIM_LEFT_OUT: leftOut }) === 0;
  const { isPassed } = await timed(title, run);
  return readReport(read(report), isPassed);
}

/** @param {string} file */
function read(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
