import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { freePort } from "../../../../test/services/free-port.ts";
import { type RedisService, startRedisOrSkip } from "../../../../test/services/redis.ts";
import {
  connectIoredisCluster,
  connectNodeRedis,
  connectNodeRedisCluster,
} from "../../../../test/services/redis-clients.ts";
import { handClock, race } from "../../test/people.ts";
import { redisState } from "./redis.ts";
import type { RedisClient } from "./redis-client.ts";
import type { StateStore } from "./store.ts";

const MASTERS = 3;
const SLOTS = 16_384;

interface Master {
  readonly server: RedisService;
  readonly busPort: number;
}

async function startMaster(): Promise<Master | undefined> {
  const busPort = await freePort();
  const server = await startRedisOrSkip("state on a Redis cluster", {
    mustBeOwn: true,
    settings: {
      "cluster-enabled": "yes",
      "cluster-announce-ip": "127.0.0.1",
      "cluster-port": String(busPort),
      "cluster-node-timeout": "5000",
    },
  });
  return server && { server, busPort };
}

const masters = (await Promise.all(Array.from({ length: MASTERS }, startMaster))).filter(
  (master) => master !== undefined,
);
const [first] = masters;

describe.skipIf(masters.length < MASTERS)("redisState, on a cluster of three masters", async () => {
  const url = first?.server.url ?? "";
  const { password } = new URL(url === "" ? "redis://none" : url);

  const ask = async (master: Master, ...args: string[]): Promise<string> => {
    const own = new URL(master.server.url);
    own.password = password;
    const { client, close } = await connectNodeRedis(own.href);
    const answer = String(await client.sendCommand(args));
    await close();
    return answer;
  };

  beforeAll(async () => {
    for (const { server } of masters) {
      const { client, close } = await connectNodeRedis(server.url);
      await client.sendCommand(["CONFIG", "SET", "requirepass", password]);
      await close();
    }
    for (const [i, master] of masters.entries()) {
      const [from, to] = [i, i + 1].map((part) => Math.floor((part * SLOTS) / MASTERS));
      await ask(master, "CLUSTER", "ADDSLOTSRANGE", String(from), String((to ?? SLOTS) - 1));
      const { port } = new URL(master.server.url);
      if (first !== undefined && master !== first)
        await ask(first, "CLUSTER", "MEET", "127.0.0.1", port, String(master.busPort));
    }
    for (const master of masters)
      await vi.waitFor(async () => {
        const info = await ask(master, "CLUSTER", "INFO");
        expect(info).toContain("cluster_state:ok");
        expect(info).toContain(`cluster_known_nodes:${MASTERS}`);
        expect(info).toContain(`cluster_slots_ok:${SLOTS}`);
      }, 30_000);
  });
  afterAll(() => Promise.all(masters.map(({ server }) => server.stop())));

  async function showCompareAndSet(client: RedisClient, name: string): Promise<void> {
    const clock = handClock();
    const state = await redisState(client, { clock, answerMs: 60_000 });
    for (const key of ["a", "b", "c", "d", "e", "f"]) await showOneKey(state, `${name}-${key}`);
    clock.now += 60_000;
    const names = Array.from({ length: 32 }, (_, i) => `${name}-${i}`);
    for (const each of ["first", "used"])
      for (const one of names) expect(await state.mark?.(one, clock.now + 60_000, clock.now)).toBe(each);
  }

  async function showOneKey(state: StateStore, key: string): Promise<void> {
    const written = await race(20, (index) => state.write(key, `${index}`, null, null));
    expect(written.filter(Boolean)).toHaveLength(1);
    const entry = await state.read(key);
    expect(entry?.value).toBe(`${written.indexOf(true)}`);
    expect(await state.remove(key, entry?.version ?? null)).toBe(true);
  }

  it("has keys on all three", async () => {
    const { client, close } = await connectIoredisCluster(url);
    await showCompareAndSet(client, "spread");
    const held = await Promise.all(masters.map((master) => ask(master, "DBSIZE")));
    expect(held.every((keys) => Number(keys) > 0)).toBe(true);
    await close();
  });

  it("works through redis, whose cluster is told the key by a function", async () => {
    const { client, close } = await connectNodeRedisCluster(url);
    await showCompareAndSet((args, key) => client.sendCommand(key, false, args), "one");
    await expect(redisState(client as unknown as RedisClient)).rejects.toMatchObject({
      code: "ERR_GARIM_OPTION_INVALID",
      message: expect.stringContaining("(args, key) => cluster.sendCommand(key, false, args)"),
    });
    await close();
  });

  it("works through ioredis, whose cluster fits as it is", async () => {
    const { client, close } = await connectIoredisCluster(url);
    await showCompareAndSet(client, "two");
    await close();
  });
});
