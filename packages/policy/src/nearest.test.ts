import { describe, expect, it } from "vitest";
import { nearest } from "./nearest.ts";

describe("nearest", () => {
  it.each<[string, readonly string[], string | undefined]>([
    ["idleMinute", ["lockMinutes", "idleMinutes"], "idleMinutes"],
    ["IDLEMINUTES", ["idleMinutes"], "idleMinutes"],
    ["idleMintues", ["idleMinutes"], "idleMinutes"],
    ["a", ["b"], "b"],
    ["a", ["bc"], undefined],
    ["ab", ["ac"], "ac"],
    ["ab", ["cd"], undefined],
    ["abcdef", ["xbcdey"], "xbcdey"],
    ["abcdef", ["xycdez"], undefined],
    ["abc", ["bc"], "bc"],
    ["abc", ["abcd"], "abcd"],
    ["abc", ["zabc"], "zabc"],
    ["abcdefghi", ["abcxyzghi"], "abcxyzghi"],
    ["abcdefghi", ["abwxyzghi"], undefined],
    // Two swapped letters are two changes.
    ["ab", ["ba"], undefined],
    ["abcdef", ["bacdef"], "bacdef"],
    ["abc", ["abd", "abe"], "abd"],
    ["abc", ["abe", "abc"], "abc"],
    ["abc", [], undefined],
  ])("takes %s for the nearest of %j: %s", (word, known, expected) => {
    expect(nearest(word, known)).toBe(expected);
  });

  it("reads no more than the first letters of a very long word", () => {
    expect(nearest("a".repeat(100_000), ["a".repeat(64)])).toBe("a".repeat(64));
  });
});
