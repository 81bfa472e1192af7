import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AesStream } from "./aes-stream.ts";

const PASSWORD = "Garim!2026-key";
const SALT = new Uint8Array(16).fill(7);

describe("AesStream", () => {
  it("seals pieces of any lengths as it seals all of them in one", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 70 }), { maxLength: 8 }), (pieces) => {
        const [one, other] = [new AesStream(PASSWORD, SALT), new AesStream(PASSWORD, SALT)];
        const sealed = Buffer.concat(pieces.map((piece) => one.seal(piece)));
        expect(sealed).toEqual(Buffer.from(other.seal(Buffer.concat(pieces))));
        expect(one.end()).toEqual(other.end());
      }),
    );
  });

  it("uses a salt once: the same text under the same password never looks the same", () => {
    const [one, other] = [new AesStream(PASSWORD), new AesStream(PASSWORD)];
    const clear = new Uint8Array(64);
    expect(one.head).not.toEqual(other.head);
    expect(one.seal(clear)).not.toEqual(other.seal(clear));
    expect([one.head.length, one.end().length]).toEqual([18, 10]);
  });
});
