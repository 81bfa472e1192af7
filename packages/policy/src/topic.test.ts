import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withTopic } from "./topic.ts";

describe("withTopic", () => {
  it.each([
    ["우리마켓", "우리마켓은"],
    ["가림", "가림은"],
    ["네이버", "네이버는"],
    ["(주)가림", "(주)가림은"],
    ["가림(주)", "가림(주)는"],
    ["“온누리” ", "“온누리” 는"],
    ["가", "가는"],
    ["각", "각은"],
    ["힣", "힣은"],
    ["히", "히는"],
  ])("reads the end of the last syllable: %s", (name, said) => {
    expect(withTopic(name)).toBe(said);
  });

  it.each([
    ...[..."013678"].map((digit) => [`마켓 ${digit}`, "은"]),
    ...[..."2459"].map((digit) => [`마켓 ${digit}`, "는"]),
  ])("reads a digit by its name: %s", (name, particle) => {
    expect(withTopic(name)).toBe(`${name}${particle}`);
  });

  it.each([
    ["LG", "는"],
    ["SKM", "은"],
    ["Our Market", "은"],
    ["Garim Mall", "은"],
    ["E-Mart", "는"],
    ["Coupang", "은"],
    ["eBay", "는"],
    ["Google", "은"],
    ["Line", "은"],
    ["Store", "는"],
    ["KREAM", "은"],
  ])("reads Latin letters as they are usually said: %s", (name, particle) => {
    expect(withTopic(name)).toBe(`${name}${particle}`);
  });

  it.each(["", "★", "楽天", "Ωμέγα"])("writes both where nobody can tell: %s", (name) => {
    expect(withTopic(name)).toBe(`${name}은(는)`);
  });

  it("keeps the name as it is, and adds one particle", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (name) => {
        const particle = withTopic(name).slice(name.length);
        return withTopic(name).startsWith(name) && ["은", "는", "은(는)"].includes(particle);
      }),
    );
  });
});
