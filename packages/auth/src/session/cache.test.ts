import { describe, expect, it, vi } from "vitest";
import { handClock, NOON } from "../../test/people.ts";
import { memoryState } from "../state/memory.ts";
import { createSessionCache } from "./cache.ts";
import { encodeSession } from "./record.ts";

function start() {
  const clock = handClock();
  const state = memoryState({ clock });
  const read = vi.spyOn(state, "read");
  return { clock, state, read, cache: createSessionCache(state, clock) };
}

describe("cache.read", () => {
  it.each([
    ["in the same millisecond", 0, 1],
    ["in the last millisecond of the second", 999, 1],
    ["a second later", 1_000, 2],
    ["[S7] after the clock went back", -1, 2],
  ])("shares a read with one %s, or reads again", (_, after, times) => {
    const { clock, read, cache } = start();
    cache.read("a");
    clock.now = NOON + after;
    cache.read("a");
    expect(read).toHaveBeenCalledTimes(times);
  });

  it("reads what is stored, and nothing where nothing is", async () => {
    const { state, cache } = start();
    const record = {
      idHash: "0".repeat(64),
      authenticatedAt: NOON,
      openedAt: NOON,
      lastActivityAt: NOON,
      secondFactor: null,
      ended: null,
    };
    await state.write("a", encodeSession(record), null, null);
    expect(await cache.read("a").record).toEqual(record);
    expect(await cache.read("b").record).toBeUndefined();
  });

  it("[T5] tells a failure to those who wait for it, and does not remember it", async () => {
    const { read, cache } = start();
    read.mockRejectedValueOnce(new Error("down"));
    const [one, other] = [cache.read("a"), cache.read("a")];
    await expect(one.record).rejects.toThrow("down");
    await expect(other.record).rejects.toThrow("down");
    expect(await cache.read("a").record).toBeUndefined();
  });
});

describe("cache.forget", () => {
  it("makes the next one read again", () => {
    const { read, cache } = start();
    cache.read("a");
    cache.forget("a");
    cache.read("a");
    expect(read).toHaveBeenCalledTimes(2);
  });
});
