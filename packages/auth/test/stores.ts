import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { leftOut } from "../../../test/services/left-out.ts";
import { startPostgresOrSkip } from "../../../test/services/postgres.ts";
import { memoryState, postgresState, type StateStore } from "../src/index.ts";

/** A store that two nodes share, each over connections of its own where the store has any. */
export interface SharedStore {
  readonly name: string;
  connect(clock: () => number): Promise<readonly [StateStore, StateStore]>;
  stop(): Promise<void>;
}

/** Starts every implementation of the state port. */
export async function startStores(): Promise<readonly SharedStore[]> {
  const stores = await Promise.all([startMemory(), startPGlite(), startPostgreSQL()]);
  return stores.filter((store) => store !== undefined);
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
      return [await postgresState(database, { clock }), await postgresState(database, { clock })];
    },
    stop: () => database.close(),
  };
}

async function startPostgreSQL(): Promise<SharedStore | undefined> {
  const server = await startPostgresOrSkip("state on PostgreSQL");
  if (server === undefined) {
    leftOut("the state port on PostgreSQL", "it cannot be started here; set DATABASE_URL");
    return undefined;
  }
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
      const [one, other] = await Promise.all(pools.map((pool) => postgresState(pool, { clock })));
      if (one === undefined || other === undefined) throw new Error("two nodes are two pools");
      return [one, other];
    },
    async stop() {
      await Promise.all(pools.map((pool) => pool.end()));
      await server.stop();
    },
  };
}
