import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { startRedisOrSkip } from "../../../../test/services/redis.ts";
import { connectNodeRedis } from "../../../../test/services/redis-clients.ts";
import { handClock, NOON } from "../../test/people.ts";
import { AUTH_DEFAULTS } from "../defaults.ts";
import { redisState } from "./redis.ts";
import type { RedisCommand } from "./redis-client.ts";

const unavailable = expect.objectContaining({ code: "ERR_GARIM_STATE_UNAVAILABLE" });
const server = await startRedisOrSkip("what is Redis' own in its state store", { mustBeOwn: true });

describe.skipIf(server === undefined)("redisState", async () => {
  const connection = server && (await connectNodeRedis(server.url));
  const redis: RedisCommand = async (args) => connection?.client.sendCommand(args);
  const send = (...args: string[]) => redis(args, undefined);

  afterEach(() => send("FLUSHALL"));
  afterAll(async () => {
    await connection?.close();
    await server?.stop();
  });

  /** Redis, with something wrong between it and the store; nothing until `break` is set. */
  async function startBreakable() {
    let broken: RedisCommand | null = null;
    const command: RedisCommand = (args, key) => (broken ?? redis)(args, key);
    const state = await redisState(command, { clock: handClock(), answerMs: 60_000 });
    const breakBy = (by: RedisCommand | null): void => {
      broken = by;
    };
    return { state, breakBy };
  }

  const fail = (message: string) => () => Promise.reject(new Error(message));

  it("[T5] rejects while Redis fails, and works again afterwards", async () => {
    const { state, breakBy } = await startBreakable();
    breakBy(() => Promise.reject(Object.assign(new Error("connect 10.0.0.1"), { code: "ECONNREFUSED" })));
    await expect(state.read("a")).rejects.toMatchObject({
      code: "ERR_GARIM_STATE_UNAVAILABLE",
      message: expect.stringContaining("(ECONNREFUSED)"),
    });
    breakBy(fail("READONLY You can't write against a read only replica."));
    await expect(state.write("a", "1", null, null)).rejects.toThrow("(READONLY)");
    breakBy(fail("kim@example.com"));
    await expect(state.remove("a", null)).rejects.toThrow("(Error)");
    breakBy(null);
    expect(await state.write("a", "1", null, null)).toBe(true);
  });

  it("[T5] rejects at the start when Redis fails or says nothing", async () => {
    await expect(redisState(fail("LOADING Redis is loading"))).rejects.toEqual(unavailable);
    await expect(redisState(() => new Promise(() => undefined), { answerMs: 5 })).rejects.toEqual(
      unavailable,
    );
  });

  it("[B1] serves no reply that belongs to another request", async () => {
    const { state, breakBy } = await startBreakable();
    await state.write("mine", "my session", null, null);
    await state.write("yours", "your session", null, null);
    let late: unknown;
    breakBy(async (args, key) => {
      const reply = late;
      late = await redis(args, key);
      return reply ?? late;
    });
    await state.read("mine");
    for (const ask of [() => state.read("yours"), () => state.read("nobody's"), () => state.read("mine")])
      await expect(ask()).rejects.toEqual(unavailable);
    await expect(state.write("new", "1", null, null)).rejects.toEqual(unavailable);
    await expect(state.remove("new", null)).rejects.toEqual(unavailable);
  });

  it("[B1] serves no value that is stored under another key", async () => {
    const { state } = await startBreakable();
    await state.write("mine", "my session", null, null);
    await state.write("yours", "your session", null, null);
    await send("COPY", "garim:yours", "garim:mine", "REPLACE");
    await expect(state.read("mine")).rejects.toEqual(unavailable);
    expect((await state.read("yours"))?.value).toBe("your session");
  });

  it.each([[null], ["OK"], [[]], [["ticket"]], [[Buffer.from("ticket")]], [{ 0: "ticket" }]])(
    "[B1] does not take %j for an answer",
    async (reply) => {
      const { state, breakBy } = await startBreakable();
      breakBy(async () => reply);
      await expect(state.read("a")).rejects.toEqual(unavailable);
    },
  );

  it("goes on where Redis forgot the scripts", async () => {
    const { state } = await startBreakable();
    await state.write("a", "1", null, null);
    await send("SCRIPT", "FLUSH");
    const version = (await state.read("a"))?.version ?? Number.NaN;
    await send("SCRIPT", "FLUSH");
    expect(await state.write("a", "2", version, null)).toBe(true);
    expect((await state.read("a"))?.value).toBe("2");
  });

  it("counts a write as one that its client sent again because the answer to it was lost", async () => {
    const { state, breakBy } = await startBreakable();
    breakBy(async (args, key) => {
      await redis(args, key);
      return await redis(args, key);
    });
    expect(await state.write("a", "1", null, null)).toBe(true);
    const version = (await state.read("a"))?.version ?? Number.NaN;
    expect(await state.write("a", "2", version, null)).toBe(true);
    expect(await state.write("a", "3", version, null)).toBe(false);
  });

  it("never gives back an old version, also where Redis lost everything", async () => {
    const { state } = await startBreakable();
    await state.write("a", "1", null, null);
    const version = (await state.read("a"))?.version ?? Number.NaN;
    await send("FLUSHALL");
    expect(await state.write("a", "2", version, null)).toBe(false);
    await state.write("a", "3", null, null);
    expect(await state.write("a", "4", version, null)).toBe(false);
    expect(await state.remove("a", version)).toBe(false);
  });

  it("has Redis delete what has expired a good while later, and keep the rest", async () => {
    const { state } = await startBreakable();
    const keptMs = async () => Number(await send("PTTL", "garim:a"));
    const versionOf = async () => (await state.read("a"))?.version ?? null;
    await state.write("a", "brief", null, NOON + 1_000);
    expect(await keptMs()).toBeGreaterThan(AUTH_DEFAULTS.redisMarginMs / 2);
    expect(await keptMs()).toBeLessThanOrEqual(AUTH_DEFAULTS.redisMarginMs + 1_000);
    await state.write("a", "for ever", await versionOf(), null);
    expect(await keptMs()).toBe(-1);
    await state.write("a", "endless", await versionOf(), Number.MAX_VALUE);
    expect(await keptMs()).toBeGreaterThan(AUTH_DEFAULTS.redisMarginMs);
    const keys = (await send("KEYS", "*")) as string[];
    expect(keys.filter((key) => !key.endsWith(":since"))).toEqual(["garim:a"]);
  });

  it("[T5] rejects writes where Redis is full, and drops nothing", async () => {
    const { state } = await startBreakable();
    await state.write("a", "1", null, null);
    await send("CONFIG", "SET", "maxmemory", "1");
    try {
      await expect(state.write("b", "1", null, null)).rejects.toThrow("(OOM)");
      expect((await state.read("a"))?.value).toBe("1");
    } finally {
      await send("CONFIG", "SET", "maxmemory", "0");
    }
  });

  it("refuses a Redis that drops keys when it is full, and says what to set", async () => {
    await send("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
    try {
      await expect(redisState(redis)).rejects.toMatchObject({
        code: "ERR_GARIM_DEPLOYMENT",
        message: expect.stringContaining("maxmemory-policy noeviction"),
      });
    } finally {
      await send("CONFIG", "SET", "maxmemory-policy", "noeviction");
    }
  });

  it("needs no right beyond those the README names, and warns where it may not ask for the policy", async () => {
    const commands = "+eval +evalsha +hmget +hget +hset +pexpire +persist +del +get +set".split(" ");
    await send("ACL", "SETUSER", "garim", "on", ">secret", "~garim:*", ...commands);
    const url = new URL(server?.url ?? "");
    url.username = "garim";
    url.password = "secret";
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
    const own = await connectNodeRedis(url.href);
    try {
      const state = await redisState(own.client, { answerMs: 60_000 });
      expect(warn.mock.calls).toEqual([[expect.stringContaining("noeviction"), expect.anything()]]);
      expect(await state.write("a", "1", null, Date.now() + 60_000)).toBe(true);
      expect(await state.write("a", "1", (await state.read("a"))?.version ?? null, null)).toBe(true);
      expect(await state.remove("a", null)).toBe(true);
    } finally {
      warn.mockRestore();
      await own.close();
    }
  });
});
