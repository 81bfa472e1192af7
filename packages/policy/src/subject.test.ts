import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SUBJECT_TYPES, subject } from "./subject.ts";

describe("subject", () => {
  it.each([
    "010-1234-5678",
    "01012345678",
    "+82 10 1234 5678",
    "+82 (0)10-1234-5678",
    "(+82) 10-1234-5678",
    "＋８２ １０ １２３４ ５６７８",
    "82-10-1234-5678",
    "0082 10 1234 5678",
    "1012345678",
    "０１０-1234-5678",
    "010\u200b1234\u200b5678",
  ])("takes %s as one phone", (text) => {
    expect(subject.phone(text)).toEqual({ type: "phone", id: "01012345678" });
  });

  it.each([
    ["+82 2 123 4567", "021234567"],
    ["+82 504-1234-5678", "050412345678"],
    ["1588-1234", "15881234"],
    ["02-123-4567", "021234567"],
    ["0082-2-123-4567", "021234567"],
    ["+1 415 555 0100", "14155550100"],
    ["82-1234", "821234"],
    ["101234567", "101234567"],
  ])("takes %s as %s", (text, id) => {
    expect(subject.phone(text)).toEqual({ type: "phone", id });
  });

  it("takes a number as the general way does where only digits and hyphens have to be read", () => {
    const signs = fc.string({ unit: fc.constantFrom(..."0123456789-"), minLength: 1, maxLength: 24 });
    fc.assert(
      fc.property(fc.constantFrom("", "0", "01", "00", "82"), signs, (start, rest) => {
        const text = start + rest;
        fc.pre(/\d/.test(text));
        expect(subject.phone(text)).toEqual(subject.phone(`${text} `));
      }),
    );
  });

  it("keeps a phone nobody can read by its own text", () => {
    expect(subject.phone("없음")).toEqual({ type: "phone", id: "없음" });
  });

  it("keeps types apart, and takes identifiers of up to 256 letters", () => {
    const id = "x".repeat(256);
    expect([subject.buyer(id), subject.order(id)]).toEqual([
      { type: "buyer", id },
      { type: "order", id },
    ]);
    expect(SUBJECT_TYPES).toEqual(["buyer", "phone", "order"]);
    expect(SUBJECT_TYPES.every((type) => Object.hasOwn(subject, type))).toBe(true);
  });

  it("reads a phone of up to 64 letters as digits, and a longer one as its own text", () => {
    expect(subject.phone("0".padEnd(64, " "))).toEqual({ type: "phone", id: "0" });
    const long = "0".padEnd(65, " ");
    expect(subject.phone(long)).toEqual({ type: "phone", id: long });
  });

  it.each(["", 7, null, undefined, "x".repeat(257)])("refuses %j as an identifier", (id) => {
    for (const make of Object.values(subject))
      expect(() => make(id as string)).toThrow(
        expect.objectContaining({ code: "ERR_GARIM_SUBJECT_INVALID" }),
      );
  });
});
