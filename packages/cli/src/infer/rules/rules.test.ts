import { describe, expect, it } from "vitest";
import type { DraftRead } from "../draft.ts";
import { inferFromSamples } from "../infer-schema.ts";
import { printRules } from "../print/rules.ts";

const AT = "2026-11-22T09:00:00+09:00";

/** The drafted rules, each as it is printed. */
function rulesOf(...records: readonly object[]): readonly string[] {
  const [record] = inferFromSamples([records]).records;
  return record === undefined ? [] : printRules(record.rules).map((line) => line.trim());
}

/** The line of one rule. */
function rule(start: string, ...records: readonly object[]): string {
  return rulesOf(...records).find((line) => line.startsWith(start)) ?? "";
}

describe("draftRules", () => {
  it.each([
    [{ sellerId: "S1" }, "seller: (o) => o.sellerId, // sure"],
    [{ seller: { id: "S1", name: "가림" } }, "seller: (o) => o.seller?.id, // sure"],
    [{ 판매자번호: "S1" }, "seller: (o) => o.판매자번호, // sure"],
    [{ shop_no: 7 }, "seller: (o) => String(o.shop_no), // sure"],
    [{ seller: "haru" }, "seller: (o) => o.seller, // CHECK"],
    [
      { sellerId: "S1", vendorId: "V1" },
      "seller: (o) => o.sellerId, // CHECK: the name says the seller; so may vendorId",
    ],
    [{ orderNo: "1" }, "seller: (o) => o.sellerId, // CHECK: no member says which seller's"],
    [{ items: [{ sellerId: "S1" }] }, "seller: (o) => o.sellerId, // CHECK: no member says which seller's"],
    [{ sellerPhone: "02-123-4567" }, "seller: (o) => o.sellerId, // CHECK: no member says which seller's"],
  ])("finds the seller of %j", (record, expected) => {
    expect(rule("seller", { buyerName: "김하늘", ...record })).toContain(expected);
  });

  it("doubts a seller that some records do not have", () => {
    expect(rule("seller", { buyerName: "김", sellerId: "S1" }, { buyerName: "이" })).toContain(
      "// CHECK: the name says the seller; some",
    );
  });

  it.each([
    [{ buyerId: "b1" }, ["subject.buyer(o.buyerId), // sure"]],
    [{ buyerNo: 12 }, ["subject.buyer(String(o.buyerNo)), // sure"]],
    [{ memberId: "b1" }, ["subject.buyer(o.memberId), // CHECK"]],
    [{ buyer: "kim77" }, ["subject.buyer(o.buyer), // CHECK"]],
    [{ buyerTel: "010-1234-5678", sellerTel: "02-123-4567" }, ["subject.phone(o.buyerTel), // sure"]],
    [{ orderNo: "1" }, ["subject.order(o.orderNo), // sure: the name says the order"]],
    [{ title: "x" }, ["subject.buyer(o.buyerId), // CHECK: no member says whose data it is"]],
  ])("finds the data subjects of %j", (record, expected) => {
    const subjects = rulesOf({ receiver: "김하늘", ...record }).filter((line) => line.startsWith("subject."));
    expect(subjects).toEqual(expected.map((line) => expect.stringContaining(line)));
  });

  it("names the order beside subjects that some records do not have", () => {
    const rules = rulesOf({ orderNo: "1", tel: "010-1234-5678" }, { orderNo: "2", tel: null });
    expect(rules).toContainEqual(
      expect.stringContaining(
        "...(o.tel ? [subject.phone(o.tel)] : []), // sure: the name says a data subject's phone; some records do not have it",
      ),
    );
    expect(rules).toContainEqual(expect.stringContaining("subject.order(o.orderNo), // sure"));
  });
});

describe("draftState", () => {
  const state = (members: object): readonly string[] =>
    rulesOf({ buyerName: "김하늘", ...members })
      .slice(-5)
      .filter((line) => line.includes("At: "));

  it.each([
    [
      { paidAt: AT, deliveredAt: AT, confirmedAt: AT },
      [
        "paidAt: o.paidAt, // sure",
        "deliveredAt: o.deliveredAt, // sure",
        "purposeEndedAt: o.confirmedAt, // sure",
      ],
    ],
    [
      { 결제일시: AT, 배송완료일: AT, 구매확정일: AT },
      [
        "paidAt: o.결제일시, // sure",
        "deliveredAt: o.배송완료일, // sure",
        "purposeEndedAt: o.구매확정일, // sure",
      ],
    ],
    [
      { payment: { date: AT }, confirmedAt: AT, canceledAt: AT, returnCompletedAt: AT },
      [
        "paidAt: o.payment?.date, // CHECK",
        "purposeEndedAt: o.confirmedAt ?? o.canceledAt ?? o.returnCompletedAt, // sure",
      ],
    ],
    [
      { orderedAt: AT, shippedAt: AT, canceledAt: AT },
      ["paidAt: null, // CHECK", "purposeEndedAt: o.canceledAt ?? Number.NaN, // CHECK"],
    ],
    [
      { paidAt: AT, orderConfirmedAt: AT },
      ["paidAt: o.paidAt, // sure", "purposeEndedAt: o.orderConfirmedAt, // CHECK"],
    ],
    [
      { paidAt: AT, cancelRequestedAt: AT },
      ["paidAt: o.paidAt, // sure", "purposeEndedAt: Number.NaN, // CHECK"],
    ],
    [{ paid: true, confirmed: "Y" }, ["paidAt: null, // CHECK", "purposeEndedAt: Number.NaN, // CHECK"]],
  ])("reads %j", (members, expected) => {
    expect(state(members)).toEqual(expected.map((line) => expect.stringContaining(line)));
  });

  it("doubts moments without a zone, for Garim reads none of them", () => {
    const [paid] = state({ paidAt: "2026-11-22 09:00:00" });
    expect(paid).toMatch(/CHECK: .*1 of 1 values have no zone.*give paidAt as 2026-11-22T09:00:00\+09:00/);
  });

  it("ends the purpose at nothing it is not told: without a confirmation all is masked", () => {
    const ends: readonly DraftRead[] =
      inferFromSamples([[{ buyerName: "김", paidAt: AT, deliveredAt: AT }]]).records[0]?.rules.state
        .purposeEndedAt ?? [];
    expect(ends).toEqual([{ isSure: false, why: expect.stringContaining("masked until you name it") }]);
  });
});
