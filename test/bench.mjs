// @ts-check
// `npm run bench [-- ID…] [--json]`: measures built code, prints the table of performance and keeps it in bench/results.json.
// `npm run bench -- G4 [--console] [--records N]` takes an hour and tens of gigabytes, so it is a command of its own; see bench/scale.
import { prepare } from "../examples/workspace.mjs";
import { runNode } from "./run/process.mjs";

prepare({ build: "test/bench" });
const [first = "", ...rest] = process.argv.slice(2);
const isScale = first.toUpperCase() === "G4";
process.exitCode =
  (isScale
    ? runNode("test/dist/bench/scale/main.js", rest)
    : runNode("test/dist/bench/command/main.js", process.argv.slice(2))) ?? 1;
