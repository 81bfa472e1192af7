import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseStrictObject } from "./strict-json.ts";

const parse = (text: string) => parseStrictObject(Buffer.from(text));
const nested = (depth: number) => `${'{"a":'.repeat(depth - 1)}{}${"}".repeat(depth - 1)}`;

/** Objects of plain JSON without the one name that is refused, at most six deep. */
const plain = fc
  .dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }))
  .filter((value) => !JSON.stringify(value).includes("__proto__"));

describe("parseStrictObject", () => {
  it("reads what JSON.parse reads, however it is spaced", () => {
    fc.assert(
      fc.property(plain, fc.constantFrom("", " ", "\t", "\n  "), (value, space) => {
        expect(parse(JSON.stringify(value, null, space))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it.each([
    ["twice at the top", '{"a":1,"a":1}'],
    ["twice further in", '{"x":[{"a":1,"b":{},"a":2}]}'],
    ["twice, once with an escape", '{"alg":"ES256","\\u0061lg":"none"}'],
    ["after an object that had it, too", '{"a":{"a":1},"a":2}'],
    ["with a quote in it, twice", '{"a\\"":1,"a\\"":2}'],
    ["empty, twice", '{"":1,"":2}'],
  ])("[J1 V1.5.3] refuses a member %s", (_, text) => {
    expect(() => JSON.parse(text)).not.toThrow();
    expect(parse(text)).toBeUndefined();
  });

  it("knows names from values, and objects from one another", () => {
    const text = '{"a":"a","b":["a","a",{"a":"b"},{"a":"\\\\"}],"c":{"a":"{\\"a\\":1,"}}';
    expect(parse(text)).toEqual(JSON.parse(text));
  });

  it("[V15.3.6] [P1] refuses a member named __proto__, in escapes, too", () => {
    expect(parse('{"__proto__":{"sub":"x"}}')).toBeUndefined();
    expect(parse('{"a":{"__pr\\u006fto__":1}}')).toBeUndefined();
    expect(parse('{"constructor":1}')).toEqual({ constructor: 1 });
  });

  it("[P2] reads 8 levels and refuses the ninth, arrays counted", () => {
    expect(parse(nested(8))).toBeDefined();
    expect(parse(nested(9))).toBeUndefined();
    expect(parse(`{"a":${"[".repeat(7)}${"]".repeat(7)}}`)).toBeDefined();
    expect(parse(`{"a":${"[".repeat(8)}${"]".repeat(8)}}`)).toBeUndefined();
    expect(parse(`{"a":${"[".repeat(4_000)}${"]".repeat(4_000)}}`)).toBeUndefined();
  });

  it.each([
    "",
    "null",
    "[]",
    "[{}]",
    '"{}"',
    "1",
    "{",
    "{}{}",
    "{'a':1}",
    '{"a":1,}',
    "\ufeff{}",
    '{"a":01}',
  ])("refuses %j, which is no JSON object", (text) => {
    expect(parse(text)).toBeUndefined();
  });

  it("refuses what is no UTF-8", () => {
    expect(parseStrictObject(Uint8Array.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).toBeUndefined();
    // An overlong quote.
    expect(parseStrictObject(Uint8Array.from([0x7b, 0xc0, 0xa2, 0x7d]))).toBeUndefined();
  });

  it("freezes what it gives, through and through", () => {
    const value = parse('{"cnf":{"jkt":"x"},"list":[{"a":1}]}');
    const [{ list }, cnf] = [value as { list: unknown[] }, value?.["cnf"]];
    for (const part of [value, cnf, list, list[0]]) expect(Object.isFrozen(part)).toBe(true);
  });

  it("is total: any bytes give an object or nothing", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.uint8Array(), fc.string().map(Buffer.from), fc.json().map(Buffer.from)),
        (bytes) => {
          const value = parseStrictObject(bytes);
          expect(value === undefined || typeof value === "object").toBe(true);
        },
      ),
    );
  });
});
