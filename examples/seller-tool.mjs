import { spawn } from "node:child_process";
import { join } from "node:path";
import { prepare, ROOT } from "./workspace.mjs";

/** The seller tool by itself, from a fresh clone: `npm run seller-tool -- --market http://localhost:3000`. */
prepare({ filter: ["@garim/example-seller-tool...", "garim-workspace"], build: "examples/seller-tool" });

const main = join(ROOT, "examples", "seller-tool", "dist", "main.js");
const tool = spawn(process.execPath, [main, ...process.argv.slice(2)], { stdio: "inherit" });
tool.on("exit", (code) => {
  process.exitCode = code ?? 1;
});

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => tool.kill(signal));
