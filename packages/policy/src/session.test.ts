import { describe, expect, it } from "vitest";
import { HOUR, MINUTE } from "./moment.ts";
import { resolvePolicy } from "./policy.ts";
import { decideSession, sessionEnds } from "./session.ts";

const policy = resolvePolicy();
const T = Date.parse("2026-11-22T09:00:00+09:00");

describe("decideSession", () => {
  it.each([
    ["just opened", { authenticatedAt: T, lastActivityAt: T }, T, "allow"],
    [
      "the last millisecond of idling",
      { authenticatedAt: T, lastActivityAt: T },
      T + 30 * MINUTE - 1,
      "allow",
    ],
    [
      "the millisecond it has idled",
      { authenticatedAt: T, lastActivityAt: T },
      T + 30 * MINUTE,
      "session-idle",
    ],
    [
      "busy to the last",
      { authenticatedAt: T, lastActivityAt: T + 12 * HOUR - 1 },
      T + 12 * HOUR - 1,
      "allow",
    ],
    ["busy beyond", { authenticatedAt: T, lastActivityAt: T + 12 * HOUR }, T + 12 * HOUR, "session-absolute"],
    ["unreadable activity", { authenticatedAt: T, lastActivityAt: Number.NaN }, T, "session-idle"],
    ["unreadable log-in", { authenticatedAt: Number.NaN, lastActivityAt: T }, T, "session-absolute"],
    ["an endless log-in", { authenticatedAt: Infinity, lastActivityAt: T }, T, "session-absolute"],
    ["endless activity", { authenticatedAt: T, lastActivityAt: Infinity }, T, "session-idle"],
    ["a log-in in microseconds", { authenticatedAt: T * 1_000, lastActivityAt: T }, T, "session-absolute"],
    ["no clock", { authenticatedAt: T, lastActivityAt: T }, Number.NaN, "session-absolute"],
    ["a clock before all time", { authenticatedAt: T, lastActivityAt: T }, -Infinity, "session-absolute"],
  ])(
    "[code-2022/idle notice-2026-9/6-4 garim/absolute V7.3.1 V7.3.2] judges a session: %s",
    (_, facts, now, expected) => {
      const decision = decideSession(facts, now, policy);
      expect(decision.kind === "refuse" ? decision.reason : decision.kind).toBe(expected);
    },
  );
});

describe("sessionEnds", () => {
  it("gives both ends for a countdown, by the numbers in force", () => {
    const strict = resolvePolicy({ idleMinutes: 7, absoluteHours: 3 });
    expect(sessionEnds({ authenticatedAt: T, lastActivityAt: T + 5 }, strict)).toEqual({
      idleAt: T + 5 + 7 * MINUTE,
      absoluteAt: T + 3 * HOUR,
    });
  });
});
