// @ts-check

/**
 * @typedef {import("../services/left-out.ts").LeftOut} LeftOut
 *
 * @typedef {object} Failure
 * @property {string} file - empty where no file is to blame
 * @property {string} test - empty where the file did not even load
 * @property {string} why - the first line of its message
 *
 * @typedef {object} Try
 * @property {number} passed
 * @property {number} skipped
 * @property {readonly Failure[]} failures
 *
 * @typedef {Try & { readonly unsteady: readonly Failure[] }} Tries - unsteady: failed first and passed when run once more
 *
 * @typedef {Tries & { readonly leftOut: readonly LeftOut[] }} Tests
 *
 * @typedef {object} FileReport
 * @property {string} name
 * @property {string} status
 * @property {string} [message]
 * @property {readonly { fullName: string, status: string, failureMessages?: readonly string[] | null }[]} assertionResults
 */

/**
 * Reads vitest's JSON report. A file that did not even load counts as one failure, and so does a run that failed although no
 * single test did (an unhandled rejection, no test found, a crash without a report).
 *
 * @param {string} report - empty where vitest wrote none
 * @param {boolean} isPassed - what vitest's exit code says
 * @returns {Try}
 */
export function readReport(report, isPassed) {
  const one = report === "" ? { passed: 0, skipped: 0, failures: [] } : countReport(JSON.parse(report));
  if (isPassed || one.failures.length > 0) return one;
  return { ...one, failures: [{ file: "", test: "", why: "vitest itself failed; see its output" }] };
}

/**
 * @param {{ numPassedTests: number, numPendingTests: number, numTodoTests: number, testResults: readonly FileReport[] }} report
 * @returns {Try}
 */
function countReport(report) {
  return {
    passed: report.numPassedTests,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: report.testResults.filter((file) => file.status === "failed").flatMap(failuresOf),
  };
}

/**
 * @param {FileReport} file
 * @returns {readonly Failure[]}
 */
function failuresOf({ name, message, assertionResults }) {
  const failed = assertionResults.filter((test) => test.status === "failed");
  if (failed.length === 0) return [{ file: name, test: "", why: firstLine(message) }];
  return failed.map(({ fullName, failureMessages }) => ({
    file: name,
    test: fullName,
    why: firstLine(failureMessages?.[0]),
  }));
}

/** @param {string | undefined} text */
function firstLine(text = "") {
  return text.split("\n", 1)[0] ?? "";
}

/**
 * Joins a run and the second try of its failed files.
 *
 * @param {Try} first
 * @param {Try} [again] - none where nothing was tried again
 * @returns {Tries}
 */
export function joinTries(first, again) {
  if (again === undefined) return { ...first, unsteady: [] };
  /** @param {Failure} failure */
  const isStillFailed = (failure) => again.failures.some((other) => covers(other, failure));
  const unsteady = first.failures.filter((failure) => !isStillFailed(failure));
  return {
    passed: first.passed + unsteady.length,
    skipped: first.skipped,
    failures: again.failures,
    unsteady,
  };
}

/**
 * Whether a failure stands for another one, too: a broken run for all, a file that did not load for each of its tests.
 *
 * @param {Failure} wide
 * @param {Failure} narrow
 */
function covers(wide, narrow) {
  return wide.file === "" || (wide.file === narrow.file && (wide.test === "" || wide.test === narrow.test));
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
