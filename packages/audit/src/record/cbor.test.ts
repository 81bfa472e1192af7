import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeCbor } from "./cbor-decode.ts";
import { type CborValue, encodeCbor } from "./cbor-encode.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "hex"));

/** From RFC 8949, appendix A. */
const VECTORS: readonly (readonly [string, CborValue])[] = [
  ["00", 0],
  ["17", 23],
  ["1818", 24],
  ["1864", 100],
  ["1903e8", 1_000],
  ["1a000f4240", 1_000_000],
  ["1b000000e8d4a51000", 1_000_000_000_000],
  ["20", -1],
  ["3903e7", -1_000],
  ["f98000", -0],
  ["f93e00", 1.5],
  ["fb3ff199999999999a", 1.1],
  ["fa7f7fffff", 3.4028234663852886e38],
  ["fb7e37e43c8800759c", 1.0e300],
  ["f90001", 2 ** -24],
  ["f90400", 0.00006103515625],
  ["fbc010666666666666", -4.1],
  ["f97c00", Number.POSITIVE_INFINITY],
  ["f97e00", Number.NaN],
  ["f9fc00", Number.NEGATIVE_INFINITY],
  ["f4", false],
  ["f5", true],
  ["f6", null],
  ["4401020304", bytes("01020304")],
  ["60", ""],
  ["6449455446", "IETF"],
  ["62225c", '"\\'],
  ["63e6b0b4", "水"],
  ["64f0908591", "𐅑"],
  ["8301820203820405", [1, [2, 3], [4, 5]]],
  [
    "a201020304",
    new Map([
      [1, 2],
      [3, 4],
    ]),
  ],
  [
    "a26161016162820203",
    new Map<string, CborValue>([
      ["a", 1],
      ["b", [2, 3]],
    ]),
  ],
];

const scalar = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.maxSafeInteger(),
  fc.double(),
  fc.float(),
  fc.string({ unit: "grapheme" }),
  fc.uint8Array({ maxLength: 40 }),
);
const { value: anyValue } = fc.letrec<{ value: CborValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie("value"), { maxLength: 30 }),
    fc
      .array(fc.tuple(fc.oneof(fc.integer(), fc.string({ unit: "grapheme" })), tie("value")), {
        maxLength: 9,
      })
      .map((pairs) => new Map(pairs)),
  ),
}));

describe("encodeCbor", () => {
  it.each(VECTORS)("[RFC 8949] writes %s", (code, value) => {
    expect(hex(encodeCbor(value))).toBe(code);
  });

  it("writes equal maps as equal bytes, whichever way they were made", () => {
    const one = new Map<number | string, number>([
      ["bb", 1],
      ["a", 2],
      [300, 3],
      [-1, 4],
      [5, 5],
    ]);
    const other = new Map([...one].reverse());
    expect(hex(encodeCbor(one))).toBe(hex(encodeCbor(other)));
    expect(hex(encodeCbor(one))).toBe("a5050519012c03200461610262626201");
  });

  it("makes a lone surrogate U+FFFD and refuses what is no value of a record", () => {
    expect(decodeCbor(encodeCbor("a\uD800b"))).toBe("a\uFFFDb");
    for (const value of [undefined, Symbol("s"), 1n, {}])
      expect(() => encodeCbor(value as CborValue)).toThrow(
        expect.objectContaining({ code: "ERR_GARIM_RECORD_INVALID" }),
      );
  });
});

describe("decodeCbor", () => {
  it.each(VECTORS)("[RFC 8949] reads %s", (code, value) => {
    expect(decodeCbor(bytes(code))).toEqual(value);
  });

  it("reads back whatever was written", () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(decodeCbor(encodeCbor(value))).toEqual(value);
      }),
      { numRuns: 1_000 },
    );
  });

  it("takes no bytes but those it would write itself", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 24 }), (garbage) => {
        let value: CborValue;
        try {
          value = decodeCbor(garbage);
        } catch (error) {
          expect(error).toMatchObject({ code: "ERR_GARIM_RECORD_INVALID" });
          return;
        }
        expect(hex(encodeCbor(value))).toBe(hex(garbage));
      }),
      { numRuns: 20_000 },
    );
  });

  it.each([
    ["an empty input", ""],
    ["a cut text", "6449"],
    ["bytes after the end", "0000"],
    ["a longer form than needed", "1817"],
    ["a longer form than needed, 16 bits", "1900ff"],
    ["a longer form than needed, 32 bits", "1a0000ffff"],
    ["a longer form than needed, 64 bits", "1b00000000ffffffff"],
    ["an integer beyond the safe ones", "1b0020000000000000"],
    ["a negative integer beyond the safe ones", "3b001fffffffffffff"],
    ["a float that is an integer", "f9c400"],
    ["a single that fits a half", "fa3fc00000"],
    ["another NaN", "f97e01"],
    ["undefined", "f7"],
    ["an indefinite list", "9f00ff"],
    ["a tag", "c000"],
    ["keys out of order", "a202000100"],
    ["a key twice", "a201000100"],
    ["a list as a key", "a18000"],
    ["text that is not UTF-8", "61ff"],
    ["a list longer than its bytes", "9affffffff00"],
    ["nesting without end", "81".repeat(100_000)],
  ])("refuses %s", (_, code) => {
    expect(() => decodeCbor(bytes(code))).toThrow(
      expect.objectContaining({ code: "ERR_GARIM_RECORD_INVALID" }),
    );
  });

  it("keeps a byte order mark, for it is part of the text", () => {
    expect(decodeCbor(encodeCbor("\uFEFFa"))).toBe("\uFEFFa");
  });
});
