// @ts-check
// `npm run heap [-- --log-ins N]`: has people log in and sign out N times (15,000 unless said otherwise) and prints what of a node's
// heap grew, by class, after each third: what only fills a cache stops growing, a leak does not.
import { prepare } from "../examples/workspace.mjs";
import { runNode } from "./run/process.mjs";

prepare({ build: "test/faults/long" });
process.exitCode = runNode("test/dist/faults-long/faults/long/heap.js", process.argv.slice(2)) ?? 1;
