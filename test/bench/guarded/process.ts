import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** A server that listens. */
export interface RunningServer {
  readonly port: number;
  stop(): void;
}

const SERVER = fileURLToPath(new URL("./server.js", import.meta.url));

/** Starts one of the two servers and waits until it listens. @throws Error where it ends before that */
export async function startServer(
  kind: "bare" | "guarded",
  env: Readonly<Record<string, string>> = {},
): Promise<RunningServer> {
  const child = fork(SERVER, [kind], {
    env: { ...process.env, NODE_ENV: "production", ...env },
    // Diagnostics of a server are not the command's output.
    stdio: ["ignore", "ignore", 2, "ipc"],
  });
  return { port: await waitForPort(child, kind), stop: () => void child.kill() };
}

function waitForPort(child: ChildProcess, kind: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("message", (port) => resolve(port as number));
    child.once("exit", (code) => reject(new Error(`The ${kind} server ended with code ${code}`)));
  });
}
