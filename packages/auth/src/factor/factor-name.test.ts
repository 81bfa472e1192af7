import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readFactorName } from "./factor-name.ts";

describe("readFactorName", () => {
  it.each([
    ["회사 전화", "회사 전화"],
    ["  iPhone 17\n", "iPhone 17"],
    ["a\u202eb\u0000c\u200b", "abc"],
    ["가".normalize("NFD"), "가"],
    ["🔑".repeat(100), "🔑".repeat(64)],
    ["", "TOTP"],
    ["\u200b ", "TOTP"],
    [undefined, "TOTP"],
    [["x"], "TOTP"],
  ])("reads %j as %j", (given, name) => {
    expect(readFactorName(given, "TOTP")).toBe(name);
  });

  it("[P3] is short, and never empty or invisible, whatever came", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.anything()), (given) => {
        const name = readFactorName(given, "TOTP");
        expect([...name].length).toBeLessThanOrEqual(64);
        expect(name).toMatch(/\S/u);
        expect(name).not.toMatch(/\p{C}/u);
      }),
    );
  });
});
