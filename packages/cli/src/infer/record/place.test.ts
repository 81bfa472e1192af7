import { describe, expect, it } from "vitest";
import type { Draft, DraftNode } from "../draft.ts";
import { inferFromSamples } from "../infer-schema.ts";

const line = { orderNo: "1", buyerName: "김하늘" };

/** The outline of an answer: where records stand, and what is open or left out around them. */
function outline(node: DraftNode): unknown {
  switch (node.node) {
    case "record":
      return `<${node.name}>`;
    case "list":
      return [outline(node.item)];
    case "shape":
      return Object.fromEntries(node.members.map(({ name, value }) => [name, outline(value)]));
    case "field":
      return node.declared;
    default:
      return node.node;
  }
}

const outlineOf = (samples: readonly unknown[], name?: string): unknown =>
  outline(inferFromSamples(samples, name).answer);
const membersOf = ({ records }: Draft): readonly string[] =>
  records[0]?.shape.members.map(({ name }) => name) ?? [];

describe("placeRecords", () => {
  it.each([
    ["a record", line, "<record>"],
    ["a list", [line, line], ["<record>"]],
    ["an envelope", { total: 1, orders: [line] }, { total: "open", orders: ["<order>"] }],
    ["wrappers", { data: { contents: [line], page: 1 } }, { data: { contents: ["<record>"], page: "open" } }],
    ["a wrapped record", { code: "00", data: line }, { code: "open", data: "<record>" }],
    ["a record with a list", { ...line, items: [{ sku: "A-1", recipientName: "박서준" }] }, "<record>"],
    ["a record by its buyer", { buyer: { name: "김하늘" }, items: [{ receiver: "박서준" }] }, "<record>"],
    ["two lists", { orders: [line], claims: [line] }, { orders: ["<order>"], claims: ["<claim>"] }],
    ["no personal data", { total: 1, items: [{ sku: "A-1" }] }, { total: "open", items: ["<record>"] }],
    ["Korean names", { 주문목록: [line] }, { 주문목록: ["<주문>"] }],
    [
      "a message around records",
      { message: "ok", list: [line] },
      { message: "left-out", list: ["<record>"] },
    ],
  ])("finds the records of %s", (_, sample, expected) => {
    expect(outlineOf([sample])).toEqual(expected);
  });

  it("names the first record as it is told, and each name once", () => {
    expect(outlineOf([{ a: [line], b: [line] }], "orderLine")).toEqual({ a: ["<orderLine>"], b: ["<b>"] });
    expect(outlineOf([{ data: [line], items: [line] }])).toEqual({
      data: ["<record>"],
      items: ["<record2>"],
    });
  });

  it("names no record as TypeScript forbids", () => {
    expect(outlineOf([{ class: [line], schema: [line] }])).toEqual({
      class: ["<record>"],
      schema: ["<record2>"],
    });
  });
});

describe("inferFromSamples", () => {
  it("joins what the samples have, and says what is not in every object", () => {
    const [record] = inferFromSamples([[line], [{ ...line, memo: "문 앞" }]]).records;
    expect(record?.shape.members.map(({ name, isOptional }) => [name, isOptional])).toEqual([
      ["orderNo", false],
      ["buyerName", false],
      ["memo", true],
    ]);
  });

  it.each([
    [
      "a text and an object",
      [
        { ...line, x: "a" },
        { ...line, x: { b: 1 } },
      ],
    ],
    ["an empty list", [{ ...line, x: [] }]],
    ["an empty object", [{ ...line, x: {} }]],
    ["members named by phones", [{ ...line, x: { "010-9173-4455": 1 } }]],
    ["members named by numbers", [{ ...line, x: { 1234567: { a: 1 } } }]],
    ["members named by people", [{ ...line, x: { 민지: { a: 1 }, 보라: { a: 2 } } }]],
    [
      "too many members",
      [{ ...line, x: Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`k${i}`, i])) }],
    ],
    ["a name no schema declares", [{ ...line, _masked: {} }]],
  ])("leaves out %s", (_, sample) => {
    const draft = inferFromSamples([sample]);
    expect(draft.records[0]?.shape.members.at(-1)?.value).toMatchObject({ node: "left-out", isSure: false });
    expect(JSON.stringify(draft)).not.toMatch(/9173|1234567|민지/);
  });

  it("[P1] takes __proto__ for a name like any other, and declares it not", () => {
    const sample: unknown = JSON.parse('[{"orderNo":"1","buyerName":"김하늘","__proto__":{"polluted":"x"}}]');
    const draft = inferFromSamples([sample]);
    expect(membersOf(draft)).toContain("__proto__");
    expect(draft.records[0]?.shape.members.at(-1)?.value.node).toBe("left-out");
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  it.each([
    ["no sample", [], /no record in it/],
    ["an empty list", [[]], /no record in it/],
    ["a text", ["hi"], /no record in it/],
    ["a list of numbers", [[1, 2]], /no record in it/],
    ["lists and objects", [[line], line], /one route at a time/],
    ["a list of both", [[line, 1]], /whose list holds objects only/],
    ["records named by data", [{ "010-9173-4455": line }], /named by data/],
    ["what is too deep", [nest(70)], /deeper than 60 levels/],
  ])("refuses %s with a remedy", (_, samples, message) => {
    expect(() => inferFromSamples(samples)).toThrow(message);
  });
});

function nest(levels: number): object {
  return levels === 0 ? line : { x: nest(levels - 1) };
}
