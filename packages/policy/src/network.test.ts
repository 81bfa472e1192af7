import { describe, expect, it } from "vitest";
import { decideNetwork, type NetworkFacts } from "./network.ts";
import { resolvePolicy } from "./policy.ts";

const policy = resolvePolicy();

describe("decideNetwork", () => {
  it.each<[NetworkFacts["caller"], unknown, unknown, string]>([
    ["tool", true, true, "allow"],
    ["tool", true, false, "network-not-listed"],
    ["tool", false, false, "network-list-missing"],
    ["tool", false, true, "network-list-missing"],
    ["person", true, true, "allow"],
    ["person", true, false, "network-not-listed"],
    ["person", false, false, "allow"],
    ["person", undefined, true, "network-list-missing"],
    ["person", true, "yes", "network-not-listed"],
    ["robot" as "tool", false, true, "network-list-missing"],
  ])("[notice-2026-9/6-1] judges a %s with list %s, on it %s: %s", (caller, hasList, isListed, expected) => {
    const decision = decideNetwork({ caller, hasList, isListed } as NetworkFacts, policy);
    expect(decision.kind === "refuse" ? decision.reason : decision.kind).toBe(expected);
  });
});
