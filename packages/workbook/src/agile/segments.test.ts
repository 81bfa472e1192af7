import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decrypt } from "./digest.ts";
import { makePackageKey, segmentVector } from "./package-key.ts";
import { SEGMENT, Segments } from "./segments.ts";

describe("Segments", () => {
  it("makes the same of a package in pieces of any size, and loses no byte", () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 3 * SEGMENT }), { maxLength: 8 });
    fc.assert(
      fc.property(sizes, (pieces) => {
        const key = makePackageKey();
        const segments = new Segments(key);
        const clear = pieces.map((size, i) => Buffer.alloc(size, i + 1));
        const sealed = Buffer.concat([...clear.map((piece) => segments.push(piece)), segments.end()]);
        const whole = Buffer.concat(clear);
        expect(segments.clearBytes).toBe(whole.length);
        expect(sealed.length).toBe(Math.ceil(whole.length / 16) * 16);
        const opened = Array.from({ length: Math.ceil(sealed.length / SEGMENT) }, (_, i) =>
          decrypt(key.key, segmentVector(key, i), sealed.subarray(i * SEGMENT, (i + 1) * SEGMENT)),
        );
        expect(Buffer.concat(opened).subarray(0, whole.length).equals(whole)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
