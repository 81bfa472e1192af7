import { open, pii, schema, union } from "@garim/masking";
import { subject } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { schemasOf } from "./record-types.ts";

const rules = { seller: () => "S1", subjects: () => [subject.buyer("B1")], state: () => ({}) } as never;
const item = schema("item", { name: pii.name() }, rules);
const order = schema("order", { id: open(), items: [item] }, rules);

describe("schemasOf", () => {
  it("names the records of an answer however deep they stand, and none inside another", () => {
    expect(schemasOf(order)).toEqual(["order"]);
    expect(schemasOf([item])).toEqual(["item"]);
    expect(schemasOf({ total: open(), page: { lines: [order], more: [item], again: order } })).toEqual([
      "order",
      "item",
    ]);
  });

  it("names each record of a union", () => {
    expect(schemasOf({ any: union("kind", { one: { order }, many: { items: [item] } }) })).toEqual([
      "order",
      "item",
    ]);
  });
});
