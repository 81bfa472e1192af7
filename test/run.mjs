// @ts-check
// `npm test`: everything that has to hold, and one honest line at the end. Arguments go to vitest and leave the
// whole-tree checks out: `npm test -- packages/policy`.
import { checkNode } from "../examples/workspace.mjs";
import { isInstalled, prepareWorkspace, runCheck, WHOLE_TREE } from "./run/checks.mjs";
import { printSummary } from "./run/summary.mjs";
import { NO_TESTS, runTests } from "./run/vitest.mjs";

checkNode();
console.log(`Node ${process.version}`);
const names = process.argv.slice(2);
const checks = [await prepareWorkspace()];
// What they look at is the same for every Node.
const isSecondRun = process.env["GARIM_SECOND_RUN"] === "1";
if (isSecondRun)
  console.log(`left out: ${WHOLE_TREE.map(({ title }) => title).join(", ")}, because GARIM_SECOND_RUN=1`);
if (isInstalled() && names.length === 0 && !isSecondRun)
  for (const check of WHOLE_TREE) checks.push(await runCheck(check));
process.exitCode = printSummary(checks, isInstalled() ? await runTests(names) : NO_TESTS);
