import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBase64url } from "./base64url.ts";

const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"];

describe("decodeBase64url", () => {
  it("reads back whatever was written", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const read = decodeBase64url(Buffer.from(bytes).toString("base64url"));
        expect(read && [...read]).toEqual([...bytes]);
      }),
    );
  });

  it.each(["Zg==", "Zg=", "Zg ", " Zg", "Z g", "Zg\n", "Zg.", "+/8", "-_8=", "Z", "Zm9vY", "Zé", "Ｚg"])(
    "[J3] refuses %j",
    (text) => {
      expect(decodeBase64url(text)).toBeUndefined();
    },
  );

  it("[J3] takes one text for a byte, whatever stands in the unused bits", () => {
    const taken = LETTERS.filter((last) => decodeBase64url(`Z${last}`) !== undefined);
    expect(taken).toEqual(["A", "Q", "g", "w"]);
  });
});
