// @ts-check
// `npm run soak [-- --minutes N]`: moderate load with nothing broken, an hour unless said otherwise; memory, handles, the event
// loop's delay and latencies of each minute, and whether they stay flat. The result is printed and kept in faults/RESULTS.md.
import { prepare } from "../examples/workspace.mjs";
import { runNode } from "./run/process.mjs";

prepare({ build: "test/faults/long" });
process.exitCode = runNode("test/dist/faults-long/faults/long/soak.js", process.argv.slice(2)) ?? 1;
