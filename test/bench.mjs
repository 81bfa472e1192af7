// @ts-check
// `npm run bench [-- ID…] [--json]`: measures built code, prints the table of performance and keeps it in bench/results.json.
import { prepare } from "../examples/workspace.mjs";
import { runNode } from "./run/process.mjs";

prepare({ build: "test/bench" });
process.exitCode = runNode("test/dist/bench/command/main.js", process.argv.slice(2)) ?? 1;
