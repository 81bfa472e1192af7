import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { startPostgresOrSkip } from "../../../test/services/postgres.ts";
import { startRedisOrSkip } from "../../../test/services/redis.ts";
import {
  connectIoredis,
  connectNodeRedis,
  type RedisConnection,
} from "../../../test/services/redis-clients.ts";
import { memoryState, postgresState, type StateStore } from "../src/index.ts";
import { redisState } from "../src/state/redis.ts";
import type { RedisClient } from "../src/state/redis-client.ts";

/** A machine under load answers late; what is shown here is no matter of time. */
const answerMs = 60_000;

/** A store that two nodes share, each over connections of its own where the store has any. */
export interface SharedStore {
  readonly name: string;
  connect(clock: () => number): Promise<readonly [StateStore, StateStore]>;
  stop(): Promise<void>;
}

/** Starts every implementation of the state port. */
export async function startStores(): Promise<readonly SharedStore[]> {
  const started = [
    startMemory(),
    startPGlite(),
    startPostgreSQL(),
    startRedis("redis", connectNodeRedis),
    startRedis("ioredis", connectIoredis),
  ];
  return (await Promise.all(started)).filter((store) => store !== undefined);
}

async function startMemory(): Promise<SharedStore> {
  return {
    name: "memory",
    async connect(clock) {
      const state = memoryState({ clock });
      return [state, state];
    },
    stop: async () => undefined,
  };
}

async function startPGlite(): Promise<SharedStore> {
  const database = await PGlite.create();
  return {
    name: "PGlite",
    async connect(clock) {
      const options = { clock, answerMs };
      return [await postgresState(database, options), await postgresState(database, options)];
    },
    stop: () => database.close(),
  };
}

async function startPostgreSQL(): Promise<SharedStore | undefined> {
  const server = await startPostgresOrSkip("state on PostgreSQL");
  if (server === undefined) return undefined;
  // Hosts set an isolation of their own; losing a race is an error then.
  const pools = ["read\\ committed", "repeatable\\ read"].map((isolation) => {
    const options = `-c default_transaction_isolation=${isolation}`;
    const pool = new pg.Pool({ connectionString: server.url, max: 10, options });
    // The server may stop before the last idle connection has said good-bye.
    return pool.on("error", () => undefined);
  });
  return {
    name: "PostgreSQL",
    async connect(clock) {
      const [one, other] = await Promise.all(pools.map((pool) => postgresState(pool, { clock, answerMs })));
      if (one === undefined || other === undefined) throw new Error("two nodes are two pools");
      return [one, other];
    },
    async stop() {
      await Promise.all(pools.map((pool) => pool.end()));
      await server.stop();
    },
  };
}

async function startRedis(
  library: string,
  connectClient: (url: string) => Promise<RedisConnection<RedisClient>>,
): Promise<SharedStore | undefined> {
  const server = await startRedisOrSkip(`state on Redis through ${library}`);
  if (server === undefined) return undefined;
  const [one, other] = [await connectClient(server.url), await connectClient(server.url)];
  return {
    name: `Redis through ${library}`,
    async connect(clock) {
      const options = { clock, answerMs };
      return [await redisState(one.client, options), await redisState(other.client, options)];
    },
    async stop() {
      await Promise.all([one.close(), other.close()]);
      await server.stop();
    },
  };
}
