import { kindSet } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { readOrderPii } from "./order-pii.ts";

const detail = { type: "order_pii", fields: ["name", "phone"], purpose: "fulfilment" };
const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `n${i}`);

describe("readOrderPii", () => {
  it("reads fields and purpose; states left out are all, sellers and orders left out are not narrowed", () => {
    expect(readOrderPii([detail])).toEqual({
      sellers: null,
      kinds: kindSet(["name", "phone"]),
      purpose: "fulfilment",
      states: ["open", "claim"],
      orders: null,
    });
  });

  it("reads sellers, states and order lines", () => {
    const narrow = { ...detail, sellers: ["s1"], states: ["open"], orders: ["o1/1"] };
    expect(readOrderPii([narrow])).toMatchObject({ sellers: ["s1"], states: ["open"], orders: ["o1/1"] });
  });

  it.each([
    ["50 order lines", { orders: names(50) }],
    ["1,000 sellers", { sellers: names(1_000) }],
    ["a name of 256 characters", { purpose: "p".repeat(256) }],
  ])("takes %s", (_, members) => {
    expect(readOrderPii([{ ...detail, ...members }])).toBeDefined();
  });

  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["no list", detail],
    ["an empty list", []],
    ["two details", [detail, detail]],
    ["a list in the list", [[detail]]],
    ["null in the list", [null]],
    ["another type", [{ ...detail, type: "payment" }]],
    ["a member nobody knows", [{ ...detail, field: ["name"] }]],
    ["no fields", [{ ...detail, fields: [] }]],
    ["fields that are no list", [{ ...detail, fields: "name" }]],
    ["a field nobody knows", [{ ...detail, fields: ["name", "shoe"] }]],
    ["a field twice", [{ ...detail, fields: ["name", "name"] }]],
    ["no purpose", [{ ...detail, purpose: "" }]],
    ["a purpose of 257 characters", [{ ...detail, purpose: "p".repeat(257) }]],
    ["a state nobody knows", [{ ...detail, states: ["closed"] }]],
    ["no state", [{ ...detail, states: [] }]],
    ["no sellers", [{ ...detail, sellers: [] }]],
    ["1,001 sellers", [{ ...detail, sellers: names(1_001) }]],
    ["51 order lines", [{ ...detail, orders: names(51) }]],
    ["an order line that is no text", [{ ...detail, orders: [1] }]],
  ])("refuses %s", (_, details) => {
    expect(readOrderPii(details)).toBeUndefined();
  });
});
