import { describe, expect, it } from "vitest";
import { signedMoment } from "./moment.ts";

const of = (...extensions: readonly string[]): number | null =>
  signedMoment({ origin: "shop.example/access-log", size: 1, root: new Uint8Array(32), extensions });

describe("signedMoment", () => {
  it("reads the line of the signer's clock, whichever lines stand beside it", () => {
    expect(of("at 2026-11-22T09:00:02.123Z")).toBe(Date.parse("2026-11-22T09:00:02.123Z"));
    expect(of("x", "at 1970-01-01T00:00:00.000Z", "at 2026-11-22T09:00:02.123Z")).toBe(0);
  });

  it.each([
    [],
    ["at"],
    ["at "],
    ["2026-11-22T09:00:02.123Z"],
    ["at 2026-11-22"],
    ["at 2026-11-22T09:00:02Z"],
    ["at 2026-02-30T09:00:02.123Z"],
    ["at 2026-11-22T18:00:02.123+09:00"],
    ["at soon"],
  ])("knows of none in %j", (...lines) => {
    expect(of(...lines)).toBeNull();
  });
});
