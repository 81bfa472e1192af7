import { describe, expect, it } from "vitest";
import { rememberFailures } from "./remember-failures.ts";

describe("rememberFailures", () => {
  it("does not ask again for five seconds what failed, and asks each time what did not", async () => {
    let now = 0;
    let asked = 0;
    let isDown = true;
    const ask = rememberFailures(
      async (address) => {
        asked += 1;
        if (isDown) throw new Error(address);
        return address;
      },
      () => now,
    );
    await expect(ask("a")).rejects.toThrow("a");
    isDown = false;
    now = 4_999;
    await expect(ask("a")).rejects.toThrow("a");
    expect(asked).toBe(1);
    expect(await ask("b")).toBe("b");
    now = 5_000;
    expect([await ask("a"), await ask("a"), asked]).toEqual(["a", "a", 4]);
  });
});
