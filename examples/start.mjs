import { spawn } from "node:child_process";
import { join } from "node:path";
import { prepare, ROOT } from "./workspace.mjs";

/** Starts the example marketplace from a fresh clone: `npm start -- [options]`; `npm start -- --help` tells them. */
prepare({
  filter: ["@garim/example-marketplace...", "garim-workspace"],
  build: "examples/marketplace",
});

const main = join(ROOT, "examples", "marketplace", "dist", "main.js");
const market = spawn(process.execPath, [main, ...process.argv.slice(2)], { stdio: "inherit" });

// A terminal sends Ctrl-C to both; whoever stops this script alone means the marketplace too.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => market.kill(signal));
market.on("exit", (code) => {
  process.exitCode = code ?? 1;
});
