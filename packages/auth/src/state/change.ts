import { AUTH_DEFAULTS } from "../defaults.ts";
import { type StateEntry, type StateStore, stateUnavailable } from "./store.ts";

/** What a decision about a key wants stored. */
export interface StateChange {
  /** The new value and its expiry as in {@link StateStore.write}; `null` leaves the key as it is. */
  readonly next: { readonly value: string; readonly expiresAt: number | null } | null;
  /** The value says what was stored already: it is written for the time that takes, and not again where somebody else wrote. */
  readonly isBlank?: boolean;
}

/**
 * Reads a key, decides and writes, again and again until nobody wrote in between. The decision returned is the one that
 * took effect; those of lost rounds are forgotten.
 *
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` when the store fails, or every round was lost
 */
export async function changeState<C extends StateChange>(
  state: StateStore,
  key: string,
  decide: (entry: StateEntry | undefined) => C | Promise<C>,
): Promise<C> {
  for (let round = 0; round < AUTH_DEFAULTS.casRounds; round++) {
    const entry = await state.read(key);
    const change = await decide(entry);
    if (change.next === null) return change;
    const { value, expiresAt } = change.next;
    const isWritten = await state.write(key, value, entry?.version ?? null, expiresAt);
    if (isWritten || change.isBlank === true) return change;
  }
  throw stateUnavailable(
    `One key was written by others ${AUTH_DEFAULTS.casRounds} times in a row. Limit the parallel requests of one account.`,
  );
}
