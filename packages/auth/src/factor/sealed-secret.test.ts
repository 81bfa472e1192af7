import { describe, expect, it } from "vitest";
import { openSecret, readSecretKeys, type SecretKey, sealSecret } from "./sealed-secret.ts";

const keyOf = (id: string, fill: number): SecretKey => ({ id, key: new Uint8Array(32).fill(fill) });
const old = keyOf("2025", 1);
const current = keyOf("2026", 2);
const ring = (...all: SecretKey[]) => ({ all: () => all });
const unavailable = expect.objectContaining({ code: "ERR_GARIM_STATE_UNAVAILABLE" });

describe("openSecret", () => {
  const sealed = sealSecret("JBSWY3DPEHPK3PXP", "kim", ring(current));

  it("opens what was sealed for the owner", () => {
    expect(openSecret(sealed, "kim", ring(current))).toBe("JBSWY3DPEHPK3PXP");
    expect(JSON.stringify(sealed)).not.toContain("JBSWY3DPEHPK3PXP");
  });

  it("[V11.3.3] [S4] does not open it for another owner", () => {
    expect(() => openSecret(sealed, "lee", ring(current))).toThrow(unavailable);
  });

  it.each([
    [
      "text",
      {
        text:
          `A${sealed.text.slice(1)}` === sealed.text
            ? `B${sealed.text.slice(1)}`
            : `A${sealed.text.slice(1)}`,
      },
    ],
    ["tag", { text: sealed.text.slice(0, -6) }],
    ["nonce", { nonce: "AAAAAAAAAAAAAAAA" }],
    ["everything", { text: "", nonce: "" }],
  ])("does not open it with a changed %s", (_, change) => {
    expect(() => openSecret({ ...sealed, ...change }, "kim", ring(current))).toThrow(unavailable);
  });

  it("[V13.3.4] opens with any key in force what an older one sealed", () => {
    const before = sealSecret("secret", "kim", ring(old));
    expect(openSecret(before, "kim", ring(current, old))).toBe("secret");
  });

  it("names the key that is missing", () => {
    expect(() => openSecret(sealed, "kim", ring(old))).toThrow(
      expect.objectContaining({ code: "ERR_GARIM_KEYS_MISSING", message: expect.stringContaining('"2026"') }),
    );
  });

  it("does not take a key by its id alone", () => {
    expect(() => openSecret(sealed, "kim", ring(keyOf("2026", 9)))).toThrow(unavailable);
  });
});

describe("sealSecret", () => {
  it("[V11.3.4] seals one secret differently each time", () => {
    const seal = () => sealSecret("secret", "kim", ring(current)).text;
    expect(seal()).not.toBe(seal());
  });
});

describe("readSecretKeys", () => {
  it.each([
    ["no key", [], "ERR_GARIM_KEYS_MISSING"],
    ["a short key", [{ id: "a", key: new Uint8Array(16) }], "ERR_GARIM_KEYS_INVALID"],
    ["a key without id", [{ id: "", key: new Uint8Array(32) }], "ERR_GARIM_KEYS_INVALID"],
    ["two keys of one id", [current, keyOf("2026", 3)], "ERR_GARIM_KEYS_INVALID"],
  ])("refuses %s", (_, all, code) => {
    expect(() => readSecretKeys(ring(...all))).toThrow(expect.objectContaining({ code }));
  });
});
