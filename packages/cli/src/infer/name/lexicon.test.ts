import { PII_KINDS } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { conceptOf, kindOf, WORDS } from "./lexicon.ts";

describe("conceptOf", () => {
  it("knows each word for one thing only", () => {
    const words = Object.values(WORDS).flatMap((text) => text.split(/\s+/));
    expect(words.filter((word, i) => words.indexOf(word) !== i)).toEqual([]);
  });

  it("knows a word for every kind of personal data", () => {
    expect(PII_KINDS.filter((kind) => !Object.hasOwn(WORDS, kind))).toEqual([]);
    expect(kindOf(conceptOf("휴대폰"))).toBe("phone");
  });

  it("[P1] knows no word of Object.prototype", () => {
    expect(conceptOf("constructor")).toBeUndefined();
  });
});
