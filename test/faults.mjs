// @ts-check
// `npm run faults [-- --minutes N --seed S]`: breaks one part after the other under load and looks on; five minutes unless said
// otherwise. The result is printed and kept in faults/RESULTS.md; where something was that may never be, the exit code is not 0.
import { prepare } from "../examples/workspace.mjs";
import { runNode } from "./run/process.mjs";

prepare({ build: "test/faults/long" });
process.exitCode = runNode("test/dist/faults-long/faults/long/main.js", process.argv.slice(2)) ?? 1;
