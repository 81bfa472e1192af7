import { describe, expect, it } from "vitest";
import { pageByKey, type RowKey } from "./page-by-key.ts";

const keyOf = (row: RowKey): RowKey => row;

/** Every page to the end, what happens between two of them included. */
function readAll(
  rows: () => readonly RowKey[],
  limit: number,
  between: (n: number) => void = () => undefined,
): readonly RowKey[] {
  const read: RowKey[] = [];
  let after: { readonly after?: string } = {};
  for (let n = 1; ; n++) {
    const { entries, next } = pageByKey(rows(), keyOf, { ...after, limit });
    read.push(...entries);
    if (next === null) return read;
    after = { after: next };
    between(n);
  }
}

describe("pageByKey", () => {
  it("puts rows in the order of their keys: no before yes, numbers by size, texts by code unit, null last", () => {
    const rows: RowKey[] = [[null], ["나"], ["B"], [10], [true], ["가"], [9], ["a"], [-1], [false]];
    expect(pageByKey(rows, keyOf).entries.map(([part]) => part)).toEqual([
      false,
      true,
      -1,
      9,
      10,
      "B",
      "a",
      "가",
      "나",
      null,
    ]);
  });

  it.each([1, 2, 3, 7, 1_000])("gives every row once, with %d on a page", (limit) => {
    const parts = [false, true, -1e308, -1, 0, 0.5, 7, "", "0", "10", "9", '"]', "\ud800", "힣", null];
    const rows: RowKey[] = parts.flatMap((one) => parts.map((other) => [one, other]));
    const read = readAll(() => rows, limit);
    expect(read).toHaveLength(rows.length);
    expect(new Set(read.map((key) => JSON.stringify(key))).size).toBe(rows.length);
  });

  it("takes what no cursor can hold for nothing", () => {
    const rows: RowKey[] = [
      [Infinity, "b"],
      [Number.NaN, "a"],
      [null, "c"],
    ];
    expect(readAll(() => rows, 1).map(([, name]) => name)).toEqual(["a", "b", "c"]);
  });

  it("shifts no row by one that comes or goes meanwhile, not even by the one a page ended with", () => {
    let rows: RowKey[] = ["b", "d", "f", "h", "j"].map((name) => [name]);
    const read = readAll(
      () => rows,
      2,
      (page) => {
        // In front of what was read, the last one read, and behind it.
        if (page === 1) rows = [["a"], ...rows.filter(([name]) => name !== "d"), ["e"]];
      },
    );
    expect(read.flat()).toEqual(["b", "d", "e", "f", "h", "j"]);
  });

  it("says that there is no more at the end of a page that is just full", () => {
    const rows: RowKey[] = [["a"], ["b"]];
    expect(pageByKey(rows, keyOf, { limit: 1 }).next).toBe('["a"]');
    expect(pageByKey(rows, keyOf, { limit: 2 }).next).toBeNull();
    expect(pageByKey([], keyOf).next).toBeNull();
  });

  it.each(["2", "", "[]", "{", '[{"a":1}]', "[[1]]", "null", '["a\\u0000"]'])(
    "takes no cursor %j",
    (after) => {
      expect(() => pageByKey([["a"]], keyOf, { after })).toThrow("after must be the next of the page before");
    },
  );

  it.each([0, 1_001, 1.5])("takes no limit %j", (limit) => {
    expect(() => pageByKey([["a"]], keyOf, { limit })).toThrow("limit must be");
  });
});
