import { ALLOW, type Allow, type Refuse, refuse } from "./decision.ts";
import { isMoment, MINUTE } from "./moment.ts";
import type { Policy } from "./policy.ts";

/** What has been tried. All factors of an account share one count. */
export interface LockoutFacts {
  /** Wrong codes of this challenge. */
  readonly challengeFailures: number;
  /** Wrong codes of the account since the last right one, over all sessions, challenges, factors and locks. */
  readonly failures: number;
  /** UTC milliseconds, exclusive: at that very moment codes are taken again; `null` while not locked. */
  readonly lockedUntil: number | null;
}

/**
 * Decides whether a code may be tried at all. A refused try is not looked at, so it neither counts nor uses up a right code.
 *
 * @param now - UTC milliseconds
 * @returns refuse with `factor-disabled`, `account-locked` or `challenge-void`; counts that cannot be read lock the account
 * @source notice-2026-9/5-6, pipa/29
 */
export function decideTry(facts: LockoutFacts, now: number, policy: Policy): Allow | Refuse {
  const { edition } = policy;
  if (facts.failures >= policy.triesPerFactor) return refuse("factor-disabled", edition);
  if (!isCount(facts.failures) || isLocked(facts, now)) return refuse("account-locked", edition);
  const isLeft = isCount(facts.challengeFailures) && facts.challengeFailures < policy.triesPerChallenge;
  return isLeft ? ALLOW : refuse("challenge-void", edition);
}

/**
 * Counts a wrong code. Each `policy.triesPerAccount` in a row lock the account, for twice as long each time.
 *
 * @source notice-2026-9/5-6
 */
export function countWrongTry(facts: LockoutFacts, now: number, policy: Policy): LockoutFacts {
  const failures = facts.failures + 1;
  const isLast = failures % policy.triesPerAccount === 0;
  return {
    challengeFailures: facts.challengeFailures + 1,
    failures,
    lockedUntil: isLast ? now + lockMinutes(failures / policy.triesPerAccount, policy) * MINUTE : null,
  };
}

/** What is left to count after a right code: nothing. A right password is none. */
export const NO_FAILURES: LockoutFacts = Object.freeze({
  challengeFailures: 0,
  failures: 0,
  lockedUntil: null,
});

/** Minutes of the n-th lock in a row, counted from 1. */
function lockMinutes(count: number, policy: Policy): number {
  const grown = policy.lockMinutes * 2 ** (count - 1);
  return Math.max(policy.lockMinutes, Math.min(grown, policy.lockMostMinutes));
}

function isLocked({ lockedUntil }: LockoutFacts, now: number): boolean {
  return lockedUntil !== null && !(isMoment(now) && now >= lockedUntil);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
