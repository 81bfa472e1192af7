import { afterEach, describe, expect, it, vi } from "vitest";
import { type Locate, locateWithin } from "./locator.ts";

const failed = expect.objectContaining({ code: "ERR_GARIM_SIGNAL" });

afterEach(() => {
  vi.useRealTimers();
});

describe("locateWithin", () => {
  it("reads what the host's database says, at once or later", async () => {
    expect(await locateWithin(() => ({ country: "KR" }), "203.0.113.7")).toEqual({ country: "KR" });
    expect(await locateWithin(async () => ({ country: "KR" }), "203.0.113.7")).toEqual({ country: "KR" });
    expect(await locateWithin(() => null, "203.0.113.7")).toBeNull();
    expect(await locateWithin(null, "203.0.113.7")).toBeNull();
  });

  it.each<[string, Locate]>([
    [
      "throws",
      () => {
        throw new Error("down");
      },
    ],
    ["rejects", () => Promise.reject(new Error("down"))],
  ])("rejects where it %s", async (_, locate) => {
    await expect(locateWithin(locate, "203.0.113.7")).rejects.toEqual(failed);
  });

  it("waits a second for one that hangs, and no longer", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const located = expect(locateWithin(() => new Promise(() => undefined), "203.0.113.7")).rejects.toEqual(
      failed,
    );
    await vi.advanceTimersByTimeAsync(1_000);
    await located;
    expect(vi.getTimerCount()).toBe(0);
  });

  it("leaves no timer behind", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    await locateWithin(() => null, "203.0.113.7");
    expect(vi.getTimerCount()).toBe(0);
  });
});
