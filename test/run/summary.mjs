// @ts-check

/**
 * Prints what was left out and then, as the very last line, `N passed, N failed` with `, N skipped` where there are any.
 *
 * @param {readonly import("./checks.mjs").Checked[]} checks
 * @param {import("./report.mjs").Tests} tests
 * @returns {0 | 1} the exit code
 */
export function printSummary(checks, tests) {
  const broken = checks.filter((check) => !check.isPassed);
  console.log("");
  for (const { title } of broken) console.log(`failed: ${title}`);
  for (const { what, why } of tests.leftOut) console.log(`left out: ${what}: ${why}`);
  const failed = tests.failed + broken.length;
  console.log(lastLine(tests.passed + checks.length - broken.length, failed, tests.skipped));
  return failed === 0 ? 0 : 1;
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
