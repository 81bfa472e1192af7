import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { PlainError } from "../plain-error.ts";
import { parseOrders, readOrdersFile } from "./read.ts";

const good: Readonly<Record<string, unknown>> = {
  orderNo: "A-1",
  lineNo: 1,
  seller: "shop",
  orderedAt: "2026-10-01T10:00:00+09:00",
  paidAt: "2026-10-01T10:01:00+09:00",
  product: "잼",
  quantity: 2,
  amount: 9_000,
  buyer: "b1",
  buyerName: "홍길동",
  buyerPhone: "010-2345-6789",
  recipientName: "홍길동",
  recipientPhone: "010-2345-6789",
  address: "서울특별시 중구 세종대로 110",
};

const json = (...lines: readonly object[]): string => JSON.stringify(lines, null, 2);
const ndjson = (...lines: readonly object[]): string => lines.map((line) => JSON.stringify(line)).join("\n");
const csv = (...lines: readonly object[]): string => {
  const names = [...new Set(lines.flatMap(Object.keys))];
  const cells = lines.map((line) =>
    names.map((name) => `"${(line as Record<string, unknown>)[name] ?? ""}"`).join(","),
  );
  return [names.join(","), ...cells].join("\r\n");
};

function faultsOf(path: string, text: string): readonly string[] {
  try {
    parseOrders(path, text);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(PlainError);
    return (error as PlainError).message.split("\n");
  }
}

describe("readOrdersFile", () => {
  it.each(["orders.json", "orders.ndjson", "orders.csv"])(
    "reads the sample %s as the others",
    async (name) => {
      const sample = (file: string): string =>
        fileURLToPath(new URL(`../../samples/${file}`, import.meta.url));
      const rows = await readOrdersFile(sample(name));
      expect(rows).toEqual(parseOrders("orders.json", readFileSync(sample("orders.json"), "utf8")));
      expect(rows.order_lines.length).toBeGreaterThan(2);
      expect(rows.claims).toHaveLength(1);
    },
  );

  it("says in one line that a file is not there", async () => {
    await expect(readOrdersFile("no-such-file.csv")).rejects.toThrow(
      "The orders file no-such-file.csv cannot be read (ENOENT)",
    );
  });
});

describe("parseOrders", () => {
  it.each([
    ["a.json", json(good)],
    ["a.ndjson", ndjson(good)],
    ["a.csv", csv(good)],
    ["no-extension", json(good)],
  ])("reads one line from %s", (path, text) => {
    const rows = parseOrders(path, text);
    expect(rows.order_lines).toMatchObject([{ id: "A-1-1", quantity: 2, amount: 9_000, engraving: null }]);
    expect(rows.orders).toMatchObject([{ ordered_at: "2026-10-01T01:00:00.000Z" }]);
  });

  it.each([
    ["a.json", json(good, { ...good, lineNo: 2, paidAt: "2026-10-01T10:01:00" }), 18],
    ["a.ndjson", ndjson(good, { ...good, lineNo: 2, paidAt: "2026-10-01T10:01:00" }), 2],
    ["a.csv", csv(good, { ...good, lineNo: 2, paidAt: "2026-10-01T10:01:00" }), 3],
  ])("names line and field of a time without a zone in %s, and loads nothing", (path, text, line) => {
    expect(faultsOf(path, text)).toEqual([
      `${path}: line ${line}, field paidAt: "2026-10-01T10:01:00" has no time zone; for Korean time write 2026-10-01T10:01:00+09:00`,
      "Nothing was loaded.",
    ]);
  });

  it.each([
    [
      "an unknown field",
      { ...good, reciepientName: "x" },
      "line 1, field reciepientName: there is no such field; did you mean recipientName?",
    ],
    ["a missing field", { ...good, seller: undefined }, "line 1, field seller: is missing"],
    [
      "a wrong number",
      { ...good, quantity: "two" },
      'line 1, field quantity: "two" is no whole number from 1 to 1000000',
    ],
    [
      "a day that is none",
      { ...good, orderedAt: "2026-02-31T10:00:00Z" },
      'line 1, field orderedAt: "2026-02-31T10:00:00Z" is no date of the calendar',
    ],
    [
      "a phone as a number",
      { ...good, buyerPhone: 1023456789 },
      "line 1, field buyerPhone: must be a text in quotes, not a number",
    ],
    [
      "a claim by the seller",
      {
        ...good,
        claimType: "return",
        claimReason: "defect",
        claimOpenedBy: "seller",
        claimOpenedAt: good["paidAt"],
      },
      'line 1, field claimOpenedBy: "seller" is none of buyer, operator',
    ],
    [
      "half a claim",
      { ...good, claimType: "return" },
      "line 1, field claimReason: is missing: a claim needs claimType, claimReason, claimOpenedBy, claimOpenedAt",
    ],
    [
      "a shipment before payment",
      { ...good, paidAt: null, shippedAt: "2026-10-02T10:00:00Z" },
      "line 1, field shippedAt: needs paidAt: an unpaid line goes nowhere",
    ],
    [
      "a payment before the order",
      { ...good, paidAt: "2026-09-30T10:00:00Z" },
      "line 1, field paidAt: is before orderedAt",
    ],
  ])("tells %s", (_, line, expected) => {
    expect(faultsOf("a.ndjson", ndjson(line))[0]).toBe(`a.ndjson: ${expected}`);
  });

  it("tells a line that stands there twice, and lines of one order or buyer that differ", () => {
    const text = ndjson(
      good,
      good,
      { ...good, lineNo: 2, address: "다른 곳" },
      { ...good, orderNo: "A-2", buyerPhone: "02-111-2222" },
    );
    expect(faultsOf("a.ndjson", text)).toEqual([
      "a.ndjson: line 2, field lineNo: line 1 of order A-1 stands in line 1 already",
      "a.ndjson: line 3, field address: differs from line 1 of the same order",
      "a.ndjson: line 4, field buyerPhone: differs from line 1 of the same buyer",
      "Nothing was loaded.",
    ]);
  });

  it.each([
    ["a.json", '[\n{"orderNo": 1},\n{"orderNo"', "line 3: this is not valid JSON"],
    ["a.json", "{}", "line 1: the file must hold a JSON array"],
    ["a.ndjson", `${ndjson(good)}\n{"orderNo`, "line 2: this is not valid JSON"],
    ["a.ndjson", "[1]", "line 1: this must be a JSON object"],
    ["a.csv", `${csv(good)}\r\n1,2`, "line 3: this line has another number of cells than the first"],
    ["a.csv", 'orderNo\n"A', "the quotes of this line do not close"],
    ["a.json", "[]", "there is no order in this file"],
    ["a.csv", "", "there is no order in this file"],
  ])("tells where %s breaks", (path, text, expected) => {
    expect(faultsOf(path, text).join("\n")).toContain(expected);
  });

  it("tells twenty faults and counts the rest", () => {
    const bad = Array.from({ length: 25 }, (_, i) => ({ ...good, lineNo: i + 1, amount: -1 }));
    const faults = faultsOf("a.ndjson", ndjson(...bad));
    expect(faults).toHaveLength(22);
    expect(faults.slice(-2)).toEqual(["a.ndjson: and 5 more", "Nothing was loaded."]);
  });

  it("never repeats what may be somebody's data", () => {
    const faults = faultsOf(
      "a.ndjson",
      ndjson({ ...good, recipientPhone: 1023456789, address: "비밀".repeat(400) }),
    );
    expect(faults.join()).not.toMatch(/1023456789|비밀/);
  });
});
