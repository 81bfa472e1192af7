import { describe, expect, it } from "vitest";
import { readLine, readLines, UNREADABLE_LINE } from "./line.ts";

const T = Date.parse("2026-11-22T00:00:00Z");

describe("readLine", () => {
  it("reads moments in any form a host has them", () => {
    const state = { paidAt: new Date(T), deliveredAt: "2026-11-22T09:00:00+09:00", purposeEndedAt: null };
    expect(readLine(state)).toEqual({ paidAt: T, deliveredAt: T, purposeEndedAt: null, claims: [] });
  });

  it("takes the beginning of any purpose, and an order's payment before it", () => {
    expect(readLine({ purposeBeganAt: new Date(T) }).paidAt).toBe(T);
    expect(readLine({ purposeBeganAt: T, paidAt: T + 1 }).paidAt).toBe(T + 1);
    expect(readLine({}).paidAt).toBeNull();
  });

  it("takes one claim or several", () => {
    const claim = { type: "return", openedBy: "buyer", openedAt: T } as const;
    const read = { ...claim, closedAt: null };
    expect(readLine({ claim }).claims).toEqual([read]);
    expect(readLine({ claim: [claim, claim] }).claims).toEqual([read, read]);
  });

  it.each(["cancellation", "return", "exchange", "service"] as const)(
    "takes a claim of the operator: %s",
    (type) => {
      const claim = { type, openedBy: "operator", openedAt: T } as const;
      expect(readLine({ claim }).claims).toEqual([{ ...claim, closedAt: null }]);
    },
  );

  it("reads at most 32 claims, and leaves out only those it cannot read", () => {
    const claim = { type: "return", openedBy: "buyer", openedAt: T } as const;
    expect(readLine({ claim: Array.from({ length: 33 }, () => claim) }).claims).toHaveLength(32);
    expect(readLine({ paidAt: T, claim: [null, claim, "claim", undefined] })).toMatchObject({
      paidAt: T,
      claims: [claim],
    });
    expect(readLine({ paidAt: T, claim: undefined })).toEqual({
      ...readLine({ paidAt: T, claim: null }),
      paidAt: T,
    });
  });

  it.each([
    ["opened by the seller", { type: "return", openedBy: "seller", openedAt: T }],
    ["of an unknown type", { type: "refund", openedBy: "buyer", openedAt: T }],
    ["never opened", { type: "return", openedBy: "buyer", openedAt: null }],
    [
      "opened at a time without a zone",
      { type: "return", openedBy: "buyer", openedAt: "2026-11-22T09:00:00" },
    ],
    [
      "closed at a time without a zone",
      { type: "return", openedBy: "buyer", openedAt: T, closedAt: "2026-11-22" },
    ],
    ["that is no object", "return"],
  ])("[garim/closed] leaves out a claim %s: it could only reveal more", (_, claim) => {
    expect(readLine({ paidAt: T, claim }).claims).toEqual([]);
  });

  it.each([
    ["nothing", undefined],
    ["a text", "paid"],
    [
      "a getter that throws",
      {
        get paidAt() {
          throw new Error("lazy");
        },
      },
    ],
  ])("[garim/closed] never throws and never opens on %s", (_, state) => {
    expect(readLine(state)).toEqual(UNREADABLE_LINE);
  });
});

describe("readLines", () => {
  it("reads one line, or all that share a record's fields", () => {
    expect(readLines({ paidAt: T })).toHaveLength(1);
    expect(readLines([{ paidAt: T }, { paidAt: null }]).map((line) => line.paidAt)).toEqual([T, null]);
  });

  it("reads up to a thousand lines", () => {
    expect(readLines(Array.from({ length: 1_000 }, () => ({ paidAt: T })))).toHaveLength(1_000);
  });

  it("[garim/closed] takes an empty or endless list as unreadable", () => {
    expect(readLines([])).toEqual([UNREADABLE_LINE]);
    expect(readLines(Array.from({ length: 1_001 }, () => ({ paidAt: T })))).toEqual([UNREADABLE_LINE]);
  });
});
