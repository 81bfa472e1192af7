import { subject } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { samplePage } from "../../test/sample.ts";
import { draftLine, recordLine } from "./record-line.ts";

const RECEIPT = { seq: 41, id: "00000000-0000-4000-8000-000000000041" };

describe("recordLine", () => {
  it("counts what an access was about and says how long it took, and nothing else", () => {
    const target = { kind: "staff", id: "staff-18", sellerId: "seller-3" } as const;
    const access = samplePage(3, {
      asked: [subject.buyer("b-7")],
      target,
      detail: { note: "x" },
      reason: "other-seller",
    });
    expect(recordLine(RECEIPT, draftLine(access), 1.2345)).toEqual({
      ...RECEIPT,
      action: "view",
      outcome: "disclosed",
      reason: "other-seller",
      route: "GET /orders",
      records: 3,
      lines: 3,
      subjects: 7,
      durableMs: 1.2,
    });
  });

  it("says of a sum how many answers it stands for", () => {
    expect(draftLine(samplePage(0, { action: "refusals", count: 12 }))).toMatchObject({
      records: 0,
      lines: 0,
      subjects: 0,
      count: 12,
    });
  });
});
