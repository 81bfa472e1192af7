import { describe, expect, it } from "vitest";
import { toWire } from "./to-wire.ts";

const column = (type: "text" | "number" | "amount" | "date") => ({ heading: "", type, width: 10 });

describe("toWire", () => {
  it.each([
    ["text", "0101", "0101"],
    ["text", 12, "12"],
    ["text", 12n, "12"],
    ["text", true, "true"],
    ["text", new Date(0), "1970-01-01T00:00:00.000Z"],
    ["number", 999_999_999_999_999, 999_999_999_999_999],
    ["number", 1_000_000_000_000_000, "1000000000000000"],
    ["number", -1_000_000_000_000_000n, "-1000000000000000"],
    ["number", 12_345_678_901_234_567_890n, "12345678901234567890"],
    ["number", 0.1, 0.1],
    ["amount", 5n, 5],
    ["amount", "***", "***"],
    ["amount", false, false],
    ["date", new Date(5), 5],
    ["date", 5, 5],
    ["date", "***", "***"],
    ["date", undefined, null],
    ["text", null, null],
  ] as const)("in a %s column, %o is %o", (type, cell, wire) => {
    expect(toWire([cell], [column(type)], ["a"])).toEqual([wire]);
  });

  it.each([
    [[], "0 cells"],
    [["a", "b"], "2 cells"],
    ["a", "no array"],
    [[Number.POSITIVE_INFINITY], "Infinity"],
    [[Symbol("x")], "symbol"],
    [[["a"]], "object"],
  ])("refuses %o, and names the column, not the value", (row, message) => {
    const convert = () => toWire(row as never, [column("number")], ["recipient.phone"]);
    expect(convert).toThrow(expect.objectContaining({ code: "ERR_GARIM_WORKBOOK_ROW" }));
    expect(convert).toThrow(message);
  });
});
