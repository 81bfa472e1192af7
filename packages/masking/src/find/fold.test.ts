import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fold } from "./fold.ts";
import { classOf, ODD } from "./scan.ts";

describe("fold", () => {
  it.each([
    ["０１ＡＺａｚ＠．－", "01AZaz@.-"],
    ["①⑨⓪❶➀", "19011"],
    ["²⁴₅", "245"],
    ["𝟎𝟗𝟘𝟡", "0909"],
    ["0️⃣1️⃣", "01"],
    ["0\u200b1\ufeff2\u00ad", "012"],
    ["강남".normalize("NFD"), "강남"],
    ["값 👍🏽", "값 👍🏽"],
  ])("brings %s to %s", (text, plain) => {
    expect(fold(text).text).toBe(plain);
  });

  it("tells where each character came from, the end included", () => {
    expect([...fold("a\u200b１𝟎b").origins].slice(0, 5)).toEqual([0, 2, 3, 5, 6]);
  });

  it("leaves nothing that needs folding again", () => {
    const units = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 50 });
    fc.assert(
      fc.property(units, (codes) => {
        const { text, origins } = fold(String.fromCharCode(...codes));
        for (let i = 0; i < text.length; i++) expect(classOf(text.charCodeAt(i))).not.toBe(ODD);
        expect(origins[text.length]).toBe(codes.length);
      }),
      { numRuns: 2_000 },
    );
  });
});
