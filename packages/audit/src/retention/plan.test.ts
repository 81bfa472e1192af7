import { resolvePolicy } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { KEPT_ACTIONS, RIGHTS_ACTIONS } from "../lasting-actions.ts";
import type { MonthFacts, RetentionFacts } from "./facts.ts";
import type { LegalHold } from "./hold.ts";
import { mayCountMatter, retentionPlan } from "./plan.ts";

const SHORT = resolvePolicy({ recordYears: 1 });
const UNKNOWN = { subjects: null, hasUniqueIds: null, hasSensitive: null };
const FEW = { subjects: 10, hasUniqueIds: false, hasSensitive: false };

const month = (name: string, more: Partial<MonthFacts> = {}): MonthFacts => ({
  month: name,
  first: 1,
  last: 9,
  records: 9,
  kept: 0,
  pseudonyms: null,
  batch: 3,
  ...more,
});
const facts = (more: Partial<RetentionFacts> = {}): RetentionFacts => ({
  months: [month("2024-10")],
  history: [],
  holds: [],
  destroyed: [],
  sealed: 3,
  ...more,
});
const hold = (from: string, to: string | null, releasedAt: number | null = null): LegalHold => ({
  id: "h",
  from: Date.parse(from),
  to: to === null ? null : Date.parse(to),
  reason: "case",
  by: "kim",
  placedAt: 0,
  releasedAt,
});
const stateAt = (now: string, more: Partial<RetentionFacts> = {}, scope = UNKNOWN) =>
  retentionPlan(facts(more), scope, Date.parse(now), SHORT).months[0]?.state;

describe("retentionPlan", () => {
  it.each([
    ["2026-11-01T23:59:59.999Z", "kept"],
    ["2026-11-02T00:00:00Z", "destroy"],
  ])("keeps a month for two years and a day where nobody knows what is held: at %s %s", (now, state) => {
    expect(stateAt(now)).toBe(state);
  });

  it.each([
    ["2025-11-01T23:59:59.999Z", "kept"],
    ["2025-11-02T00:00:00Z", "destroy"],
  ])("keeps it for one where little is: at %s %s", (now, state) => {
    const plan = retentionPlan(facts(), FEW, Date.parse(now), SHORT);
    expect([plan.term.years, plan.months[0]?.state]).toEqual([1, state]);
  });

  it.each([
    ["for many", { subjects: 50_000 }],
    ["for an unknown number", { subjects: null }],
    ["with unique identifiers", { hasUniqueIds: true }],
    ["with sensitive data", { hasSensitive: true }],
  ])("raises the term by itself %s", (_, more) => {
    const plan = retentionPlan(facts(), { ...FEW, ...more }, Date.parse("2026-01-01"), SHORT);
    expect(plan.term).toEqual({ years: 2, reason: "record-kept-longer" });
  });

  it("raises it where the log met more within a year than was said, and not for what is older", () => {
    const now = Date.parse("2026-11-15");
    const met = (...months: readonly (readonly [string, number])[]) =>
      retentionPlan(
        facts({ months: months.map(([name, pseudonyms]) => month(name, { pseudonyms })) }),
        FEW,
        now,
        SHORT,
      );
    expect(met(["2025-11", 25_000], ["2026-10", 25_000])).toMatchObject({
      subjects: 50_000,
      term: { years: 2 },
    });
    expect(met(["2025-10", 90_000], ["2026-10", 49_999])).toMatchObject({
      subjects: 49_999,
      term: { years: 1 },
    });
  });

  it.each([
    ["touches its first moment", hold("2024-09-01", "2024-10-01T00:00:00.001Z"), "held"],
    ["ends where it begins", hold("2024-09-01", "2024-10-01T00:00:00Z"), "destroy"],
    ["touches its last moment", hold("2024-10-31T23:59:59.999Z", null), "held"],
    ["begins where it ends", hold("2024-11-01T00:00:00Z", null), "destroy"],
    ["was released", hold("2024-10-01", null, 1), "destroy"],
  ])("holds a month that a hold touches: it %s", (_, one, state) => {
    expect(stateAt("2030-01-01", { holds: [one] })).toBe(state);
  });

  it("destroys nothing that no checkpoint covers", () => {
    expect(stateAt("2030-01-01", { sealed: 2 })).toBe("unsealed");
    expect(
      stateAt("2030-01-01", { sealed: 0, months: [month("2024-10", { records: 0, batch: null })] }),
    ).toBe("destroy");
  });

  it("says why a month stays and until when", () => {
    const [one] = retentionPlan(facts(), UNKNOWN, Date.parse("2026-01-01"), SHORT).months;
    expect(one).toMatchObject({
      reason: "record-kept-longer",
      mayGoFrom: Date.parse("2026-11-02T00:00:00Z"),
      heldBy: [],
    });
  });
});

describe("retentionPlan of the history of rights", () => {
  const historyAt = (now: string, holds: readonly LegalHold[] = []) =>
    retentionPlan(
      facts({ history: [{ month: "2022-10", records: 2 }], holds }),
      UNKNOWN,
      Date.parse(now),
      SHORT,
    ).history[0];

  it.each([
    ["2025-11-01T23:59:59.999Z", "kept", "rights-kept"],
    ["2025-11-02T00:00:00Z", "destroy", null],
  ])("keeps it for three years and a day: at %s %s", (now, state, reason) => {
    expect(historyAt(now)).toMatchObject({ records: 2, state, reason, heldBy: [] });
  });

  it("keeps it longer under a hold", () => {
    expect(historyAt("2030-01-01", [hold("2022-10-05", null)])).toMatchObject({
      state: "held",
      heldBy: ["h"],
    });
  });
});

describe("mayCountMatter", () => {
  it("asks for a count only where it could change the term", () => {
    expect(mayCountMatter(FEW, SHORT)).toBe(true);
    for (const scope of [UNKNOWN, { ...FEW, hasSensitive: null }, { ...FEW, subjects: 50_000 }])
      expect(mayCountMatter(scope, SHORT)).toBe(false);
    expect(mayCountMatter(FEW, resolvePolicy())).toBe(false);
  });
});

describe("KEPT_ACTIONS", () => {
  it("are the whole history of rights, reviews, holds and destructions", () => {
    expect(KEPT_ACTIONS).toEqual(
      expect.arrayContaining([
        ...RIGHTS_ACTIONS,
        "review",
        "hold-records",
        "release-records",
        "destroy-records",
      ]),
    );
    expect(KEPT_ACTIONS).not.toContain("view");
  });
});
