import { GarimError, isGarimError } from "@garim/policy";
import { faultOf, sqlStateOf } from "../database.ts";

/** Says why records are neither destroyed, held nor released as asked, and what to do. */
export function retentionRefused(message: string, cause?: unknown): GarimError {
  return new GarimError("ERR_GARIM_RETENTION", message, cause);
}

/** What the log's own functions refuse with; their messages are ours, without personal data. */
const REFUSED = /^GR00\d$/;

/** A database's error as one of ours; `undefined` where it is none that retention knows. */
function readFault(error: unknown): GarimError | undefined {
  if (isGarimError(error)) return error;
  if (REFUSED.test(sqlStateOf(error) ?? "") && error instanceof Error)
    return retentionRefused(error.message, error);
  if (faultOf(error) !== "slow") return undefined;
  return new GarimError(
    "ERR_GARIM_LOG_BUSY",
    "Somebody reads the log or writes to it without a pause long enough to take a month out; try again when less is asked of it",
    error,
  );
}

/** Runs what may be refused. */
export async function orRefuse<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw readFault(error) ?? error;
  }
}
