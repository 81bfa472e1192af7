import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classOf, ODD } from "./character.ts";
import { fold } from "./fold.ts";

describe("fold", () => {
  it.each([
    ["０１ＡＺａｚ＠．－", "01AZaz@.-"],
    ["①⑨⓪❶➀➊⓵⓿", "19011110"],
    ["²⁴₅", "245"],
    ["𝟎𝟗𝟘𝟡𝐚𝒁", "0909aZ"],
    ["٠١٩ ۰۹ ०९ ๐๙", "019 09 09 09"],
    ["ⓑⓒⓐ﹫", "bc@@"],
    ["0\u03361\u20dd2\u0332", "012"],
    ["0\u{e0020}1\ufe002\u{e0100}", "012"],
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

  it("knows every decimal digit of the basic plane", () => {
    const digits = Array.from({ length: 0x1_0000 }, (_, unit) => String.fromCharCode(unit)).filter((one) =>
      /\p{Nd}/u.test(one),
    );
    expect(digits.length).toBeGreaterThan(300);
    // Blocks of ten, zero first.
    for (const [i, digit] of digits.entries())
      expect([digit, fold(digit).text]).toEqual([digit, String(i % 10)]);
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
