import type { Database } from "@garim/express";
import { Pool } from "pg";
import { mountLine } from "../fixtures/factors.ts";
import { freshKeys } from "../fixtures/keys.ts";
import { openShop, type Shop } from "../fixtures/shop.ts";
import { type PostgresService, startPostgresOrSkip } from "../services/postgres.ts";
import { type RedisService, startRedisOrSkip } from "../services/redis.ts";
import { connectIoredis, connectNodeRedis } from "../services/redis-clients.ts";

/** A PostgreSQL and a Redis that tests may kill. */
export interface Stores {
  readonly postgres: PostgresService;
  readonly redis: RedisService;
}

/** One instance of the app. */
export interface AppNode {
  readonly shop: Shop;
  readonly port: number;
}

/** Two instances of one app on the same stores, each with connections and a Redis library of its own. */
export interface TwoNodes {
  readonly nodes: readonly [AppNode, AppNode];
  close(): Promise<void>;
}

/**
 * Starts both stores.
 *
 * @param settings - of Redis, as in redis.conf
 * @returns `undefined` where one of them cannot be started here, which is said
 */
export async function startStoresOrSkip(
  what: string,
  settings?: Readonly<Record<string, string>>,
): Promise<Stores | undefined> {
  const [postgres, redis] = await Promise.all([
    startPostgresOrSkip(what, { mustBeOwn: true }),
    startRedisOrSkip(what, { mustBeOwn: true, ...(settings ? { settings } : {}) }),
  ]);
  if (postgres !== undefined && redis !== undefined) return { postgres, redis };
  await Promise.all([postgres?.stop(), redis?.stop()]);
  return undefined;
}

/** @param clock - the one of both nodes, UTC milliseconds */
export async function openTwoNodes({ postgres, redis }: Stores, clock: () => number): Promise<TwoNodes> {
  const clients = [await connectNodeRedis(redis.url), await connectIoredis(redis.url)] as const;
  const pools = clients.map(() => new Pool({ connectionString: postgres.url, max: 10 }));
  const keys = freshKeys();
  const open = async (index: 0 | 1): Promise<AppNode> => {
    const options = { database: pools[index] as Database, redis: clients[index].client, keys, clock };
    const opened = await openShop(mountLine, options);
    const shop: Shop = {
      ...opened,
      clock: {
        get now() {
          return clock();
        },
      },
    };
    return { shop, port: await shop.listen() };
  };
  const nodes = [await open(0), await open(1)] as const;
  return {
    nodes,
    async close() {
      for (const { shop } of nodes) await shop.close();
      for (const client of clients) await client.close();
      await Promise.all(pools.map((pool) => pool.end()));
    },
  };
}
