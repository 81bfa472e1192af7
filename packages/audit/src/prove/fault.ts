import { GarimError } from "@garim/policy";
import type { CheckpointChoice } from "./find-checkpoint.ts";

export function noReference(): GarimError {
  return new GarimError(
    "ERR_GARIM_QUERY_INVALID",
    "A record is proved by its place in the log, 1 or more, or by its id as the log gives it; write for example 17",
  );
}

/** Also for one that the asker may not see. */
export function noRecord(record: string | number): GarimError {
  return new GarimError(
    "ERR_GARIM_QUERY_INVALID",
    `The log holds no record ${record}; correct the place or the id, or see in the copy outside the database whether there was one`,
  );
}

export function notCovered(seq: number, least: number, choice: CheckpointChoice): GarimError {
  const other =
    typeof choice === "number"
      ? `There is no checkpoint of ${choice} batches that covers`
      : "No checkpoint covers";
  return new GarimError(
    "ERR_GARIM_QUERY_INVALID",
    `${other} record ${seq} yet (batch ${least} is needed); the log is signed each second where seal is set up: try again, and see garim doctor if that does not help`,
  );
}

export function damaged(seq: number, why: string): GarimError {
  return new GarimError(
    "ERR_GARIM_PROOF_INVALID",
    `Record ${seq} cannot be proved: ${why}. The log in the database was changed; run garim verify against the copy outside the database`,
  );
}

export function forked(): GarimError {
  return new GarimError(
    "ERR_GARIM_PROOF_INVALID",
    "The log in the database does not go on from the older checkpoint: it is another log's, or one of the two was changed; run garim verify against the copy outside the database",
  );
}

export function unavailable(error: unknown): GarimError {
  return new GarimError(
    "ERR_GARIM_LOG_UNAVAILABLE",
    "The access log cannot be read: its database fails (see cause); check that it runs and lets this user read the schema garim",
    error,
  );
}
