import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeRecoveryCodes, matchRecoveryCode } from "./recovery-codes.ts";

const { codes, stored } = makeRecoveryCodes();
const first = codes[0] ?? "";
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

describe("makeRecoveryCodes", () => {
  it("[V6.5.2 V6.5.3] makes ten codes of 120 random bits: more than the 112 from which a plain hash is enough", () => {
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){5}$/);
    const drawn = Array.from({ length: 20 }, () => makeRecoveryCodes().codes.join(""));
    expect(new Set(drawn.join("").replaceAll("-", ""))).toEqual(new Set(LETTERS));
  });

  it("[S8] stores hashes, each with a salt of its own", () => {
    expect(stored).toHaveLength(10);
    for (const entry of stored) expect(entry).toMatch(/^[\w-]{22}\.[\w-]{43}$/);
    expect(new Set(stored.map((entry) => entry.split(".")[0])).size).toBe(10);
    for (const code of codes) expect(stored.join()).not.toContain(code.replaceAll("-", ""));
  });
});

describe("matchRecoveryCode", () => {
  it("finds each code at its place", () => {
    expect(codes.map((code) => matchRecoveryCode(stored, code))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it("[S8] finds no code that was taken out, nor one of another set", () => {
    expect(matchRecoveryCode(stored.slice(1), first)).toBe(-1);
    expect(matchRecoveryCode([], first)).toBe(-1);
    expect(matchRecoveryCode(makeRecoveryCodes().stored, first)).toBe(-1);
  });

  it.each([
    ["small letters", (code: string) => code.toLowerCase()],
    ["no hyphens", (code: string) => code.replaceAll("-", "")],
    ["spaces and lines", (code: string) => ` ${code.replaceAll("-", "\n ")}\u00a0\t`],
    ["long dashes", (code: string) => code.replaceAll("-", "—")],
    ["full width", (code: string) => code.replace(/[0-9A-Z]/g, widen)],
    ["other groups", (code: string) => code.replaceAll("-", "").replace(/.{6}/g, "$&-")],
  ])("forgives %s", (_, type) => {
    expect(codes.map((code) => matchRecoveryCode(stored, type(code)))).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
    ]);
  });

  it.each([
    ["O", "0"],
    ["o", "0"],
    ["I", "1"],
    ["i", "1"],
    ["L", "1"],
    ["l", "1"],
  ])("reads %s as %s", (typed, meant) => {
    const sets = Array.from({ length: 20 }, makeRecoveryCodes);
    const set = sets.find((one) => one.codes.some((code) => code.includes(meant)));
    const index = set?.codes.findIndex((code) => code.includes(meant)) ?? -1;
    expect(index).toBeGreaterThanOrEqual(0);
    const code = set?.codes[index]?.replaceAll(meant, typed);
    expect(matchRecoveryCode(set?.stored ?? [], code)).toBe(index);
  });

  it("[S8] takes no code with one other letter, one more or one less", () => {
    const place = fc.nat(first.length - 1).filter((i) => first[i] !== "-");
    const other = fc.constantFrom(...LETTERS, "U", "*");
    fc.assert(
      fc.property(place, other, (i, letter) => {
        fc.pre(first[i] !== letter);
        const typed = [first.slice(0, i), first.slice(i)];
        expect(matchRecoveryCode(stored, typed.join(letter))).toBe(-1);
        expect(matchRecoveryCode(stored, first.slice(0, i) + letter + first.slice(i + 1))).toBe(-1);
        expect(matchRecoveryCode(stored, first.slice(0, i) + first.slice(i + 1))).toBe(-1);
      }),
    );
  });

  it("[S8 P2] matches nothing and throws nothing, whatever comes", () => {
    fc.assert(fc.property(fc.anything(), (code) => matchRecoveryCode(stored, code) === -1));
    for (const code of [[first], { toString: () => first }, first + " ".repeat(100), stored[0], ""])
      expect(matchRecoveryCode(stored, code)).toBe(-1);
  });

  it("matches no stored text that is none of its own", () => {
    fc.assert(fc.property(fc.array(fc.string()), (texts) => matchRecoveryCode(texts, first) === -1));
    const [salt, digest] = (stored[0] ?? "").split(".");
    for (const text of [salt, digest, `.${digest}`, `${salt}.`, `${stored[0]}.`, `${stored[0]}=`])
      expect(matchRecoveryCode([text ?? ""], first)).toBe(-1);
  });
});

function widen(letter: string): string {
  return String.fromCharCode(letter.charCodeAt(0) + 0xfee0);
}
