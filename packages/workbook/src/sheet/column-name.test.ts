import { describe, expect, it } from "vitest";
import { columnIndex, columnName } from "./column-name.ts";

describe("columnName", () => {
  it.each([
    [0, "A"],
    [25, "Z"],
    [26, "AA"],
    [51, "AZ"],
    [52, "BA"],
    [701, "ZZ"],
    [702, "AAA"],
    [16_383, "XFD"],
  ])("calls column %d %s, and knows it again", (index, name) => {
    expect(columnName(index)).toBe(name);
    expect(columnIndex(`${name}12`)).toBe(index);
  });
});
