import type { AccessLog, Receipt } from "@garim/audit";
import type { GarimError } from "@garim/policy";
import { samplePage } from "../../packages/audit/test/sample.ts";

/** Callers that append one after the other, whatever comes. */
export interface SteadyCallers {
  /** So far. */
  readonly receipts: readonly Receipt[];
  /** So far. */
  readonly refusals: readonly GarimError[];
  /** Ends them, once each has its answer. */
  stop(): Promise<void>;
}

export function startSteadyCallers(log: AccessLog, callers: number): SteadyCallers {
  const receipts: Receipt[] = [];
  const refusals: GarimError[] = [];
  let isOver = false;
  const appendUntilOver = async (): Promise<void> => {
    while (!isOver)
      await log.append(samplePage(2)).then(
        (receipt) => receipts.push(receipt),
        (error: GarimError) => refusals.push(error),
      );
  };
  const all = Array.from({ length: callers }, appendUntilOver);
  return {
    receipts,
    refusals,
    async stop() {
      isOver = true;
      await Promise.all(all);
    },
  };
}
