import { spawn } from "node:child_process";
import { join } from "node:path";
import { prepare, ROOT } from "./workspace.mjs";

/** Plays the story from a fresh clone: `npm run tour`. Exit code 1 when any step is not so. */
prepare({ filter: ["@garim/example-tour...", "garim-workspace"], build: "examples/tour" });

const tour = spawn(process.execPath, [join(ROOT, "examples", "tour", "dist", "main.js")], {
  stdio: "inherit",
});
tour.on("exit", (code) => {
  process.exitCode = code ?? 1;
});
