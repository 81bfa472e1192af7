import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { ServedApp } from "./apps.ts";

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
  app: ServedApp,
  env: Readonly<Record<string, string>> = {},
): Promise<RunningServer> {
  const [server] = await startServers([app], env);
  return server as RunningServer;
}

/**
 * Starts apps in one process, so that what differs from process to process is the same for all of them.
 *
 * @returns one for each app, in their order; the CPU time is the whole process's, and stopping one stops all
 * @throws Error where the process ends before they listen
 */
export async function startServers(
  apps: readonly ServedApp[],
  env: Readonly<Record<string, string>> = {},
): Promise<readonly RunningServer[]> {
  const child = fork(SERVER, [...apps], {
    env: { ...process.env, NODE_ENV: "production", ...env },
    // Diagnostics of a server are not the command's output.
    stdio: ["ignore", "ignore", 2, "ipc"],
  });
  const ports = await waitForPorts(child, apps);
  return ports.map((port) => ({
    port,
    async cpuTime() {
      const answer = once(child, "message");
      child.send("cpu");
      const [microseconds] = await answer;
      return microseconds as number;
    },
    stop: () => void child.kill(),
  }));
}

function waitForPorts(child: ChildProcess, apps: readonly string[]): Promise<readonly number[]> {
  return new Promise((resolve, reject) => {
    child.once("message", (ports) => resolve(ports as readonly number[]));
    child.once("exit", (code) =>
      reject(new Error(`The server of ${apps.join(", ")} ended with code ${code}`)),
    );
  });
}
