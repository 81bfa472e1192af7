import { ALLOW, type Allow, type Refuse, refuse } from "./decision.ts";
import { isMoment, MINUTE } from "./moment.ts";
import type { Policy } from "./policy.ts";
import type { Reason } from "./reason.ts";

/** Action classes that ask for a second factor, each with its own freshness. */
export type StepUpClass = "view" | "download" | "manage";

/** What a second factor's freshness depends on. Moments are UTC milliseconds. */
export interface StepUpFacts {
  /** When the session last proved a second factor; `null` for never. */
  readonly secondFactorAt: number | null;
  /** When the session moved to its present device; absent or `null` where it never did. */
  readonly deviceSince?: number | null;
  /** When the session moved to its present network; absent or `null` where it never did. */
  readonly networkSince?: number | null;
  /** When a sign of somebody else was last seen in the session; absent or `null` for never. */
  readonly suspectedAt?: number | null;
  /** Rows a download would have; `null` where nobody knows, which counts as many. Absent for anything else. */
  readonly rows?: number | null;
}

/**
 * Decides whether a second factor is due before an action.
 *
 * A factor is fresh for the class's minutes, the last millisecond included; one from the future is not fresh. A new device asks
 * again at once, a new network once the factor is older than `policy.networkFreshMinutes`, so at most that often. A sign of somebody else asks again at once.
 *
 * @source code-2022/second-factor, notice-2026-9/6-2
 */
export function decideStepUp(
  facts: StepUpFacts,
  action: StepUpClass,
  now: number,
  policy: Policy,
): Allow | Refuse {
  const reason = findDue(facts, action, now, policy);
  return reason === undefined ? ALLOW : refuse(reason, policy.edition);
}

function findDue(facts: StepUpFacts, action: StepUpClass, now: number, policy: Policy): Reason | undefined {
  const { secondFactorAt: at, deviceSince = null, networkSince = null, suspectedAt = null } = facts;
  if (at === null) return "second-factor-missing";
  if (!isFresh(at, now, freshMinutes(facts, action, policy))) return "second-factor-stale";
  if (isProvedBefore(deviceSince, at)) return "second-factor-device";
  if (isProvedBefore(suspectedAt, at)) return "second-factor-signal";
  if (isProvedBefore(networkSince, at) && !isFresh(at, now, policy.networkFreshMinutes))
    return "second-factor-network";
  return undefined;
}

/**
 * Tells whether a factor proved at a moment is fresh for some minutes, the last millisecond included. One proved in the future
 * (a clock that moved) is not.
 */
export function isFresh(at: number | null, now: number, minutes: number): boolean {
  return isMoment(at) && isMoment(now) && at <= now && now - at <= minutes * MINUTE;
}

/** A change at a moment nobody can read came after every proof. */
function isProvedBefore(change: number | null, at: number): boolean {
  return change !== null && !(isMoment(change) && change <= at);
}

function freshMinutes(facts: StepUpFacts, action: StepUpClass, policy: Policy): number {
  switch (action) {
    case "view":
      return policy.viewFreshMinutes;
    case "download":
      return isBulk(facts.rows, policy) ? policy.bulkFreshMinutes : policy.downloadFreshMinutes;
    case "manage":
      return policy.manageFreshMinutes;
    default:
      return Number.NaN;
  }
}

function isBulk(rows: number | null | undefined, policy: Policy): boolean {
  return rows !== undefined && !(typeof rows === "number" && rows <= policy.bulkRows);
}
