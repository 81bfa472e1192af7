import { describe, expect, it } from "vitest";
import { isSharedAccountSign } from "./shared-account.ts";

describe("isSharedAccountSign", () => {
  it("[notice-2026-9/5-4] takes two places at once, and one place for many names, for more than one person", () => {
    expect(["impossible-hop", "shared-password"].map((one) => isSharedAccountSign(one as never))).toEqual([
      true,
      true,
    ]);
  });

  it.each(["new-device", "new-network", "watch-volume", null] as const)("takes %s for none", (reason) => {
    expect(isSharedAccountSign(reason)).toBe(false);
  });
});
