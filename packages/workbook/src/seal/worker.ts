import { parentPort, workerData } from "node:worker_threads";
import { type Answer, type Command, obey } from "./command.ts";
import { makeFile } from "./make-file.ts";
import { failedReply, type Reply } from "./reply.ts";
import type { SealSpec } from "./seal-spec.ts";

/** Makes one file: obeys one command after the other. */
const making = makeFile(workerData as SealSpec);
// Its failure is the answer to the first command.
making.catch(() => undefined);
let last: Promise<void> = Promise.resolve();

parentPort?.on("message", (command: Command) => {
  last = last.then(() => answer(command));
});

async function answer(command: Command): Promise<void> {
  try {
    const done = await obey(await making, command);
    parentPort?.postMessage({ answer: done } satisfies Reply, buffersOf(done));
  } catch (error) {
    parentPort?.postMessage(failedReply(error));
  }
}

/** Moved, not copied; Node's shared pool cannot be moved. */
function buffersOf({ pieces }: Answer): ArrayBuffer[] {
  const whole = pieces.filter(({ buffer, byteLength }) => buffer.byteLength === byteLength);
  return [...new Set(whole.map(({ buffer }) => buffer as ArrayBuffer))];
}
