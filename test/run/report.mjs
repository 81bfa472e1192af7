// @ts-check

/**
 * @typedef {import("../services/left-out.ts").LeftOut} LeftOut
 *
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 *
 * @typedef {Counts & { readonly leftOut: readonly LeftOut[] }} Tests
 */

/**
 * Counts the tests of vitest's JSON report. A file that did not even load counts as one failure, and so does a run that
 * failed although no single test did (an unhandled rejection, no test found, a crash without a report).
 *
 * @param {string} report - empty where vitest wrote none
 * @param {boolean} isPassed - what vitest's exit code says
 * @returns {Counts}
 */
export function countTests(report, isPassed) {
  const counts = report === "" ? { passed: 0, failed: 0, skipped: 0 } : countReport(JSON.parse(report));
  return isPassed || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

/**
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   testResults: readonly { status: string, assertionResults: readonly { status: string }[] }[] }} report
 * @returns {Counts}
 */
function countReport(report) {
  const broken = report.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.every((test) => test.status !== "failed"),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * Reads what tests said they left out, each once.
 *
 * @param {string} lines - one JSON object a line
 * @returns {readonly LeftOut[]}
 */
export function readLeftOut(lines) {
  return [...new Set(lines.split("\n").filter(Boolean))].map((line) => JSON.parse(line));
}
