import { describe, expect, it, vi } from "vitest";
import { handClock, NOON, someStaff } from "../../test/people.ts";
import { AUTH_DEFAULTS } from "../defaults.ts";
import { createSessionCache, type Stored } from "./cache.ts";
import { type Login, readLogin } from "./login.ts";
import { EMPTY_ROSTER } from "./roster.ts";

const stored: Stored = { record: undefined, roster: EMPTY_ROSTER };
const worker = someStaff();
const login = readLogin(worker);

function start() {
  const clock = handClock();
  const load = vi.fn(async (_: Login) => stored);
  return { clock, load, cache: createSessionCache(load, clock) };
}

describe("cache.read", () => {
  it.each([
    ["in the same millisecond", 0, 1],
    ["in the last millisecond of the second", 999, 1],
    ["a second later", 1_000, 2],
    ["[S7] after the clock went back", -1, 2],
  ])("shares a read with one %s, or reads again", (_, after, times) => {
    const { clock, load, cache } = start();
    cache.read(login);
    clock.now = NOON + after;
    cache.read(login);
    expect(load).toHaveBeenCalledTimes(times);
  });

  it("gives what was loaded, and keeps log-ins apart", async () => {
    const { load, cache } = start();
    expect(await cache.read(login).stored).toBe(stored);
    cache.read(readLogin({ ...worker, authenticatedAt: NOON + 1 }));
    expect(load).toHaveBeenCalledTimes(2);
  });

  it("[S1] reads again for another seller of the same log-in: that worker has another roster", () => {
    const { load, cache } = start();
    cache.read(login);
    cache.read(readLogin({ ...worker, sellerId: "seller-2" }));
    cache.read(login);
    expect(load).toHaveBeenCalledTimes(3);
  });

  it("[T5] tells a failure to those who wait for it, and does not remember it", async () => {
    const { load, cache } = start();
    load.mockRejectedValueOnce(new Error("down"));
    const [one, other] = [cache.read(login), cache.read(login)];
    await expect(one.stored).rejects.toThrow("down");
    await expect(other.stored).rejects.toThrow("down");
    expect(await cache.read(login).stored).toBe(stored);
  });
});

describe("cache.read of many log-ins", () => {
  it("holds the reads of about a second, not of the last ten thousand log-ins", () => {
    const { clock, cache } = start();
    const reads = Array.from({ length: 30_000 }, (_, i) => {
      clock.now = NOON + i;
      return cache.read(readLogin({ ...worker, authenticatedAt: NOON - 30_000 + i }));
    });
    const held = reads.filter(({ isDropped }) => !isDropped);
    expect(held.length).toBe(AUTH_DEFAULTS.cacheMs);
    expect(held).toEqual(reads.slice(-held.length));
  });

  it("lets go after a burst, too, and keeps what is fresh", () => {
    const { clock, cache } = start();
    const readAt = (at: number, i: number) => {
      clock.now = at;
      return cache.read(readLogin({ ...worker, authenticatedAt: NOON - i }));
    };
    const burst = Array.from({ length: 4_000 }, (_, i) => readAt(NOON, i));
    expect(burst.some(({ isDropped }) => isDropped)).toBe(false);
    const later = Array.from({ length: 1_000 }, (_, i) => readAt(NOON + 1_000, 10_000 + i));
    expect(burst.every(({ isDropped }) => isDropped)).toBe(true);
    expect(later.some(({ isDropped }) => isDropped)).toBe(false);
  });
});

describe("cache.read of sessions in use", () => {
  const others = Array.from({ length: 150 }, (_, i) =>
    readLogin({ ...worker, authenticatedAt: NOON - i - 1 }),
  );

  it("makes those that are soon too old anew in the same turn, a hundred at most", () => {
    const { clock, load, cache } = start();
    for (const one of [...others, ...others]) cache.read(one);
    clock.now = NOON + 899;
    cache.read(login);
    expect(load).toHaveBeenCalledTimes(151);
    clock.now = NOON + 900;
    cache.read(readLogin({ ...worker, authenticatedAt: NOON + 1 }));
    expect(load).toHaveBeenCalledTimes(151 + 1 + 100);
    clock.now = NOON + 1_899;
    for (const one of others.slice(0, 100)) cache.read(one);
    expect(load).toHaveBeenCalledTimes(151 + 1 + 100);
  });

  it("[S7] goes on second after second: those read together grow too old together, and none is left out", () => {
    const { clock, load, cache } = start();
    const few = others.slice(0, 3);
    for (const second of [0, 1, 2, 3]) {
      clock.now = NOON + second * 1_000;
      cache.read(few[second % 3] as Login);
      expect(load).toHaveBeenCalledTimes(second === 0 ? 1 : 3 * (second + 1));
      for (const one of [...few, ...few]) cache.read(one);
    }
  });

  it("leaves alone those nobody asked for again, those too old, and its own", () => {
    const { clock, load, cache } = start();
    cache.read(login);
    cache.read(login);
    cache.read(others[0] as Login);
    clock.now = NOON + 900;
    cache.forget(login.key);
    cache.read(login);
    expect(load).toHaveBeenCalledTimes(3);
    cache.read(login);
    clock.now = NOON + 2_900;
    cache.read(others[1] as Login);
    expect(load).toHaveBeenCalledTimes(4);
  });

  it("answers nothing by the read before", () => {
    const { clock, cache } = start();
    const before = cache.read(others[0] as Login);
    cache.read(others[0] as Login);
    clock.now = NOON + 900;
    cache.read(login);
    expect(before.isDropped).toBe(true);
    expect(cache.read(others[0] as Login).startedAt).toBe(NOON + 900);
  });
});

describe("cache.forget", () => {
  it("makes the next one read again", () => {
    const { load, cache } = start();
    cache.read(login);
    cache.forget(login.key);
    cache.read(login);
    expect(load).toHaveBeenCalledTimes(2);
  });
});
