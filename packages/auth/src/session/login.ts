import { hash } from "node:crypto";
import { GarimError, type WorkerIdentity } from "@garim/policy";
import { nameWorker, readWorker, type Worker } from "../worker.ts";

/** One log-in at the host: what at most one session is opened for. */
export interface Login {
  readonly worker: Worker;
  /** When it happened, UTC milliseconds. */
  readonly authenticatedAt: number;
  /** Where its session is stored. */
  readonly key: string;
}

/**
 * Reads a host's log-in.
 *
 * @throws GarimError `ERR_GARIM_IDENTITY_INVALID` where the worker or the moment cannot be read
 */
export function readLogin(identity: WorkerIdentity): Login {
  const worker = readWorker(identity);
  const { authenticatedAt } = identity;
  if (Number.isFinite(authenticatedAt)) return makeLogin(worker, authenticatedAt);
  throw new GarimError(
    "ERR_GARIM_IDENTITY_INVALID",
    `identify() gave no usable authenticatedAt (${typeof authenticatedAt}); keep the moment of the log-in in the host's session and return it in UTC milliseconds: authenticatedAt: req.session.loggedInAt`,
  );
}

export function makeLogin(worker: Worker, authenticatedAt: number): Login {
  const name = JSON.stringify([nameWorker(worker), authenticatedAt]);
  return { worker, authenticatedAt, key: `v1/session/${hash("sha256", name)}` };
}
