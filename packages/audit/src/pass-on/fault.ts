import { GarimError } from "@garim/policy";
import { describeLoss, type Loss } from "./loss.ts";

const AGAIN = "The log has them: read them there by seq and pass them on again";

export function sinkFails(name: string, queueRecords: number, cause: unknown): GarimError {
  return new GarimError(
    "ERR_GARIM_SINK",
    `The sink ${name} does not take access records (see cause). They wait, at most ${queueRecords} of them, and are sent again; the log and its answers are not affected. Check that the sink runs and takes them`,
    cause,
  );
}

export function sinkHangs(name: string, deadlineMs: number): GarimError {
  return new GarimError("ERR_GARIM_SINK", `The sink ${name} did not answer within ${deadlineMs} ms`);
}

export function sinkOverflows(name: string, loss: Loss): GarimError {
  return new GarimError(
    "ERR_GARIM_SINK",
    `The queue of the sink ${name} is full: ${describeLoss(loss)} dropped, and the oldest go on being dropped until it takes records again; then their number is said. ${AGAIN}`,
  );
}

export function sinkRefused(name: string, loss: Loss, cause: unknown): GarimError {
  return new GarimError(
    "ERR_GARIM_SINK_REFUSED",
    `The sink ${name} refused ${describeLoss(loss)} for good (see cause): they are dropped. ${AGAIN}`,
    cause,
  );
}

export function sinkLost(name: string, loss: Loss): GarimError {
  return new GarimError(
    "ERR_GARIM_SINK",
    `${describeLoss(loss)} did not reach the sink ${name}, as far as it answered. ${AGAIN}`,
  );
}

export function sinkUnclosed(name: string, cause: unknown): GarimError {
  return new GarimError(
    "ERR_GARIM_SINK",
    `The sink ${name} could not be closed (see cause): look whether it has the last access records`,
    cause,
  );
}
