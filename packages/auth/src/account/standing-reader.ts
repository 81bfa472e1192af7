import type { Policy } from "@garim/policy";
import { decodeStanding, standingKey, useStanding } from "../session/standing.ts";
import type { StateStore } from "../state/store.ts";
import type { Worker } from "../worker.ts";

/** How a worker stands, for whoever administers the account. Moments are UTC milliseconds. */
export interface AccountStanding {
  /** `dismissed` until a reinstatement, `dormant` until a reactivation: neither opens a session. */
  readonly state: "active" | "dormant" | "dismissed";
  /** When a session was last opened; `null` for never. */
  readonly usedAt: number | null;
  /** `null` unless dismissed. */
  readonly dismissedAt: number | null;
}

export interface StandingReaderOptions {
  /** The `accounts` of the sessions; their `state` where they have none. */
  readonly state: StateStore;
  readonly policy: Policy;
  /** UTC milliseconds; the system's clock if left out. */
  readonly clock?: () => number;
}

/** Reads how a worker stands, and changes nothing by it. */
export type StandingReader = (worker: Worker) => Promise<AccountStanding>;

/**
 * Makes what tells how workers stand. Of somebody who never came it says `active`: their first log-in opens a session. It rejects with
 * GarimError `ERR_GARIM_STATE_UNAVAILABLE` while the state store fails.
 *
 * @source notice-2026-9/5-2
 */
export function createStandingReader({
  state,
  policy,
  clock = Date.now,
}: StandingReaderOptions): StandingReader {
  return async (worker) => {
    const entry = await state.read(standingKey(worker));
    const standing = entry && decodeStanding(entry.value);
    const { answer } = useStanding(standing, clock(), policy);
    const { usedAt = null, dismissedAt = null } = standing ?? {};
    return { state: stateOf(answer), usedAt, dismissedAt };
  };
}

function stateOf(answer: ReturnType<typeof useStanding>["answer"]): AccountStanding["state"] {
  if (answer.kind === "allow") return "active";
  return answer.reason === "account-dismissed" ? "dismissed" : "dormant";
}
