import { describe, expect, it } from "vitest";
import { handClock, NOON } from "../../test/people.ts";
import { memoryState } from "./memory.ts";

describe("memoryState", () => {
  it("[T5] refuses a new key when full, and drops none", async () => {
    const state = memoryState({ max: 2, clock: handClock() });
    await state.write("a", "used code", null, null);
    await state.write("b", "lock", null, NOON + 1);
    await expect(state.write("c", "new", null, null)).rejects.toMatchObject({
      code: "ERR_GARIM_STATE_UNAVAILABLE",
      message: expect.stringContaining("memoryState({ max: 4 })"),
    });
    expect((await state.read("a"))?.value).toBe("used code");
    expect((await state.read("b"))?.value).toBe("lock");
  });

  it("still replaces keys when full", async () => {
    const state = memoryState({ max: 1, clock: handClock() });
    await state.write("a", "first", null, null);
    const version = (await state.read("a"))?.version ?? Number.NaN;
    expect(await state.write("a", "second", version, null)).toBe(true);
  });

  it("takes the room of expired keys", async () => {
    const clock = handClock();
    const state = memoryState({ max: 1, clock });
    await state.write("a", "brief", null, NOON + 1);
    clock.now = NOON + 1;
    expect(await state.write("b", "new", null, null)).toBe(true);
  });
});
