import { createHash, randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeMessageCode, matchMessageCode } from "./message-code.ts";

const key = randomBytes(32);
const { code, stored } = makeMessageCode(key);
const keyTooShort = expect.objectContaining({
  code: "ERR_GARIM_KEYS_INVALID",
  message: expect.stringContaining("hkdfSync"),
});

describe("makeMessageCode", () => {
  it("[V6.5.3 V6.5.4] makes six random digits, with zeros in front where they fall so", () => {
    const drawn = Array.from({ length: 1_000 }, () => makeMessageCode(key).code);
    for (const one of drawn) expect(one).toMatch(/^\d{6}$/);
    expect(drawn.some((one) => one.startsWith("0"))).toBe(true);
    // Of a thousand draws two are the same every other time; ten hardly ever.
    expect(new Set(drawn).size).toBeGreaterThan(990);
  });

  it("[S8] stores nothing that could be told without the key", () => {
    expect(stored).toMatch(/^[\w-]{22}\.[\w-]{43}$/);
    const [salt = "", digest] = stored.split(".");
    const known = JSON.stringify(["garim/message-code/v1", salt, code]);
    for (const text of [code, salt + code, known])
      expect(createHash("sha256").update(text).digest("base64url")).not.toBe(digest);
    expect(makeMessageCode(key).stored.split(".")[0]).not.toBe(salt);
  });

  it.each([0, 31])("refuses a key of %i bytes", (length) => {
    expect(() => makeMessageCode(new Uint8Array(length))).toThrow(keyTooShort);
    expect(() => matchMessageCode(new Uint8Array(length), stored, code)).toThrow(keyTooShort);
  });
});

describe("matchMessageCode", () => {
  it("knows the code that was sent, and no other", () => {
    expect(matchMessageCode(key, stored, code)).toBe(true);
    const others = Array.from({ length: 10 }, (_, digit) => code.slice(0, 5) + digit);
    expect(others.filter((other) => matchMessageCode(key, stored, other))).toEqual([code]);
  });

  it("[S8] knows it with its key only", () => {
    expect(matchMessageCode(randomBytes(32), stored, code)).toBe(false);
  });

  it("knows it beside its own salt only", () => {
    const [salt, digest] = stored.split(".");
    const other = makeMessageCode(key).stored.split(".")[0];
    for (const text of [`${other}.${digest}`, `.${digest}`, `${salt}.`, `${stored}=`, `${stored}.`, ""])
      expect(matchMessageCode(key, text, code)).toBe(false);
  });

  it("[T3] matches nothing and throws nothing, whatever comes", () => {
    fc.assert(fc.property(fc.anything(), (typed) => !matchMessageCode(key, stored, typed)));
    const shown = [` ${code}`, `${code}\n`, `${code}0`, code.slice(1), Number(code), [code], widen(code)];
    for (const typed of [...shown, { toString: () => code }, code.repeat(1_000_000)])
      expect(matchMessageCode(key, stored, typed)).toBe(false);
  });
});

function widen(digits: string): string {
  return digits.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
}
