import { ALLOW, type Allow, type Refuse, refuse } from "./decision.ts";
import type { RoleAction } from "./edition.ts";
import { HOUR, MINUTE } from "./moment.ts";
import type { Policy } from "./policy.ts";

/** Moments of a session, UTC milliseconds. */
export interface SessionFacts {
  /** When the host's log-in happened. */
  readonly authenticatedAt: number;
  /** When the user last did something. */
  readonly lastActivityAt: number;
}

/** When a session ends by idling and at the latest; exclusive: at that very moment it has ended. */
export interface SessionEnds {
  readonly idleAt: number;
  readonly absoluteAt: number;
}

export function sessionEnds(facts: SessionFacts, policy: Policy): SessionEnds {
  return {
    idleAt: facts.lastActivityAt + policy.idleMinutes * MINUTE,
    absoluteAt: facts.authenticatedAt + policy.absoluteHours * HOUR,
  };
}

/**
 * Decides whether a session still lives. Facts that are not numbers end it.
 *
 * @param now - the moment of the request, UTC milliseconds
 * @source code-2022/idle, notice-2026-9/6-4, garim/absolute
 */
export function decideSession(facts: SessionFacts, now: number, policy: Policy): Allow | Refuse {
  const { idleAt, absoluteAt } = sessionEnds(facts, policy);
  if (!(now < absoluteAt)) return refuse("session-absolute");
  if (!(now < idleAt)) return refuse("session-idle");
  return ALLOW;
}

/** Action classes that ask for a second factor, each with its own freshness. */
export type StepUpClass = "view" | "download" | "manage";

/** What a second factor's freshness depends on. */
export interface StepUpFacts {
  /** When the session last proved a second factor, UTC milliseconds; `null` for never. */
  readonly secondFactorAt: number | null;
}

/**
 * Decides whether a second factor is due before an action.
 *
 * A factor is fresh for the class's minutes, the last millisecond included; one from the future is not fresh.
 *
 * @source code-2022/second-factor, notice-2026-9/6-2
 */
export function decideStepUp(
  facts: StepUpFacts,
  action: StepUpClass,
  now: number,
  policy: Policy,
): Allow | Refuse {
  if (facts.secondFactorAt === null) return refuse("second-factor-missing");
  const age = now - facts.secondFactorAt;
  return age >= 0 && age <= freshMinutes(action, policy) * MINUTE ? ALLOW : refuse("second-factor-stale");
}

function freshMinutes(action: StepUpClass, policy: Policy): number {
  switch (action) {
    case "view":
      return policy.viewFreshMinutes;
    case "download":
      return policy.downloadFreshMinutes;
    case "manage":
      return policy.manageFreshMinutes;
  }
}

/**
 * Decides whether roles allow an action. Denied unless one names it.
 *
 * @source notice-2026-9/5-1
 */
export function decideAction(roles: readonly string[], action: RoleAction, policy: Policy): Allow | Refuse {
  const known = policy.edition.roles;
  const isAllowed = roles.some((role) => Object.hasOwn(known, role) && known[role]?.actions.includes(action));
  return isAllowed ? ALLOW : refuse("role-lacks-action");
}
