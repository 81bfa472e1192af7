import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { windowsOf } from "./windows.ts";

const FAR = Number.MAX_SAFE_INTEGER;

describe("windowsOf", () => {
  it.each([
    ["an empty log", { first: 1, end: FAR }, 0, [[1, FAR]]],
    ["a log of one window", { first: 1, end: FAR }, 131_072, [[1, FAR]]],
    [
      "a place more",
      { first: 1, end: FAR },
      131_073,
      [
        [2, FAR],
        [1, 2],
      ],
    ],
    [
      "three windows",
      { first: 1, end: FAR },
      3_000_000,
      [
        [2_868_929, FAR],
        [771_777, 2_868_929],
        [1, 771_777],
      ],
    ],
    [
      "a later page",
      { first: 1, end: 2_500_000 },
      3_000_000,
      [
        [2_368_928, 2_500_000],
        [271_776, 2_368_928],
        [1, 271_776],
      ],
    ],
    ["a stretch of time", { first: 2_990_000, end: 3_000_000 }, 3_000_000, [[2_990_000, 3_000_000]]],
  ] as const)("splits %s", (_, places, last, ranges) => {
    expect(windowsOf(places, last)).toEqual(ranges.map(([first, end]) => ({ first, end })));
  });

  it("gives every place to one range, the last first", () => {
    const anyPlace = fc.integer({ min: 1, max: 5_000_000 });
    fc.assert(
      fc.property(anyPlace, anyPlace, fc.integer({ min: 0, max: 5_000_000 }), (one, other, last) => {
        const places = { first: Math.min(one, other), end: Math.max(one, other) + 1 };
        const ranges = windowsOf(places, last);
        expect(ranges[0]?.end).toBe(places.end);
        expect(ranges.at(-1)?.first).toBe(places.first);
        for (const [i, range] of ranges.entries()) {
          expect(range.first).toBeLessThan(range.end);
          if (i > 0) expect(range.end).toBe(ranges[i - 1]?.first);
        }
      }),
    );
  });
});
