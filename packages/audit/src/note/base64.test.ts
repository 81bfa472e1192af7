import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBase64, encodeBase64 } from "./base64.ts";

describe("decodeBase64", () => {
  it("reads what encodeBase64 wrote, a window on a larger buffer too", () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.nat(8), (bytes, skipped) => {
        const window = bytes.subarray(skipped);
        expect(decodeBase64(encodeBase64(window))).toEqual(Uint8Array.from(window));
      }),
    );
  });

  it("[RFC 4648 section 10] reads the known texts", () => {
    const text = ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"].map((one) =>
      Buffer.from(decodeBase64(one) ?? "none").toString(),
    );
    expect(text).toEqual(["", "f", "fo", "foo", "foob", "fooba", "foobar"]);
  });

  it.each([
    ["without its padding", "Zg"],
    ["with half its padding", "Zg="],
    ["with too much padding", "Zm9v="],
    ["with spare bits that are not zero", "Zh=="],
    ["of the alphabet for URLs", "-_-_"],
    ["with a space", "Zm 9v"],
    ["with a newline at its end", "Zm9v\n"],
    ["with text behind its padding", "Zg==Zg=="],
    ["of something else", "가림"],
  ])("refuses base64 %s", (_, text) => {
    expect(decodeBase64(text)).toBeUndefined();
  });

  it("takes one text for each sequence of bytes", () => {
    fc.assert(
      fc.property(fc.base64String({ maxLength: 12 }), fc.string({ maxLength: 12 }), (text, other) => {
        for (const one of [text, other]) {
          const bytes = decodeBase64(one);
          if (bytes !== undefined) expect(encodeBase64(bytes)).toBe(one);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
