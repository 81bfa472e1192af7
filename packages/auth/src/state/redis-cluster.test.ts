import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startRedisOrSkip } from "../../../../test/services/redis.ts";
import {
  connectIoredisCluster,
  connectNodeRedis,
  connectNodeRedisCluster,
} from "../../../../test/services/redis-clients.ts";
import { race } from "../../test/people.ts";
import { redisState } from "./redis.ts";
import type { RedisClient } from "./redis-client.ts";

const server = await startRedisOrSkip("state on a Redis cluster", {
  mustBeOwn: true,
  settings: { "cluster-enabled": "yes", "cluster-announce-ip": "127.0.0.1" },
});

describe.skipIf(server === undefined)("redisState, on a cluster", async () => {
  const url = server?.url ?? "";
  afterAll(() => server?.stop());

  beforeAll(async () => {
    const { client, close } = await connectNodeRedis(url);
    await client.sendCommand(["CLUSTER", "ADDSLOTSRANGE", "0", "16383"]);
    await vi.waitFor(async () => {
      expect(String(await client.sendCommand(["CLUSTER", "INFO"]))).toContain("cluster_state:ok");
    }, 30_000);
    await close();
  });

  async function showCompareAndSet(client: RedisClient, key: string): Promise<void> {
    const state = await redisState(client, { answerMs: 60_000 });
    const written = await race(20, (index) => state.write(key, `${index}`, null, null));
    expect(written.filter(Boolean)).toHaveLength(1);
    const entry = await state.read(key);
    expect(entry?.value).toBe(`${written.indexOf(true)}`);
    expect(await state.remove(key, entry?.version ?? null)).toBe(true);
  }

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
