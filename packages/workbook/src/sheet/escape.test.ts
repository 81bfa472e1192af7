import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NAUGHTY } from "../../test/naughty.ts";
import { escapeText, unescapeText } from "./escape.ts";

describe("escapeText", () => {
  it.each([
    ['a<b>&"c"', "a&lt;b&gt;&amp;&quot;c&quot;"],
    ["line\r\nnext\tcell", "line_x000D_\nnext\tcell"],
    ["\u0000\u0007\u001b\u0085", "_x0000__x0007__x001B_\u0085"],
    ["_x0041_ stays", "_x005F_x0041_ stays"],
    ["_x41_ and _xyz are no escapes", "_x41_ and _xyz are no escapes"],
    ["\ufffe\uffff", "_xFFFE__xFFFF_"],
    ["\ud83d alone, 😀 whole", "_xD83D_ alone, 😀 whole"],
    ["홍길동 👨‍👩‍👧", "홍길동 👨‍👩‍👧"],
  ])("writes %j for XML", (text, xml) => {
    expect(escapeText(text)).toBe(xml);
  });

  it("is read back as it was, whatever it is", () => {
    const unit = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
      fc.constantFrom("_x", "_x00", "41_", "&amp;", "_x005F_", "&", "_"),
    );
    fc.assert(
      fc.property(fc.array(unit), (parts) => {
        const text = parts.join("");
        expect(unescapeText(escapeText(text))).toBe(text);
      }),
    );
  });

  it("is read back as it was, for every naughty string", () => {
    expect(NAUGHTY.length).toBeGreaterThanOrEqual(515);
    for (const text of NAUGHTY) expect(unescapeText(escapeText(text))).toBe(text);
  });
});
