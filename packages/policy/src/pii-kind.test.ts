import { describe, expect, it } from "vitest";
import { KIND_WORDS, nameKinds } from "./kind-words.ts";
import {
  ALL_KINDS,
  hasKind,
  isPiiKind,
  kindSet,
  kindsOf,
  NO_KINDS,
  PII_KINDS,
  readKinds,
} from "./pii-kind.ts";

describe("kindSet", () => {
  it("keeps every kind's bit for ever: records hold sets", () => {
    expect(PII_KINDS.map((kind) => kindSet([kind]))).toEqual([
      1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 2_048, 4_096, 8_192, 16_384,
    ]);
    expect([NO_KINDS, ALL_KINDS, kindSet(PII_KINDS)]).toEqual([0, 32_767, 32_767]);
  });

  it("gives its kinds back in their order", () => {
    expect(kindsOf(kindSet(["phone", "name"]))).toEqual(["name", "phone"]);
    expect([hasKind(2, "phone"), hasKind(2, "name")]).toEqual([true, false]);
  });
});

describe("isPiiKind", () => {
  it("knows kinds, and nothing every object has", () => {
    expect(["name", "toString", ["name"], 1].map(isPiiKind)).toEqual([true, false, false, false]);
  });
});

describe("readKinds", () => {
  it.each<[unknown, number]>([
    [0, 0],
    [1, 1],
    [32_767, 32_767],
    [32_768, 0],
    [-1, 0],
    [0.5, 0],
    [Number.NaN, 0],
    ["1", 0],
    [null, 0],
  ])("[garim/closed] reads %s as %d", (value, expected) => {
    expect(readKinds(value)).toBe(expected);
  });
});

describe("nameKinds", () => {
  it("has a word of its own for every kind, in both languages", () => {
    for (const language of ["ko", "en"] as const) {
      const words = PII_KINDS.map((kind) => KIND_WORDS[kind][language]);
      expect(new Set(words.filter((word) => word !== "")).size).toBe(PII_KINDS.length);
    }
    expect(nameKinds(kindSet(["name", "email", "postcode", "address", "company"]), "en")).toBe(
      "name, e-mail, postcode, address, company",
    );
  });
});
