import { describe, expect, it } from "vitest";
import { decideDormancy } from "./dormancy.ts";
import { DAY } from "./moment.ts";
import { resolvePolicy } from "./policy.ts";

const policy = resolvePolicy();
const T = Date.parse("2026-11-22T09:00:00+09:00");

describe("decideDormancy", () => {
  it.each<[string, number, number | null, number, string]>([
    ["the last millisecond after its last use", T, T + DAY, T + 91 * DAY - 1, "allow"],
    ["90 days after its last use", T, T + DAY, T + 91 * DAY, "account-dormant"],
    ["the last millisecond of one never used", T, null, T + 90 * DAY - 1, "allow"],
    ["90 days of one never used", T, null, T + 90 * DAY, "account-dormant"],
    ["used before its rights were given anew", T, T - 400 * DAY, T + DAY, "allow"],
    ["a use nobody can read", T, Number.NaN, T, "account-dormant"],
    ["a use in microseconds", T, T * 1_000, T, "account-dormant"],
    ["rights nobody knows since when", Number.NaN, T, T, "account-dormant"],
    ["rights in microseconds", T * 1_000, T, T, "account-dormant"],
    ["endless rights", Infinity, null, T, "account-dormant"],
    ["no clock", T, T, Number.NaN, "account-dormant"],
    ["a clock before all time", T, T, -Infinity, "account-dormant"],
  ])("[notice-2026-9/5-2] judges an account: %s", (_, givenAt, usedAt, now, expected) => {
    const decision = decideDormancy({ givenAt, usedAt }, now, policy);
    expect(decision.kind === "refuse" ? decision.reason : decision.kind).toBe(expected);
  });
});
