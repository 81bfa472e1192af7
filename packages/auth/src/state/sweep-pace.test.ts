import { describe, expect, it } from "vitest";
import { createSweepPace } from "./sweep-pace.ts";

describe("createSweepPace", () => {
  it("is due at once, and then every ten seconds", () => {
    const isDue = createSweepPace();
    expect([0, 9_999, 10_000, 19_999, 20_000].map(isDue)).toEqual([true, false, true, false, true]);
  });

  it("[S7] is due when the clock went back, and keeps its pace from there", () => {
    const isDue = createSweepPace();
    expect([1_000_000, 0, 9_999, 10_000].map(isDue)).toEqual([true, true, false, true]);
  });
});
