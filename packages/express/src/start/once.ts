import { hash, randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { StateStore } from "@garim/auth";

/** Something that several nodes may see at the same moment, and one has to record. */
export interface SeenChange {
  /** The same on every node. Only its hash is stored. */
  readonly name: string;
  /** Asks the log. */
  isOnRecord(): Promise<boolean>;
  record(): Promise<unknown>;
}

/** Longer than a record may take to become durable. */
const LEASE_MS = 10_000;
const PAUSE_MS = 50;
const ROUNDS = 200;

/**
 * Puts a change on record, once over all nodes: whoever holds the lease looks and records, the others wait until it is there. A node
 * that dies over it is waited for; then two records say the same, which is better than none.
 *
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE`, `ERR_GARIM_LOG_*`: it may be on record all the same
 */
export async function recordOnce(state: StateStore, clock: () => number, change: SeenChange): Promise<void> {
  const key = `v1/on-record/${hash("sha256", change.name)}`;
  for (let round = 0; round < ROUNDS; round++) {
    if (await change.isOnRecord()) return;
    const token = randomUUID();
    if (await state.write(key, token, null, clock() + LEASE_MS))
      return await recordAlone(state, key, token, change);
    await pause(PAUSE_MS);
  }
  await change.record();
}

async function recordAlone(state: StateStore, key: string, token: string, change: SeenChange): Promise<void> {
  try {
    // Asked again: it may have been recorded between the question and the lease.
    if (!(await change.isOnRecord())) await change.record();
  } finally {
    const lease = await state.read(key);
    if (lease?.value === token) await state.remove(key, lease.version);
  }
}
