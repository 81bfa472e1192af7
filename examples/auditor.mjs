import { spawn } from "node:child_process";
import { join } from "node:path";
import { prepare, ROOT } from "./workspace.mjs";

/** An auditor's month, from a fresh clone: `npm run auditor -- --month 2026-11`; see examples/auditor/README.md. */
prepare({ filter: ["@garim/example-auditor...", "garim-workspace"], build: "examples/auditor" });

const main = join(ROOT, "examples", "auditor", "dist", "main.js");
const auditor = spawn(process.execPath, [main, ...process.argv.slice(2)], { stdio: "inherit" });
auditor.on("exit", (code) => {
  process.exitCode = code ?? 1;
});
