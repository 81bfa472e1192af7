import { hash } from "node:crypto";
import { type Allow, decideDormancy, type Policy, type Refuse, refuse } from "@garim/policy";
import { stateUnavailable } from "../state/store.ts";
import { nameWorker, type Worker } from "../worker.ts";

/** How a worker stands: what outlives every session. Moments are UTC milliseconds. */
export interface Standing {
  /** When the rights were given: at the first use, or by a later reinstatement or reactivation. */
  readonly givenAt: number;
  /** When a session was last opened; `null` for never. */
  readonly usedAt: number | null;
  /** `null` unless dismissed. */
  readonly dismissedAt: number | null;
}

export function standingKey(worker: Worker): string {
  return `v1/standing/${hash("sha256", nameWorker(worker))}`;
}

export function encodeStanding(standing: Standing): string {
  return JSON.stringify(standing);
}

/** @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where the value is none of {@link encodeStanding} */
export function decodeStanding(value: string): Standing {
  try {
    const standing = JSON.parse(value) as Standing;
    const { givenAt, usedAt, dismissedAt } = standing;
    if ([givenAt, usedAt ?? 0, dismissedAt ?? 0].every(Number.isFinite) && dismissedAt !== undefined)
      return standing;
  } catch {
    // Told below, without the value.
  }
  throw stateUnavailable(
    "What is stored of a worker cannot be read. Restore the key v1/standing/… of the state store.",
  );
}

/** Whether a worker may open a session, and how the worker stands by it; `null` where that changes nothing. */
export interface StandingUse {
  readonly answer: Allow | Refuse;
  readonly standing: Standing | null;
}

/**
 * Decides whether a worker may open a session. The first use ever gives the rights.
 *
 * @returns refuse with `account-dismissed` or `account-dormant`
 * @source notice-2026-9/5-2
 */
export function useStanding(standing: Standing | undefined, now: number, policy: Policy): StandingUse {
  const current = standing ?? giveStanding(now);
  const answer = judgeStanding(current, now, policy);
  return { answer, standing: answer.kind === "allow" ? { ...current, usedAt: now } : null };
}

function judgeStanding(standing: Standing, now: number, policy: Policy): Allow | Refuse {
  if (standing.dismissedAt !== null) return refuse("account-dismissed", policy.edition);
  return decideDormancy(standing, now, policy);
}

export function dismissStanding(standing: Standing | undefined, now: number): Standing {
  const current = standing ?? giveStanding(now);
  return { ...current, dismissedAt: current.dismissedAt ?? now };
}

/** Rights given back are given anew: nobody is dormant for the time of the dismissal. */
export function reinstateStanding(standing: Standing | undefined, now: number): Standing {
  return { ...(standing ?? giveStanding(now)), givenAt: now, dismissedAt: null };
}

/** A dismissal is not lifted by it. */
export function reactivateStanding(standing: Standing | undefined, now: number): Standing {
  return { ...(standing ?? giveStanding(now)), givenAt: now };
}

function giveStanding(now: number): Standing {
  return { givenAt: now, usedAt: null, dismissedAt: null };
}
