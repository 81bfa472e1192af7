import { describe, expect, it } from "vitest";
import { decideElevation, decideLending, type ElevationFacts, elevationEnd } from "./elevation.ts";
import { HOUR } from "./moment.ts";
import { resolvePolicy } from "./policy.ts";

const T = Date.parse("2026-11-22T09:00:00+09:00");
const policy = resolvePolicy();
const lent: ElevationFacts = { askedAt: T, approvedAt: T + HOUR, hours: 2, endedAt: null };

describe("decideElevation", () => {
  it.each<[string, Partial<ElevationFacts>, number, string]>([
    ["counts from the moment of consent", {}, T + HOUR, "allow"],
    ["counts to the last millisecond", {}, T + 3 * HOUR - 1, "allow"],
    ["ends by itself", {}, T + 3 * HOUR, "elevation-ended"],
    ["ends when somebody ends it", { endedAt: T + HOUR + 1 }, T + HOUR + 2, "elevation-ended"],
    ["waits for consent", { approvedAt: null }, T + 24 * HOUR - 1, "elevation-waiting"],
    ["waits no longer than consent is good for", { approvedAt: null }, T + 24 * HOUR, "elevation-ended"],
    ["lasts no longer than the policy lets it", { hours: 1_000 }, T + 9 * HOUR, "elevation-ended"],
    ["is nothing without hours", { hours: Number.NaN }, T + HOUR, "elevation-ended"],
    ["is nothing at no moment", {}, Number.NaN, "elevation-ended"],
    ["is nothing by a consent that cannot be read", { approvedAt: Number.NaN }, T, "elevation-ended"],
  ])("[garim/elevation] %s", (_, more, now, said) => {
    const decided = decideElevation({ ...lent, ...more }, now, policy);
    expect(decided.kind === "refuse" ? decided.reason : decided.kind).toBe(said);
  });

  it("takes a stricter policy for what is lent already", () => {
    expect(elevationEnd(lent, resolvePolicy({ elevationHours: 1 }))).toBe(T + 2 * HOUR);
  });
});

describe("decideLending", () => {
  it("[garim/elevation] lends what views and downloads, and nothing that could agree to more", () => {
    expect(decideLending(["claims", "downloader"], policy).kind).toBe("allow");
    for (const roles of [["owner"], ["claims", "owner"], ["boss"], ["constructor"], [], "claims" as never])
      expect(decideLending(roles, policy)).toMatchObject({ reason: "elevation-role" });
  });
});
