import { describe, expect, it } from "vitest";
import type { Draft } from "../draft.ts";
import { inferFromSamples } from "../infer-schema.ts";
import { printDraft } from "./draft.ts";
import { printKey, printMark, printPath, printText } from "./printed.ts";

/** In pieces: whoever looks for the imports of this file must not find it. */
const IMPORT = [
  "import",
  "{ type AnswerShape, type RecordSchema, open, pii, schema, subject }",
  'from "@garim/express";',
].join(" ");

describe("printDraft", () => {
  it("prints a module a person can read", () => {
    const draft = inferFromSamples(
      [
        {
          total: 1,
          lines: [
            {
              orderNo: "1",
              sellerId: "S1",
              items: [{ sku: "A-1", tags: ["x"] }],
              buyer: { id: "b", name: "김하늘" },
            },
          ],
        },
      ],
      "orderLine",
    );
    expect(printDraft(draft)).toBe(`// Drafted by \`garim infer\`. What no line declares is never written.
// sure: the name or the values say so. CHECK: look at it; the more protective reading stands. Then delete the marks.
${IMPORT}

export const orderLine: RecordSchema = schema(
  "orderLine",
  {
    orderNo: open(), // sure: the name says an identifier
    sellerId: open(), // sure: the name says an identifier
    items: [{
      sku: open(), // sure: the name says a thing, no person
      tags: [pii.memo()], // CHECK: text, and the name says nothing: open() if nobody can write personal data into it
    }],
    buyer: {
      id: pii.userId(), // CHECK: the name says who it is; open() if it is a number only you know
      name: pii.name(), // sure: the name says name
    },
  },
  {
    seller: (o) => o.sellerId, // sure: the name says the seller
    subjects: (o) => [
      subject.buyer(o.buyer?.id), // sure: the name says the buyer
    ],
    state: (o) => ({
      paidAt: null, // CHECK: no member says when it was paid; all is masked until you name it
      purposeEndedAt: Number.NaN, // CHECK: no member says when the purchase was confirmed; all is masked until you name it
    }),
  },
);

export const answer: AnswerShape = {
  total: open(), // sure: the name says an amount
  lines: [orderLine],
};
`);
  });

  it("[P3] lets no member's name end its comment or its text", () => {
    const names = ["a\nb", "a\u2028b", 'a"b', "a*/b", "a`b", "a\\b", "a\u202eb"];
    const members = Object.fromEntries(names.map((name) => [name, {}]));
    const draft: Draft = inferFromSamples([
      [{ buyerName: "김하늘", ...members, ...Object.fromEntries(names.map((name) => [`${name}2`, "x"])) }],
    ]);
    const lines = printDraft(draft).split(/[\n\u2028\u2029]/);
    expect(lines.filter((line) => line.includes("is left out"))).toHaveLength(names.length);
    expect(lines.every((line) => !/[\u202e\u2028]/.test(line))).toBe(true);
  });
});

describe("printed names", () => {
  it.each([
    ["name", "name", "o.name"],
    ["수취인명", "수취인명", "o.수취인명"],
    ["주문 번호", '"주문 번호"', 'o["주문 번호"]'],
    ["1st", '"1st"', 'o["1st"]'],
    ["a\u200db", '"a\\u200db"', 'o["a\\u200db"]'],
    ["class", "class", "o.class"],
  ])("prints %j as a key and as a path", (name, key, path) => {
    expect([printKey(name), printPath([name])]).toEqual([key, path]);
  });

  it("reads nested members with care: some records may not have them", () => {
    expect(printPath(["a", "b c", "d"])).toBe('o.a?.["b c"]?.d');
  });

  it("escapes what an editor does not show", () => {
    expect(printText("a\u2029\u{e0001}")).toBe('"a\\u2029\\udb40\\udc01"');
    expect(printMark(true, "a\u2028b")).toBe("// sure: a\\u2028b");
  });
});
