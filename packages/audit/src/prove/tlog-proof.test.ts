import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeBase64 } from "../note/base64.ts";
import { formatTlogProof, parseTlogProof } from "./tlog-proof.ts";

const HASH = new Uint8Array(32).fill(9);
const NOTE = "shop.example/access-log\n2\nroot\n\n— shop.example/access-log sig\n";
const TEXT = formatTlogProof({ index: 10, hashes: [HASH, HASH], note: NOTE });

describe("formatTlogProof", () => {
  it("writes the lines of C2SP", () => {
    const hash = encodeBase64(HASH);
    expect(TEXT).toBe(`c2sp.org/tlog-proof@v1\nindex 10\n${hash}\n${hash}\n\n${NOTE}`);
    expect(formatTlogProof({ index: 0, hashes: [], note: NOTE })).toBe(
      `c2sp.org/tlog-proof@v1\nindex 0\n\n${NOTE}`,
    );
  });
});

describe("parseTlogProof", () => {
  it("reads what was written", () => {
    const anyHash = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.array(anyHash, { maxLength: 60 }), (index, hashes) => {
        expect(parseTlogProof(formatTlogProof({ index, hashes, note: NOTE }))).toEqual({
          index,
          hashes,
          note: NOTE,
        });
      }),
    );
  });

  it.each([
    ["another head", TEXT.replace("@v1", "@v2")],
    ["a leading zero", TEXT.replace("index 10", "index 010")],
    ["a number too large", TEXT.replace("index 10", "index 9007199254740992")],
    ["a sign", TEXT.replace("index 10", "index +1")],
    ["a fraction", TEXT.replace("index 10", "index 1.0")],
    ["no number", TEXT.replace("index 10", "index ")],
    ["no index", TEXT.replace("index 10\n", "")],
    ["extra data", TEXT.replace("index", "extra AAAA\nindex")],
    ["a hash too short", TEXT.replace(encodeBase64(HASH), "AAAA")],
    ["a hash that is none", TEXT.replace(encodeBase64(HASH), "!")],
    ["line ends of another system", TEXT.replaceAll("\n", "\r\n")],
    ["no checkpoint", TEXT.slice(0, TEXT.indexOf("\n\n"))],
    ["nothing", ""],
  ])("refuses %s", (_, text) => {
    expect(() => parseTlogProof(text)).toThrow(expect.objectContaining({ code: "ERR_GARIM_PROOF_INVALID" }));
  });
});
