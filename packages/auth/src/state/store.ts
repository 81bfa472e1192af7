import { GarimError } from "@garim/policy";

/** One stored value. */
export interface StateEntry {
  readonly value: string;
  /** Changes with every write of any key and never comes back, also not after a removal. */
  readonly version: number;
}

/**
 * Where sessions, factors and counters live: keys with compare-and-set. Every method rejects with GarimError
 * `ERR_GARIM_STATE_UNAVAILABLE` when the store cannot answer for certain; nothing is ever guessed.
 */
export interface StateStore {
  /** Reads a key. `undefined` when absent, or at or past its expiry. */
  read(key: string): Promise<StateEntry | undefined>;

  /**
   * Writes a key if nobody wrote it since it was read. Of any number of writers with one `expected`, exactly one wins.
   *
   * @param expected - the version that was read; `null` only where the key is absent or expired
   * @param expiresAt - UTC milliseconds, exclusive: at that very moment it is gone; `null` for never
   * @returns whether it was written
   */
  write(key: string, value: string, expected: number | null, expiresAt: number | null): Promise<boolean>;

  /**
   * Removes a key.
   *
   * @param expected - the version that was read; `null` whatever it is
   * @returns whether a live entry was removed
   */
  remove(key: string, expected: number | null): Promise<boolean>;

  /**
   * Notes that something was used, where that may be once only. Stores that may forget what they acknowledged have it: one that lost
   * anything since the thing was made cannot tell, and says so. Without it, {@link StateStore.write} tells.
   *
   * @param madeAt - when the thing that is used was made, UTC milliseconds: before it nobody can have used it
   */
  mark?(key: string, expiresAt: number, madeAt: number): Promise<Mark>;
}

/** `unsure`: the store was lost, or another one took its place, after the thing was made. */
export type Mark = "first" | "used" | "unsure";

/** The error of a store that cannot answer. `seen` is a sentence about what happened and what to do. */
export function stateUnavailable(seen: string, cause?: unknown): GarimError {
  return new GarimError("ERR_GARIM_STATE_UNAVAILABLE", seen, cause);
}
