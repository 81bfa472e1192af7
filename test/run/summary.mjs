// @ts-check

/**
 * Prints what failed, what was unsteady and what was left out, and then, as the very last line, `N passed, N failed` with
 * `, N skipped` where there are any.
 *
 * @param {readonly import("./checks.mjs").Checked[]} checks
 * @param {import("./report.mjs").Tests} tests
 * @returns {0 | 1} the exit code
 */
export function printSummary(checks, tests) {
  const broken = checks.filter((check) => !check.isPassed);
  console.log("");
  for (const { title } of broken) console.log(`failed: ${title}`);
  for (const failure of tests.failures) console.log(`failed: ${oneLine(failure)}`);
  for (const failure of tests.unsteady)
    console.log(`unsteady, passed only the second time: ${oneLine(failure)}`);
  for (const { what, why } of tests.leftOut) console.log(`left out: ${what}: ${why}`);
  const failed = tests.failures.length + broken.length;
  console.log(lastLine(tests.passed + checks.length - broken.length, failed, tests.skipped));
  return failed === 0 ? 0 : 1;
}

/** @param {import("./report.mjs").Failure} failure */
function oneLine({ file, test, why }) {
  return [file, test, why].filter((part) => part !== "").join(" > ");
}

/**
 * @param {number} passed
 * @param {number} failed
 * @param {number} skipped
 */
function lastLine(passed, failed, skipped) {
  const line = `${passed} passed, ${failed} failed`;
  return skipped === 0 ? line : `${line}, ${skipped} skipped`;
}
