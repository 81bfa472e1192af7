import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Placed } from "./row-modules.ts";

const ROW_PROCESS = fileURLToPath(new URL("./row-process.js", import.meta.url));

/**
 * Measures a row in a process of its own: what the rows before it taught the compiler would colour its figure.
 *
 * @returns `undefined` where the row could not be measured here
 * @throws Error where the row failed; its process has said why on stderr
 */
export function measureRow({ id, module }: Placed): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const child = fork(ROW_PROCESS, [module, id], { stdio: ["ignore", 2, 2, "ipc"] });
    child.once("message", (ratio) => resolve((ratio as number | null) ?? undefined));
    child.once("exit", (code) => reject(new Error(`The row ${id} failed with code ${code}`)));
  });
}
