import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { formatVerifierKey, parseVerifierKey, verifierKey } from "./verifier-key.ts";

const coded = { code: "ERR_GARIM_KEYS_INVALID" };
const PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const publicKey = Buffer.from(PETER.slice(-44), "base64").subarray(1);

describe("parseVerifierKey", () => {
  it.each([
    // From C2SP signed-note, from the tests of Go's sumdb/note, and that of Go's own checksum database.
    ["example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "example.com/foo", "530d903a"],
    [PETER, "PeterNeumann", "c74f20a3"],
    ["EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop", "EnochRoot", "af0cfe78"],
    ["Señor-0+2b9e7c9d+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop", "Señor-0", "2b9e7c9d"],
    ["sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8", "sum.golang.org", "033de0ae"],
  ])("reads the known key %s and writes it as it was", (text, name, keyId) => {
    const key = parseVerifierKey(text);
    expect(key).toMatchObject({ name, keyId });
    expect(key.publicKey).toHaveLength(32);
    expect(formatVerifierKey(key)).toBe(text);
    expect(verifierKey(name, key.publicKey)).toEqual(key);
  });

  it("refuses every part of a key", () => {
    for (let begin = 0; begin < PETER.length; begin++)
      for (let end = begin; end <= PETER.length; end++)
        if (end - begin < PETER.length)
          expect(() => parseVerifierKey(PETER.slice(begin, end))).toThrow(expect.objectContaining(coded));
  });

  it("refuses a key with any one character changed", () => {
    for (let place = 0; place < PETER.length; place++)
      for (const other of ["A", "b", "0", "7", "+", "/", "=", " ", "\n", "가", "\u0000"])
        if (PETER[place] !== other) {
          const changed = PETER.slice(0, place) + other + PETER.slice(place + 1);
          expect(() => parseVerifierKey(changed), changed).toThrow(expect.objectContaining(coded));
        }
  });

  it.each([
    ["a key of another length", "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=="],
    ["another signature type", "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"],
    ["an id in capitals", PETER.replace("c74f20a3", "C74F20A3")],
    ["a newline behind it", `${PETER}\n`],
    ["a carriage return behind it", `${PETER}\r`],
    ["a space before it", ` ${PETER}`],
    ["nothing", ""],
  ])("refuses %s", (_, text) => {
    expect(() => parseVerifierKey(text)).toThrow(expect.objectContaining(coded));
  });

  it("names the remedy where a private key was given, and shows none of it", () => {
    const secret = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    for (const text of [secret, secret.slice("PRIVATE+KEY+".length), secret.slice(0, -1)])
      try {
        parseVerifierKey(text);
        expect.unreachable();
      } catch (error) {
        expect(error).toMatchObject(coded);
        expect(`${error}`).not.toMatch(/AYEK|DFz|c74f20a3/);
      }
    expect(() => parseVerifierKey(secret)).toThrow(/private key/);
  });
});

describe("verifierKey", () => {
  it("makes the id of name, newline, 0x01 and key", () => {
    const name = "감사.example/기록";
    const hash = createHash("sha256").update(Buffer.concat([Buffer.from(`${name}\n\x01`), publicKey]));
    expect(verifierKey(name, publicKey).keyId).toBe(hash.digest("hex").slice(0, 8));
  });

  it("keeps bytes of its own", () => {
    const given = Uint8Array.from(publicKey);
    const key = verifierKey("log", given);
    given.fill(0);
    expect(formatVerifierKey(key)).toContain(PETER.slice(-42));
  });

  it.each([
    ["empty", ""],
    ["with a space", "bad name"],
    ["with a plus sign", "a+b"],
    ["with a newline", "a\nb"],
    ["with a carriage return", "a\r"],
    ["with a tab", "a\tb"],
    ["with NUL", "a\0"],
    ["with an escape", "a\u001b[31m"],
    ["with a no-break space", "a\u00a0b"],
    ["with next line", "a\u0085b"],
    ["with an ideographic space", "감사\u3000기록"],
    ["with a line separator", "a\u2028b"],
    ["with half a character", "a\ud800"],
  ])("refuses a name %s", (_, name) => {
    expect(() => verifierKey(name, publicKey)).toThrow(expect.objectContaining(coded));
  });

  it.each([0, 31, 33])("refuses a key of %i bytes", (length) => {
    expect(() => verifierKey("log", new Uint8Array(length))).toThrow(expect.objectContaining(coded));
  });

  it("refuses a key with which anybody can sign", () => {
    expect(() => verifierKey("log", Uint8Array.of(1, ...new Uint8Array(31)))).toThrow(
      expect.objectContaining({ ...coded, message: expect.stringContaining("small order") }),
    );
  });
});
