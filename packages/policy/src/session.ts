import { ALLOW, type Allow, type Refuse, refuse } from "./decision.ts";
import { HOUR, isMoment, MINUTE } from "./moment.ts";
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

/** The ends of a session, UTC milliseconds; `NaN` where a moment cannot be read. */
export function sessionEnds(facts: SessionFacts, policy: Policy): SessionEnds {
  return {
    idleAt: endAfter(facts.lastActivityAt, policy.idleMinutes * MINUTE),
    absoluteAt: endAfter(facts.authenticatedAt, policy.absoluteHours * HOUR),
  };
}

function endAfter(at: number, milliseconds: number): number {
  return isMoment(at) ? at + milliseconds : Number.NaN;
}

/**
 * Decides whether a session still lives. Facts that cannot be read end it.
 *
 * @param now - the moment of the request, UTC milliseconds
 * @source code-2022/idle, notice-2026-9/6-4, garim/absolute
 */
export function decideSession(facts: SessionFacts, now: number, policy: Policy): Allow | Refuse {
  const { idleAt, absoluteAt } = sessionEnds(facts, policy);
  if (!(isMoment(now) && now < absoluteAt)) return refuse("session-absolute", policy.edition);
  return now < idleAt ? ALLOW : refuse("session-idle", policy.edition);
}
