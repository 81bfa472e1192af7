import { hash } from "node:crypto";
import { stateUnavailable } from "../state/store.ts";
import { nameWorker, type Worker } from "../worker.ts";

/** The owner of a stored value: the person, and the seller it is for. Part of the value, so that it is known whose it is wherever it turns up. */
export function ownerOf(worker: Worker): string {
  return hash("sha256", nameWorker(worker));
}

/**
 * Checks whose a value is that was read. Stores bind values to their keys; this one holds for a store of the host's own, too, and for
 * whoever copies keys from one place to another.
 *
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where it is another person's, or another seller's
 */
export function checkOwner(stored: { readonly owner?: unknown }, worker: Worker): void {
  if (stored.owner === ownerOf(worker)) return;
  throw stateUnavailable(
    "The state store answered with what belongs to another person or seller, so it was not used. Look who else writes the keys of the state store, and whether its client mixes up replies.",
  );
}
