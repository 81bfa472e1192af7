import { describe, expect, it } from "vitest";
import { HOUR, MINUTE } from "./moment.ts";
import { resolvePolicy } from "./policy.ts";
import { decideAction, decideSession, decideStepUp } from "./session.ts";

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
  ])("[code-2022/idle notice-2026-9/6-4 garim/absolute] judges a session: %s", (_, facts, now, expected) => {
    const decision = decideSession(facts, now, policy);
    expect(decision.kind === "refuse" ? decision.reason : decision.kind).toBe(expected);
  });
});

describe("decideStepUp", () => {
  it.each([
    ["view", 720],
    ["download", 30],
    ["manage", 5],
  ] as const)(
    "[code-2022/second-factor notice-2026-9/6-2] keeps a factor fresh for %s %d minutes",
    (action, minutes) => {
      const due = (now: number) => decideStepUp({ secondFactorAt: T }, action, now, policy);
      expect(due(T + minutes * MINUTE)).toMatchObject({ kind: "allow" });
      expect(due(T + minutes * MINUTE + 1)).toMatchObject({ reason: "second-factor-stale" });
      expect(due(T - 1)).toMatchObject({ reason: "second-factor-stale" });
      expect(due(Number.NaN)).toMatchObject({ kind: "refuse" });
    },
  );

  it("asks who never proved one", () => {
    expect(decideStepUp({ secondFactorAt: null }, "view", T, policy)).toMatchObject({
      kind: "refuse",
      reason: "second-factor-missing",
    });
  });
});

describe("decideAction", () => {
  it("[notice-2026-9/5-1] denies unless a role names the action", () => {
    expect(decideAction(["viewer", "downloader"], "download", policy)).toMatchObject({ kind: "allow" });
    for (const roles of [[], ["viewer"], ["admin"], ["constructor"], ["__proto__"]])
      expect(decideAction(roles, "download", policy)).toMatchObject({ reason: "role-lacks-action" });
  });
});
