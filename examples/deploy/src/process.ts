import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** A process that was started, and is ended by its own id. */
export interface Started {
  readonly pid: number;
  stop(): Promise<void>;
}

interface Address {
  readonly host: string;
  readonly port: number;
}

const PATIENCE_MS = 60_000;
const PAUSE_MS = 50;

/** Starts a process and waits until it takes connections. @throws Error with what it said, where it ends before */
export async function startProcess(
  [command = "", ...args]: readonly string[],
  env: NodeJS.ProcessEnv,
  address: Address,
): Promise<Started> {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      said = (said + String(chunk)).slice(-4_000);
    });
  const failed = new Promise<never>((_, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`${command} ended with ${code}: ${said}`)));
  });
  failed.catch(() => undefined);
  await Promise.race([untilOpen(address), failed]);
  return { pid: child.pid ?? 0, stop: () => stop(child) };
}

async function untilOpen(address: Address): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await isOpen(address))) {
    if (Date.now() > end) throw new Error(`nobody listens on ${address.host}:${address.port}`);
    await pause(PAUSE_MS);
  }
}

function isOpen({ host, port }: Address): Promise<boolean> {
  const socket = connect(port, host);
  const opened = new Promise<boolean>((resolve) => {
    socket.on("connect", () => resolve(true));
    socket.on("error", () => resolve(false));
  });
  return opened.finally(() => socket.destroy());
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  await exited;
}
