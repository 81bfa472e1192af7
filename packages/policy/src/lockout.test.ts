import { describe, expect, it } from "vitest";
import { countWrongTry, decideTry, type LockoutFacts, NO_FAILURES } from "./lockout.ts";
import { MINUTE } from "./moment.ts";
import { resolvePolicy } from "./policy.ts";

const policy = resolvePolicy();
const T = Date.parse("2026-11-22T09:00:00+09:00");
const judge = (facts: Partial<LockoutFacts>, now = T) => {
  const decision = decideTry({ ...NO_FAILURES, ...facts }, now, policy);
  return decision.kind === "refuse" ? decision.reason : decision.kind;
};

/** Wrong codes one after another, each in a challenge of its own, as soon as the lock lets them. */
function guess(times: number): { facts: LockoutFacts; waitedMinutes: number[] } {
  let facts = NO_FAILURES;
  let now = T;
  const waitedMinutes: number[] = [];
  for (let i = 0; i < times; i++) {
    facts = { ...countWrongTry(facts, now, policy), challengeFailures: 0 };
    if (facts.lockedUntil === null) continue;
    waitedMinutes.push((facts.lockedUntil - now) / MINUTE);
    now = facts.lockedUntil;
  }
  return { facts, waitedMinutes };
}

describe("decideTry", () => {
  it.each<[string, Partial<LockoutFacts>, number, string]>([
    ["nothing tried", {}, T, "allow"],
    ["four wrong codes of a challenge", { challengeFailures: 4, failures: 4 }, T, "allow"],
    ["five wrong codes of a challenge", { challengeFailures: 5, failures: 5 }, T, "challenge-void"],
    ["the last millisecond of a lock", { failures: 10, lockedUntil: T }, T - 1, "account-locked"],
    ["the end of a lock", { failures: 10, lockedUntil: T }, T, "allow"],
    ["99 in a row", { failures: 99 }, T, "allow"],
    ["100 in a row", { failures: 100 }, T, "factor-disabled"],
    ["100 in a row and locked", { failures: 100, lockedUntil: T + 1 }, T, "factor-disabled"],
    ["a count nobody can read", { failures: Number.NaN }, T, "account-locked"],
    ["a count below nothing", { failures: -1 }, T, "account-locked"],
    ["part of a count", { failures: 0.5 }, T, "account-locked"],
    ["a challenge's count nobody can read", { challengeFailures: Number.NaN }, T, "challenge-void"],
    ["a challenge's count below nothing", { challengeFailures: -1 }, T, "challenge-void"],
    ["a lock nobody can read", { lockedUntil: Number.NaN }, T, "account-locked"],
    ["a lock and no clock", { lockedUntil: T }, Number.NaN, "account-locked"],
    ["a lock and an endless clock", { lockedUntil: T }, Infinity, "account-locked"],
  ])("[T3 V6.3.1] [notice-2026-9/5-6] judges %s", (_, facts, now, expected) => {
    expect(judge(facts, now)).toBe(expected);
  });
});

describe("countWrongTry", () => {
  it("[T3] [notice-2026-9/5-6] counts for the challenge and the account", () => {
    const facts = { challengeFailures: 2, failures: 7, lockedUntil: T };
    expect(countWrongTry(facts, T, policy)).toEqual({ challengeFailures: 3, failures: 8, lockedUntil: null });
  });

  it("[T3] [notice-2026-9/5-6] locks each ten in a row, twice as long each time, up to a day", () => {
    expect(guess(9).waitedMinutes).toEqual([]);
    const { facts, waitedMinutes } = guess(100);
    expect(waitedMinutes).toEqual([15, 30, 60, 120, 240, 480, 960, 1_440, 1_440, 1_440]);
    expect(judge(facts, Number.MAX_SAFE_INTEGER)).toBe("factor-disabled");
  });

  it("counts from nothing after a right code", () => {
    expect(NO_FAILURES).toEqual({ challengeFailures: 0, failures: 0, lockedUntil: null });
  });

  it("never locks for less than the deployment's first lock", () => {
    const strict = resolvePolicy({ lockMinutes: 600, lockMostMinutes: 60 });
    const { lockedUntil } = countWrongTry({ ...NO_FAILURES, failures: 9 }, T, strict);
    expect(lockedUntil).toBe(T + 600 * MINUTE);
  });
});
