import { describe, expect, it } from "vitest";
import { resolvePolicy } from "./policy.ts";
import { decideRecordErasure, decideRightsErasure, recordTerm, type ScopeFacts } from "./retention.ts";

const short = resolvePolicy({ recordYears: 1 });
const small: ScopeFacts = { subjects: 49_999, hasUniqueIds: false, hasSensitive: false };
const at = (text: string) => Date.parse(`${text}+09:00`);
const RECORDED = at("2026-11-22T09:00:00");

describe("recordTerm", () => {
  it.each<[string, Partial<ScopeFacts>, number]>([
    ["of 49,999 data subjects", {}, 1],
    ["of none", { subjects: 0 }, 1],
    ["of 50,000 data subjects", { subjects: 50_000 }, 2],
    ["with unique identifiers", { hasUniqueIds: true }, 2],
    ["with sensitive data", { hasSensitive: true }, 2],
    ["of a number nobody knows", { subjects: null }, 2],
    ["of a number below nothing", { subjects: -1 }, 2],
    ["of a number that is none", { subjects: Number.NaN }, 2],
    ["where nobody knows of unique identifiers", { hasUniqueIds: null }, 2],
    ["where nobody knows of sensitive data", { hasSensitive: null }, 2],
  ])("[notice-2026-9/8-1] keeps access records %s", (_, scope, years) => {
    const reason = years === 2 ? "record-kept-longer" : "record-kept";
    expect(recordTerm({ ...small, ...scope }, short)).toEqual({ years, reason });
  });

  it("[notice-2026-9/8-1] never lowers what a deployment keeps longer", () => {
    expect(recordTerm(small, resolvePolicy()).years).toBe(2);
    expect(recordTerm({ ...small, subjects: null }, resolvePolicy({ recordYears: 5 })).years).toBe(5);
  });
});

describe("decideRecordErasure", () => {
  const judge = (now: number, isHeld: unknown = false, recordedAt = RECORDED) => {
    const facts = { recordedAt, isHeld: isHeld as boolean };
    const decision = decideRecordErasure(facts, small, now, short);
    return decision.kind === "refuse" ? decision.reason : decision.kind;
  };

  it("[notice-2026-9/8-1] keeps a record to the last millisecond of its year", () => {
    expect(judge(at("2027-11-22T09:00:00") - 1)).toBe("record-kept");
    expect(judge(at("2027-11-22T09:00:00"))).toBe("allow");
  });

  it("[notice-2026-9/8-1] never ends a year early on a leap day", () => {
    const leap = at("2028-02-29T00:00:00");
    expect(judge(at("2029-03-01T00:00:00") - 1, false, leap)).toBe("record-kept");
    expect(judge(at("2029-03-01T00:00:00"), false, leap)).toBe("allow");
  });

  it("[garim/hold] keeps what is under a legal hold, or may be", () => {
    for (const isHeld of [true, "maybe", null])
      expect(judge(at("2099-01-01T00:00:00"), isHeld)).toBe("legal-hold");
  });

  it("[garim/closed] keeps what nobody can date", () => {
    expect(judge(at("2099-01-01T00:00:00"), false, Number.NaN)).toBe("record-kept");
    expect(judge(Number.NaN)).toBe("record-kept");
    expect(judge(Infinity)).toBe("record-kept");
  });
});

describe("decideRightsErasure", () => {
  it("[notice-2026-9/5-3] keeps the history of rights for three years", () => {
    const judge = (now: number) => decideRightsErasure({ recordedAt: RECORDED, isHeld: false }, now, short);
    expect(judge(at("2029-11-22T09:00:00") - 1)).toMatchObject({ reason: "rights-kept" });
    expect(judge(at("2029-11-22T09:00:00"))).toEqual({ kind: "allow" });
  });
});
