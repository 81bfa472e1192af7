import { describe, expect, it } from "vitest";
import { createBlindIndex, foldValue } from "./blind-index.ts";

const key = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);
const index = createBlindIndex({
  all: () => [
    { id: "new", key: key(1) },
    { id: "old", key: key(2) },
  ],
});

describe("foldValue", () => {
  it.each([
    ["010-1234-5678", "010 1234 5678"],
    ["010-1234-5678", "０１０１２３４５６７８"],
    ["010-1234-5678", "+82 10-1234-5678"],
    ["02-123-4567", "+82-2-123-4567"],
    ["Kim@Example.com", "kim@example.com"],
    ["가나", "\u1100\u1161\u1102\u1161"],
  ])("takes %s and %s for the same", (one, other) => {
    expect(foldValue(one)).toBe(foldValue(other));
  });

  it.each([
    ["010-1234-5678", "010-1234-5679"],
    ["+82", "0"],
    ["8210", "010"],
  ])("tells %s from %s", (one, other) => {
    expect(foldValue(one)).not.toBe(foldValue(other));
  });
});

describe("createBlindIndex", () => {
  it("gives a value under each key, the newest first, the same however it is written", () => {
    const values = index("recipient.phone", "010-1234-5678");
    expect(values).toEqual([expect.stringMatching(/^new:[0-9a-f]{32}$/), expect.stringMatching(/^old:/)]);
    expect(index("recipient.phone", "01012345678")).toEqual(values);
  });

  it("[L6] tells fields apart, and nothing without the key", () => {
    const [value] = index("recipient.phone", "010-1234-5678");
    expect(index("buyer.phone", "010-1234-5678")[0]).not.toBe(value);
    expect(
      createBlindIndex({ all: () => [{ id: "new", key: key(3) }] })("recipient.phone", "010-1234-5678")[0],
    ).not.toBe(value);
  });
});
