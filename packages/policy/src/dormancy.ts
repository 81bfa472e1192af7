import { ALLOW, type Allow, type Refuse, refuse } from "./decision.ts";
import { DAY, isMoment } from "./moment.ts";
import type { Policy } from "./policy.ts";

/** Moments of an account, UTC milliseconds. */
export interface DormancyFacts {
  /** When its rights were given. */
  readonly givenAt: number;
  /** When it was last used; `null` for never. */
  readonly usedAt: number | null;
}

/**
 * When an account's rights end because nobody uses it.
 *
 * @returns UTC milliseconds, exclusive: at that very moment they are gone; `NaN` where the facts cannot be read
 * @source notice-2026-9/5-2
 */
export function dormantAt({ givenAt, usedAt }: DormancyFacts, policy: Policy): number {
  if (!isMoment(givenAt) || !(usedAt === null || isMoment(usedAt))) return Number.NaN;
  return Math.max(givenAt, usedAt ?? givenAt) + policy.dormantDays * DAY;
}

/**
 * Decides whether an account still has its rights, or lost them by not being used.
 *
 * @param now - UTC milliseconds
 * @source notice-2026-9/5-2
 */
export function decideDormancy(facts: DormancyFacts, now: number, policy: Policy): Allow | Refuse {
  return isMoment(now) && now < dormantAt(facts, policy) ? ALLOW : refuse("account-dormant", policy.edition);
}
