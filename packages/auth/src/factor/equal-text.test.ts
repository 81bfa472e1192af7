import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isEqualText } from "./equal-text.ts";

describe("isEqualText", () => {
  it("tells equal texts from others, of any length", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        expect(isEqualText(one, one)).toBe(true);
        expect(isEqualText(one, other)).toBe(one === other);
        expect(isEqualText(one, `${one}${other}x`)).toBe(false);
      }),
    );
  });
});
