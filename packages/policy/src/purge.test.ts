import { describe, expect, it } from "vitest";
import { DAY } from "./moment.ts";
import { resolvePolicy } from "./policy.ts";
import { purgeBy } from "./purge.ts";

const NOON = Date.parse("2026-11-22T12:00:00+09:00");
const policy = resolvePolicy();

describe("purgeBy", () => {
  it.each([
    ["a purpose without an end yet", null, NOON, NOON + 5 * DAY],
    ["a purpose that ends first", NOON - 1, NOON, NOON - 1 + 5 * DAY],
    ["a grant that ends first", NOON + 1, NOON, NOON + 5 * DAY],
  ])("[pipa/21] is 5 x 24 h after the end of the need, of %s", (_, until, grantUntil, due) => {
    expect(purgeBy(until, grantUntil, policy)).toBe(due);
  });

  it("follows a stricter policy, down to at once", () => {
    expect(purgeBy(null, NOON, resolvePolicy({ destroyDays: 0 }))).toBe(NOON);
  });

  it.each([
    [Number.NaN, NOON],
    [NOON, Number.NaN],
    [null, Number.POSITIVE_INFINITY],
    [undefined, NOON],
    ["2026-11-22", NOON],
  ])("knows no time of %s and %s", (until, grantUntil) => {
    expect(purgeBy(until as number | null, grantUntil, policy)).toBeNaN();
  });
});
