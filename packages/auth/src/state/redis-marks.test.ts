import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { startRedisOrSkip } from "../../../../test/services/redis.ts";
import { connectNodeRedis } from "../../../../test/services/redis-clients.ts";
import { handClock, NOON, race } from "../../test/people.ts";
import { redisState } from "./redis.ts";
import type { RedisCommand } from "./redis-client.ts";
import { watchEviction } from "./redis-eviction.ts";
import type { StateStore } from "./store.ts";

const WHAT = "marks of what was used, on a Redis that loses them";
const one = await startRedisOrSkip(WHAT, { mustBeOwn: true });
const other = await startRedisOrSkip(WHAT, { mustBeOwn: true });
const LATER = NOON + 60_000;
const MARGIN = 2_000;

describe.skipIf(one === undefined || other === undefined)("redisState.mark", async () => {
  const primary = one && (await connectNodeRedis(one.url));
  const replica = other && (await connectNodeRedis(other.url));
  const send = (...args: string[]) => primary?.client.sendCommand(args);
  let toReplica = false;
  const command: RedisCommand = async (args) => (toReplica ? replica : primary)?.client.sendCommand(args);
  const clock = handClock();

  afterAll(async () => {
    await Promise.all([primary?.close(), replica?.close()]);
    await Promise.all([one?.stop(), other?.stop()]);
  });

  const open = () => redisState(command, { clock, answerMs: 60_000 });
  const mark = (state: StateStore, name: string, madeAt: number) =>
    state.mark?.(name, madeAt + 180_000, madeAt);

  beforeEach(async () => {
    toReplica = false;
    clock.now = NOON;
    await send("FLUSHALL");
    await send("SCRIPT", "FLUSH");
  });

  it("[J5] makes each mark once, of however many who try", async () => {
    const state = await open();
    clock.now = LATER;
    const marks = await race(40, () => mark(state, "one", LATER) ?? Promise.reject(new Error("no marks")));
    expect(marks.filter((each) => each === "first")).toHaveLength(1);
    expect(marks.filter((each) => each === "used")).toHaveLength(39);
    expect(await mark(state, "two", LATER)).toBe("first");
  });

  it("knows nothing of what was made before it began, and two seconds more for clocks that are apart", async () => {
    const state = await open();
    expect(await mark(state, "a", NOON + MARGIN - 1)).toBe("unsure");
    expect(await mark(state, "a", NOON + MARGIN)).toBe("first");
  });

  it("takes a mark that its client sent twice for one", async () => {
    const state = await redisState(
      async (args, key) => {
        await command(args, key);
        return await command(args, key);
      },
      { clock, answerMs: 60_000 },
    );
    clock.now = LATER;
    expect(await mark(state, "a", LATER)).toBe("first");
    expect(await mark(state, "a", LATER)).toBe("used");
  });

  it("[J5] is unsure of everything from before a FLUSHALL, and sure of what is made later", async () => {
    const state = await open();
    clock.now = LATER;
    expect(await mark(state, "a", LATER)).toBe("first");
    await send("FLUSHALL");
    clock.now = LATER + 1_000;
    expect(await mark(state, "a", LATER)).toBe("unsure");
    clock.now = LATER + 10_000;
    expect(await mark(state, "b", clock.now)).toBe("first");
    expect(await mark(state, "a", LATER)).toBe("unsure");
  });

  it("[J5] is unsure after a replica took over that had not got the last marks", async () => {
    const state = await open();
    const { hostname, port, password } = new URL(one?.url ?? "");
    const tell = (...args: string[]) => replica?.client.sendCommand(args);
    await tell("CONFIG", "SET", "masterauth", password);
    await tell("REPLICAOF", hostname, port);
    await vi.waitFor(async () =>
      expect(String(await tell("INFO", "replication"))).toContain("master_link_status:up"),
    );
    await vi.waitFor(async () => expect(Number(await tell("EXISTS", "garim:{m0}:since"))).toBe(1));
    await tell("REPLICAOF", "NO", "ONE");
    clock.now = LATER;
    expect(await mark(state, "a", LATER)).toBe("first");
    toReplica = true;
    for (const name of ["a", "b", "c", "d"]) expect(await mark(state, name, LATER)).toBe("unsure");
    clock.now = LATER + MARGIN;
    // Every part began anew with the first, so nothing else is refused later on.
    await vi.waitFor(async () => {
      const since = await Promise.all(
        Array.from({ length: 16 }, (_, part) => tell("GET", `garim:{m${part}}:since`)),
      );
      expect(since.every((moment) => Number(moment) >= LATER)).toBe(true);
    });
    for (const name of ["e", "f", "g", "h"])
      expect(await mark(state, name, LATER + 2 * MARGIN)).toBe("first");
  });

  it("[T5] refuses everything once somebody lets Redis drop keys, and goes on when that is undone", async () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    try {
      const state = await open();
      await send("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
      vi.advanceTimersByTime(60_000);
      const unavailable = expect.objectContaining({ code: "ERR_GARIM_STATE_UNAVAILABLE" });
      await vi.waitFor(async () => {
        await expect(state.read("a")).rejects.toEqual(unavailable);
      });
      await expect(state.write("a", "1", null, null)).rejects.toEqual(unavailable);
      await expect(mark(state, "a", LATER)).rejects.toEqual(unavailable);
      await send("CONFIG", "SET", "maxmemory-policy", "noeviction");
      vi.advanceTimersByTime(60_000);
      await vi.waitFor(async () => expect(await state.read("a")).toBeUndefined());
    } finally {
      vi.useRealTimers();
      await send("CONFIG", "SET", "maxmemory-policy", "noeviction");
    }
  });

  it("[B1] makes no mark of a reply to another request", async () => {
    const state = await open();
    clock.now = LATER;
    let late: unknown;
    const mixing = await redisState(
      async (args, key) => {
        const reply = late;
        late = await command(args, key);
        return args[2] === "2" && !String(args[4]).endsWith(":open") ? reply : late;
      },
      { clock, answerMs: 60_000 },
    );
    expect(await mark(state, "a", LATER)).toBe("first");
    await expect(mark(mixing, "a", LATER)).rejects.toMatchObject({ code: "ERR_GARIM_STATE_UNAVAILABLE" });
  });
});

describe("watchEviction", () => {
  it("[T5] refuses everything while Redis would drop keys, from a minute on at the latest", async () => {
    let now = 0;
    let policy = "noeviction";
    const asked = vi.fn<RedisCommand>(async () => `maxmemory_policy:${policy}`);
    const check = watchEviction(asked, () => now);
    policy = "allkeys-lru";
    now = 59_999;
    check();
    expect(asked).not.toHaveBeenCalled();
    now = 60_000;
    check();
    await vi.waitFor(() => expect(check).toThrow("maxmemory-policy allkeys-lru"));
    expect(check).toThrow(expect.objectContaining({ code: "ERR_GARIM_STATE_UNAVAILABLE" }));
    policy = "noeviction";
    now = 120_000;
    expect(check).toThrow();
    await vi.waitFor(() => expect(check).not.toThrow());
    expect(asked).toHaveBeenCalledTimes(2);
  });
});
