import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { AppName } from "./apps.ts";

/** A server that listens. */
export interface RunningServer {
  readonly port: number;
  /** What its process has used of the CPU so far, microseconds. */
  cpuTime(): Promise<number>;
  stop(): void;
}

const SERVER = fileURLToPath(new URL("./main.js", import.meta.url));

/** Starts one of the apps in a process of its own, and waits until it listens. @throws Error where it ends before that */
export async function startServer(
  app: AppName,
  env: Readonly<Record<string, string>> = {},
): Promise<RunningServer> {
  const child = fork(SERVER, [app], {
    env: { ...process.env, NODE_ENV: "production", ...env },
    // Diagnostics of a server are not the command's output.
    stdio: ["ignore", "ignore", 2, "ipc"],
  });
  return {
    port: await waitForPort(child, app),
    async cpuTime() {
      const answer = once(child, "message");
      child.send("cpu");
      const [microseconds] = await answer;
      return microseconds as number;
    },
    stop: () => void child.kill(),
  };
}

function waitForPort(child: ChildProcess, app: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("message", (port) => resolve(port as number));
    child.once("exit", (code) => reject(new Error(`The ${app} server ended with code ${code}`)));
  });
}
