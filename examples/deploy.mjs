import { spawn } from "node:child_process";
import { join } from "node:path";
import { prepare, ROOT } from "./workspace.mjs";

/** Two nodes behind nginx, without containers: `DATABASE_URL=… REDIS_URL=… node examples/deploy.mjs`; see examples/deploy/README.md. */
prepare({ filter: ["@garim/example-deploy...", "garim-workspace"], build: "examples/deploy" });

const deployment = spawn(process.execPath, [join(ROOT, "examples", "deploy", "dist", "start.js")], {
  stdio: "inherit",
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => deployment.kill(signal));
deployment.on("exit", (code) => {
  process.exitCode = code ?? 1;
});
