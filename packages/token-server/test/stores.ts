import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { startPostgresOrSkip } from "../../../test/services/postgres.ts";
import type { ArtifactDatabase } from "../src/store/database.ts";

/** A database of the token server's, empty. */
export interface Store {
  readonly name: string;
  readonly database: ArtifactDatabase;
  stop(): Promise<void>;
}

/** PGlite, and PostgreSQL where it runs. */
export async function openStores(): Promise<readonly Store[]> {
  const stores = [await openPglite(), await openPostgres()];
  return stores.filter((store) => store !== undefined);
}

async function openPglite(): Promise<Store> {
  const database = await PGlite.create();
  return { name: "PGlite", database, stop: () => database.close() };
}

async function openPostgres(): Promise<Store | undefined> {
  const service = await startPostgresOrSkip("stores of the token server on PostgreSQL");
  if (service === undefined) return undefined;
  const database = new pg.Pool({ connectionString: service.url, max: 8 });
  database.on("error", () => undefined);
  const stop = async (): Promise<void> => {
    await database.end();
    await service.stop();
  };
  return { name: "PostgreSQL", database, stop };
}
