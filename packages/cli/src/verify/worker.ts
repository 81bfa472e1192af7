import { parentPort, workerData } from "node:worker_threads";
import { checkRange, type RangeTask } from "@garim/audit";
import type { ConnectOptions } from "../connect/options.ts";
import { openConnection } from "../connect/with-connection.ts";
import { type Answer, faultAnswer } from "./answer.ts";

/** One core of a verification: opens a connection of its own, and checks the ranges it is given, one after the other. */
interface WorkerData {
  readonly options: ConnectOptions;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const { options, env } = workerData as WorkerData;
const opening = openConnection(options, env, { mode: "read", statementMs: 0 });
// Its failure is the answer to the first range.
opening.catch(() => undefined);

parentPort?.on("message", async (task: RangeTask) => {
  parentPort?.postMessage(await answer(task));
});

async function answer(task: RangeTask): Promise<Answer> {
  try {
    const { connection } = await opening;
    return { report: await checkRange(connection, task) };
  } catch (error) {
    return faultAnswer(error);
  }
}
