import { describe, expect, it } from "vitest";
import { ALLOW } from "./decision.ts";
import { HOUR, MINUTE } from "./moment.ts";
import { resolvePolicy } from "./policy.ts";
import { decideStepUp, type StepUpClass } from "./step-up.ts";

const policy = resolvePolicy();
const T = Date.parse("2026-11-22T09:00:00+09:00");

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
      expect(due(T)).toMatchObject({ kind: "allow" });
      expect(due(Number.NaN)).toMatchObject({ kind: "refuse" });
    },
  );

  it("asks who never proved one", () => {
    expect(decideStepUp({ secondFactorAt: null }, "view", T, policy)).toMatchObject({
      kind: "refuse",
      reason: "second-factor-missing",
    });
  });

  it("[code-2022/second-factor] asks again at once on a new device", () => {
    const facts = { secondFactorAt: T, deviceSince: T + 1 };
    expect(decideStepUp(facts, "view", T + 1, policy)).toMatchObject({ reason: "second-factor-device" });
    expect(decideStepUp({ ...facts, secondFactorAt: T + 1 }, "view", T + 1, policy)).toEqual(ALLOW);
    expect(decideStepUp({ ...facts, deviceSince: Number.NaN }, "view", T + 1, policy).kind).toBe("refuse");
  });

  it("[notice-2026-9/6-1] asks again at once where a sign of somebody else was seen", () => {
    const facts = { secondFactorAt: T, suspectedAt: T + 1 };
    expect(decideStepUp(facts, "view", T + 1, policy)).toMatchObject({ reason: "second-factor-signal" });
    expect(decideStepUp({ ...facts, suspectedAt: T }, "view", T + 1, policy)).toEqual(ALLOW);
    expect(decideStepUp({ ...facts, suspectedAt: null }, "view", T + 1, policy)).toEqual(ALLOW);
  });

  it("[code-2022/second-factor] asks again on a new network, and not more than once an hour", () => {
    const due = (now: number) =>
      decideStepUp({ secondFactorAt: T, networkSince: T + 1 }, "view", now, policy);
    expect(due(T + 60 * MINUTE)).toEqual(ALLOW);
    expect(due(T + 60 * MINUTE + 1)).toMatchObject({ reason: "second-factor-network" });
    const moved = { secondFactorAt: T + 1, networkSince: T + 1 };
    expect(decideStepUp(moved, "view", T + 5 * HOUR, policy)).toEqual(ALLOW);
  });

  it.each([
    [undefined, 30],
    [0, 30],
    [1_000, 30],
    [1_001, 10],
    [null, 10],
    [Number.NaN, 10],
  ])(
    "[code-2022/second-factor] keeps a factor fresh for a download of %s rows for %d minutes",
    (rows, minutes) => {
      const facts = { secondFactorAt: T, ...(rows === undefined ? {} : { rows }) };
      expect(decideStepUp(facts, "download", T + minutes * MINUTE, policy)).toEqual(ALLOW);
      expect(decideStepUp(facts, "download", T + minutes * MINUTE + 1, policy)).toMatchObject({
        reason: "second-factor-stale",
      });
      expect(decideStepUp(facts, "view", T + 12 * HOUR, policy)).toEqual(ALLOW);
    },
  );

  it("[garim/closed] takes no proof and no change at a moment it cannot read", () => {
    for (const odd of [-1, -Infinity, Infinity, T * 1_000, String(T), []]) {
      const proof = { secondFactorAt: odd as number };
      expect(decideStepUp(proof, "view", typeof odd === "number" ? odd : T, policy).kind).toBe("refuse");
      const at = odd as number;
      for (const change of [{ deviceSince: at }, { networkSince: at }, { suspectedAt: at }])
        expect(decideStepUp({ secondFactorAt: T, ...change }, "view", T + 2 * HOUR, policy).kind).toBe(
          "refuse",
        );
    }
  });

  it("[garim/closed] takes no class of action it does not know", () => {
    const unknown = "export" as StepUpClass;
    expect(decideStepUp({ secondFactorAt: T }, unknown, T, policy).kind).toBe("refuse");
  });
});
