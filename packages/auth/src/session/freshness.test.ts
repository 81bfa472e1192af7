import { resolvePolicy } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { NOON, raised, someSession } from "../../test/people.ts";
import { judgeFreshness, judgeManager } from "./freshness.ts";

const MINUTE = 60_000;
const policy = resolvePolicy();
const proved = raised(someSession(), NOON);

describe("judgeFreshness", () => {
  it.each([
    ["nothing proved", someSession(), "second-factor-missing"],
    ["another device since", { ...proved, deviceSince: NOON + 1 }, "second-factor-device"],
    ["a sign of somebody else since", { ...proved, suspectedAt: NOON + 1 }, "second-factor-signal"],
    ["a network of an hour ago", { ...proved, networkSince: NOON + 1 }, "second-factor-network"],
    ["a sign from before", { ...proved, suspectedAt: NOON - 1 }, undefined],
    ["nothing since", proved, undefined],
  ])("[S4 V7.5.3] judges a session with %s", (_, session, reason) => {
    const judged = judgeFreshness(session, "view", NOON + 61 * MINUTE, policy);
    expect(judged.kind === "refuse" ? judged.reason : undefined).toBe(reason);
  });

  it.each([
    ["as far ahead as clocks of nodes differ", 120_000, "allow"],
    ["further ahead", 120_001, "refuse"],
  ])("[S7] judges a proof of a clock %s", (_, ahead, kind) => {
    expect(judgeFreshness(raised(someSession(), NOON + ahead), "manage", NOON, policy).kind).toBe(kind);
  });
});

describe("judgeManager", () => {
  it.each(["totp", "passkey", "recovery"] as const)("[S6] takes a fresh proof by %s", (method) => {
    const session = raised(someSession(), NOON, method);
    expect(judgeManager(session, NOON + 5 * MINUTE, policy).kind).toBe("allow");
    expect(judgeManager(session, NOON + 5 * MINUTE + 1, policy)).toMatchObject({
      reason: "second-factor-stale",
    });
  });

  it("[S6] takes none by message", () => {
    const session = raised(someSession(), NOON, "message");
    expect(judgeManager(session, NOON, policy)).toMatchObject({ reason: "factor-weak" });
  });
});
