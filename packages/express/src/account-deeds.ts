import type { AccessAction, Actor } from "@garim/audit";
import type { Factors, Sessions, Worker } from "@garim/auth";

/** What one may do to somebody else's account. */
export interface AccountDeeds<T> {
  /** Removes everything the person proves with and ends their sessions: whoever logs in next enrols the first factor. */
  readonly reset: T;
  /** Lifts a lock, and leaves the factors. */
  readonly unlock: T;
  /** Ends the person's sessions; none is opened until they are reinstated. */
  readonly dismiss: T;
  readonly reinstate: T;
  /** Gives a dormant person the rights again. */
  readonly reactivate: T;
}

export type AccountDeed = keyof AccountDeeds<unknown>;

/** What each is called on record. */
export const ACCOUNT_DEEDS: AccountDeeds<AccessAction> = {
  reset: "reset-factors",
  unlock: "unlock-account",
  dismiss: "dismiss-account",
  reinstate: "reinstate-account",
  reactivate: "reactivate-account",
};

/** The parts that hold accounts. */
export interface AccountParts {
  readonly sessions: Sessions;
  readonly factors: Factors;
}

/** Does it. Who may, and on which record, is asked before and told after. */
export async function doAccountDeed(
  deed: AccountDeed,
  worker: Worker,
  { sessions, factors }: AccountParts,
): Promise<void> {
  switch (deed) {
    case "reset":
      // First: whoever is still there could enrol a factor of their own in between.
      await sessions.endAll(worker, "factors-changed");
      return await factors.reset(worker);
    case "unlock":
      return await factors.unlock(worker);
    default:
      return await sessions[deed](worker);
  }
}

/** A person as records name them. */
export function actorOfAccount({ kind, id, sellerId }: Worker): Actor {
  return { kind, id, sellerId };
}
