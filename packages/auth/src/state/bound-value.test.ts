import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bindValue, unbindValue } from "./bound-value.ts";

describe("unbindValue", () => {
  it("gives back what was bound to the key", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (key, value) => {
        expect(unbindValue(key, bindValue(key, value))).toBe(value);
      }),
    );
  });

  it("refuses the value of any other key", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (key, other, value) => {
        fc.pre(key !== other);
        expect(() => unbindValue(other, bindValue(key, value))).toThrow("another key");
      }),
    );
  });

  it.each([
    ["a", "a:b"],
    ["1:a", "a"],
    ["", "0:"],
  ])("keeps %j and %j apart, which a plain prefix would mix up", (key, other) => {
    expect(() => unbindValue(other, bindValue(key, "b:c"))).toThrow(
      expect.objectContaining({ code: "ERR_GARIM_STATE_UNAVAILABLE" }),
    );
  });
});
