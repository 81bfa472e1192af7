import { ALLOW, type Allow, type Refuse, refuse } from "./decision.ts";
import { HOUR, isMoment } from "./moment.ts";
import type { Policy } from "./policy.ts";

/** A role that is lent to somebody for a time (임시 권한). Moments are UTC milliseconds. */
export interface ElevationFacts {
  readonly askedAt: number;
  /** When somebody else agreed; `null` while nobody has. */
  readonly approvedAt: number | null;
  /** For how many hours it was asked, from the moment of consent. */
  readonly hours: number;
  /** When it was declined, withdrawn or ended before its time; `null` while it was not. */
  readonly endedAt: number | null;
}

/**
 * When a lent role ends by itself: no job and no person has to take it back.
 *
 * @returns UTC milliseconds, exclusive; that of the request while nobody has agreed; `NaN` where the facts cannot be read
 * @source garim/elevation
 */
export function elevationEnd(facts: ElevationFacts, policy: Policy): number {
  const { askedAt, approvedAt, hours } = facts;
  if (approvedAt === null) return isMoment(askedAt) ? askedAt + policy.approvalHours * HOUR : Number.NaN;
  // Configuration that was made stricter meanwhile counts for what is lent already.
  return isMoment(approvedAt) && hours > 0
    ? approvedAt + Math.min(hours, policy.elevationHours) * HOUR
    : Number.NaN;
}

/**
 * Decides whether a lent role counts at a moment.
 *
 * @param now - UTC milliseconds
 * @source garim/elevation
 */
export function decideElevation(facts: ElevationFacts, now: number, policy: Policy): Allow | Refuse {
  const isOpen = facts.endedAt === null && isMoment(now) && now < elevationEnd(facts, policy);
  if (!isOpen) return refuse("elevation-ended", policy.edition);
  return facts.approvedAt === null ? refuse("elevation-waiting", policy.edition) : ALLOW;
}

/**
 * Decides whether roles may be lent at all. One that manages staff, factors or tools may not: whoever has it could agree to more.
 *
 * @source garim/elevation
 */
export function decideLending(roles: readonly string[], { edition }: Policy): Allow | Refuse {
  const isLent =
    Array.isArray(roles) &&
    roles.length > 0 &&
    roles.every((role) => {
      const rule = Object.hasOwn(edition.roles, role) ? edition.roles[role] : undefined;
      return rule?.actions.every((action) => action === "view" || action === "download") === true;
    });
  return isLent ? ALLOW : refuse("elevation-role", edition);
}
