import { describe, expect, it } from "vitest";
import { type Item, stateOf } from "./line.ts";

const at = (day: number): Date => new Date(Date.UTC(2026, 9, day));
const line: Item = {
  id: "A-1",
  orderNo: "A",
  lineNo: 1,
  seller: "shop",
  product: "잼",
  option: null,
  quantity: 1,
  amount: 1,
  engraving: null,
  state: "paid",
  orderedAt: at(1),
  paidAt: at(1),
  preparedAt: null,
  shippedAt: null,
  deliveredAt: null,
  confirmedAt: null,
  cancelledAt: null,
  returnedAt: null,
  claims: [],
};

describe("stateOf", () => {
  it.each([
    ["paid", {}, null],
    ["delivered", { deliveredAt: at(3) }, null],
    ["confirmed", { confirmedAt: at(4) }, at(4)],
    ["cancelled", { cancelledAt: at(2) }, at(2)],
    ["returned", { returnedAt: at(9) }, at(9)],
    ["returned after confirmation", { confirmedAt: at(4), returnedAt: at(9) }, at(4)],
  ])("says when the purpose of a %s line ended", (_, moments, purposeEndedAt) => {
    expect(stateOf({ ...line, ...moments })).toMatchObject({ paidAt: at(1), purposeEndedAt });
  });

  it("says of an unpaid line that it is not paid", () => {
    expect(stateOf({ ...line, paidAt: null })).toMatchObject({ paidAt: null });
  });
});
