import type { LogEntry } from "@garim/audit";
import { decideDisclosure, resolvePolicy } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { viewAccess } from "./access-view.ts";

const NOW = Date.parse("2026-11-22T09:00:00+09:00");
const LINE = { paidAt: NOW - 9, deliveredAt: null, purposeEndedAt: NOW - 1, claims: [] };
const FACTS = { lines: [LINE], surface: "view", allowed: 0, secondFactorAt: null } as const;

/** A view of one confirmed order, which the rules mask. */
function entryOf(more: Partial<LogEntry["access"]>): LogEntry {
  const policy = resolvePolicy();
  const disclosure = decideDisclosure(FACTS, NOW, policy);
  const access: LogEntry["access"] = {
    at: NOW,
    actor: { kind: "staff", id: "anna", sellerId: "S1" },
    session: null,
    factor: null,
    origin: { ip: "203.0.113.7", agent: null },
    action: "view",
    outcome: "disclosed",
    reason: null,
    route: "GET /orders",
    purpose: "fulfilment",
    policy: { edition: policy.edition.id, overrides: {} },
    surface: "view",
    allowed: 0,
    profile: "pipc",
    records: [
      { schema: "order", subjects: [{ type: "buyer", keyId: "k", hex: "0" }], lines: [LINE], disclosure },
    ],
    ...more,
  };
  return { seq: 1, id: "", recordedAt: NOW, access };
}

describe("viewAccess", () => {
  it("counts what was masked as masked", () => {
    expect(viewAccess(entryOf({}), "ko")).toMatchObject({ records: 1, clear: 0, outcomeText: "제공" });
  });

  it("says of what was only observed that it was shown whole, and not under the rules", () => {
    const observed = entryOf({ mode: "observe", reason: "second-factor-missing" });
    expect(viewAccess(observed, "ko")).toMatchObject({ clear: 1, outcomeText: "제공 (관찰만 함(미적용))" });
    expect(viewAccess(observed, "en")).toMatchObject({ outcomeText: "disclosed (observed, not enforced)" });
  });
});
