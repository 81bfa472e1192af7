import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { isSignedBy, privateKeyOf, publicKeyOf } from "./ed25519.ts";
import { formatKeyText, keyIdOf } from "./key-text.ts";
import { ed25519Signer, formatPrivateKey, parsePrivateKey } from "./signer.ts";
import { parseVerifierKey } from "./verifier-key.ts";

const coded = { code: "ERR_GARIM_KEYS_INVALID" };
/** From the tests of Go's sumdb/note, and of transparency-dev. */
const PETER = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const TESTDATA = "PRIVATE+KEY+example.com/log/testdata+33d7b496+AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg";
const SEED = new Uint8Array(32).fill(7);

/** Whatever somebody may print of an error. */
function shown(error: unknown): string {
  return `${error} ${inspect(error, { depth: null })} ${JSON.stringify(error)}`;
}

describe("ed25519Signer", () => {
  it.each([
    [PETER, "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"],
    [TESTDATA, "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"],
  ])("has the verifier key that belongs to %s", (text, expected) => {
    const { name, seed } = parsePrivateKey(text);
    expect(ed25519Signer(name, seed)).toMatchObject({ name, verifierKey: expected });
  });

  it("makes signatures that its verifier key knows", async () => {
    const signer = ed25519Signer("log", SEED);
    const message = Buffer.from("hi");
    const signature = await signer.sign(message);
    const { publicKey } = parseVerifierKey(signer.verifierKey);
    expect(signature).toHaveLength(64);
    expect(isSignedBy(publicKey, message, signature)).toBe(true);
    expect(isSignedBy(publicKey, Buffer.from("ho"), signature)).toBe(false);
  });

  it("goes on signing when the seed it was given is wiped", async () => {
    const seed = Uint8Array.from(SEED);
    const signer = ed25519Signer("log", seed);
    const before = await signer.sign(Buffer.from("hi"));
    seed.fill(0);
    expect(await signer.sign(Buffer.from("hi"))).toEqual(before);
  });

  it("shows nothing of its seed when printed", () => {
    const { seed } = parsePrivateKey(PETER);
    const printed = inspect(ed25519Signer("log", seed), { depth: null, showHidden: true });
    expect(printed).not.toMatch(/810a1402|gQoUAt|129, 10, 20/);
  });

  it.each([
    ["a name with a plus sign", "a+b", SEED],
    ["a name with a space", "a b", SEED],
    ["a short seed", "log", SEED.subarray(1)],
    ["a long seed", "log", new Uint8Array(64)],
    ["a seed in hex", "log", "07".repeat(16) as unknown as Uint8Array],
  ])("refuses %s and shows no key", (_, name, seed) => {
    try {
      ed25519Signer(name, seed);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject(coded);
      expect(shown(error)).not.toMatch(/0707|7, 7/);
    }
  });
});

describe("parsePrivateKey", () => {
  it.each([PETER, TESTDATA])("reads %s, and formatPrivateKey writes it as it was", (text) => {
    const key = parsePrivateKey(text);
    expect(key.seed).toHaveLength(32);
    expect(formatPrivateKey(key)).toBe(text);
  });

  it("refuses every part of a key, and shows none of it", () => {
    for (let begin = 0; begin < PETER.length; begin++)
      for (let end = begin; end <= PETER.length; end++)
        if (end - begin < PETER.length) expectRefusal(PETER.slice(begin, end));
  });

  it("refuses a key with any one character changed, and shows none of it", () => {
    for (let place = 0; place < PETER.length; place++)
      for (const other of ["A", "b", "0", "+", "=", " ", "\n", "가"])
        if (PETER[place] !== other) expectRefusal(PETER.slice(0, place) + other + PETER.slice(place + 1));
  });

  it.each([
    ["a verifier key", "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"],
    ["two newlines at its end", `${PETER}\n\n`],
    ["nothing", ""],
  ])("refuses %s", (_, text) => {
    expectRefusal(text);
  });

  it("refuses a name that no key may have, though the id is right", () => {
    for (const name of ["a b", "a\nb", "a\u001bb"]) {
      const keyId = keyIdOf(name, publicKeyOf(privateKeyOf(SEED)));
      expectRefusal(`PRIVATE+KEY+${formatKeyText({ name, keyId, key: SEED })}`);
    }
  });

  function expectRefusal(text: string): void {
    try {
      parsePrivateKey(text);
    } catch (error) {
      expect(error).toMatchObject(coded);
      expect(shown(error)).not.toMatch(/AYEKFALV|Y7hfZx09|XHKDF/);
      return;
    }
    expect.unreachable(text);
  }
});

describe("formatPrivateKey", () => {
  it.each([
    ["a bad name", { name: "a b", seed: SEED }],
    ["a short seed", { name: "log", seed: SEED.subarray(1) }],
  ])("refuses %s", (_, key) => {
    expect(() => formatPrivateKey(key)).toThrow(expect.objectContaining(coded));
  });
});
