import { describe, expect, it } from "vitest";
import { createPace } from "./pace.ts";

const HOUR = 3_600_000;

describe("createPace", () => {
  it("lets an address go ten times an hour, to the last millisecond", () => {
    let now = 0;
    const pace = createPace(() => now);
    for (let i = 0; i < 10; i++) {
      expect(pace.mayGo("203.0.113.7")).toBe(true);
      pace.count("203.0.113.7");
    }
    now = HOUR - 1;
    expect(pace.mayGo("203.0.113.7")).toBe(false);
    expect(pace.mayGo("203.0.113.8")).toBe(true);
    now = HOUR;
    expect(pace.mayGo("203.0.113.7")).toBe(true);
  });

  it("tells ten thousand addresses apart, and lets others go when some are forgotten", () => {
    let now = 0;
    const pace = createPace(() => now);
    for (let i = 0; i < 10_000; i++) pace.count(`address-${i}`);
    expect([pace.mayGo("another"), pace.mayGo("address-1")]).toEqual([false, true]);
    now = HOUR;
    expect(pace.mayGo("another")).toBe(true);
  });
});
