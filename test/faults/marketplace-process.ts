import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** The marketplace in a process of its own, as built. */
export interface MarketplaceProcess {
  readonly url: string;
  /** Ends it as a crash would: nothing is flushed, nothing is closed. */
  kill(): Promise<void>;
}

/** The marketplace as it is, and one that answers before its records are durable: the mutant that must be caught. */
const SCRIPTS = {
  true: "../../examples/marketplace/dist/main.js",
  early: "./early-marketplace.mjs",
} as const;

export interface ProcessOptions {
  readonly script: keyof typeof SCRIPTS;
  readonly dataDir: string;
  /** PostgreSQL; without it the marketplace keeps its embedded database in `dataDir`. */
  readonly databaseUrl?: string | undefined;
}

/** Starts it on a free port of loopback and waits until it says that it is ready. */
export async function startProcess(options: ProcessOptions): Promise<MarketplaceProcess> {
  const script = fileURLToPath(new URL(SCRIPTS[options.script], import.meta.url));
  const { DATABASE_URL: _, ...environment } = process.env;
  const child = spawn(process.execPath, [script, "--port", "0", "--data", options.dataDir], {
    stdio: ["ignore", "pipe", "pipe"],
    env:
      options.databaseUrl === undefined ? environment : { ...environment, DATABASE_URL: options.databaseUrl },
  });
  const exited = once(child, "exit");
  return {
    url: await readyUrl(child),
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

async function readyUrl(child: ChildProcess): Promise<string> {
  const said: string[] = [];
  if (child.stdout === null || child.stderr === null) throw new Error("the process has no output");
  child.stderr.on("data", (chunk) => said.push(String(chunk)));
  for await (const line of createInterface(child.stdout)) {
    said.push(line);
    const url = /^ready (http:\S+)/.exec(line)?.[1];
    if (url === undefined) continue;
    child.stdout.resume();
    return url;
  }
  throw new Error(`the marketplace did not start:\n${said.join("\n")}`);
}
