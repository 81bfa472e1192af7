import { describe, expect, it } from "vitest";
import { dayOf } from "./day.ts";

describe("dayOf", () => {
  it.each([
    ["2026-11-22T00:00:00.000+09:00", "2026-11-22T00:00:00+09:00"],
    ["2026-11-21T23:59:59.999+09:00", "2026-11-21T00:00:00+09:00"],
    ["2026-11-22T08:59:59.999+09:00", "2026-11-22T00:00:00+09:00"],
    ["2026-11-22T09:00:00.000+09:00", "2026-11-22T00:00:00+09:00"],
  ])("of %s began at %s, Korean time", (at, expected) => {
    expect(dayOf(Date.parse(at))).toBe(Date.parse(expected));
  });
});
