import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { startPostgresOrSkip } from "../../../test/services/postgres.ts";
import type { DutyDatabase } from "../src/index.ts";

/** A database that two nodes share, each over connections of its own where it has any. */
export interface SharedDatabase {
  readonly name: string;
  readonly nodes: readonly [DutyDatabase, DutyDatabase];
  stop(): Promise<void>;
}

/** Every database the register may lie in. */
export async function startDatabases(): Promise<readonly SharedDatabase[]> {
  const started = await Promise.all([startPGlite(), startPostgreSQL()]);
  return started.filter((one) => one !== undefined);
}

async function startPGlite(): Promise<SharedDatabase> {
  const database = await PGlite.create();
  return { name: "PGlite", nodes: [database, database], stop: () => database.close() };
}

async function startPostgreSQL(): Promise<SharedDatabase | undefined> {
  const server = await startPostgresOrSkip("the register on PostgreSQL");
  if (server === undefined) return undefined;
  // Hosts set an isolation of their own; losing a race is an error then.
  const open = (isolation: string): pg.Pool => {
    const options = `-c default_transaction_isolation=${isolation}`;
    const pool = new pg.Pool({ connectionString: server.url, max: 10, options });
    // The server may stop before the last idle connection has said good-bye.
    return pool.on("error", () => undefined);
  };
  const nodes = [open("read\\ committed"), open("repeatable\\ read")] as const;
  return {
    name: "PostgreSQL",
    nodes,
    async stop() {
      await Promise.all(nodes.map((pool) => pool.end()));
      await server.stop();
    },
  };
}
