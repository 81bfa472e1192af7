import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Told } from "../answered.ts";
import { type LoadOrder, type LoadSettings, VARIABLE } from "../load/settings.ts";

const MAIN = fileURLToPath(new URL("../load/main.js", import.meta.url));

/** The load maker, in a process of its own. */
export interface LoadProcess {
  readonly isOver: boolean;
  /** Ends it, once it has told of every answer that was under way. */
  stop(): Promise<void>;
}

/**
 * Starts the load, and waits until everybody is enrolled.
 *
 * @param hear - told of every answer and deed
 * @throws Error where it fails before that
 */
export async function startLoad(settings: LoadSettings, hear: (told: Told) => void): Promise<LoadProcess> {
  const child = fork(MAIN, [], {
    env: { ...process.env, [VARIABLE]: JSON.stringify(settings) },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  child.on("message", (told: Told) => hear(told));
  child.send("start" satisfies LoadOrder);
  await untilReady(child);
  let isOver = false;
  return {
    get isOver() {
      return isOver;
    },
    async stop() {
      const exited = once(child, "exit");
      child.send("end" satisfies LoadOrder);
      await exited;
      isOver = true;
    },
  };
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on("exit", () => reject(new Error("the load maker ended")));
    child.on("message", (told: Told) => {
      if (told.kind === "ready") resolve();
      if (told.kind === "failed") reject(new Error(told.why));
    });
  });
}
