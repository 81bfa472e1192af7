import { existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type Database, embedded } from "@garim/express";
import type { Pool } from "pg";
import { lockFolder } from "./folder-lock.ts";
import { PlainError } from "./plain-error.ts";
import { dropTables } from "./tables.ts";

/** A database the marketplace opened, and how it is closed. */
export interface OpenDatabase {
  readonly database: Database;
  close(): Promise<void>;
}

const PATIENCE_MS = 5_000;

/** Opens PostgreSQL inside this process, in a folder no other process may use meanwhile. */
export async function openEmbedded(folder: string, isFresh: boolean): Promise<OpenDatabase> {
  const unlock = lock(folder);
  try {
    const place = join(folder, "database");
    if (isFresh) clearDatabase(place, join(folder, "checkpoints"));
    const database = await embedded(place);
    return {
      database,
      async close() {
        await database.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Opens a pool to a PostgreSQL server. */
export async function openServer(url: string, isFresh: boolean): Promise<OpenDatabase> {
  const pool = await createPool(url);
  // A connection that breaks while idle is replaced; without a listener it would end the process.
  pool.on("error", () => undefined);
  try {
    await pool.query("SELECT 1");
    if (isFresh) await dropTables(pool);
    return { database: pool, close: () => pool.end() };
  } catch (error) {
    await pool.end();
    const { code = "no answer" } = error as { readonly code?: string };
    throw new PlainError(
      `DATABASE_URL: the database at ${addressOf(url)} cannot be used (${code}); start it or correct the address, or take DATABASE_URL away to use the embedded one`,
    );
  }
}

/** Makes a folder this process may write to. */
export function makeFolder(folder: string): void {
  try {
    makeFolders(resolve(folder));
  } catch (error) {
    throw cannotWrite(folder, error);
  }
}

/** Not `recursive: true`: Node 20 never returns from it in a place such as /proc, where a folder cannot be made. */
function makeFolders(folder: string): void {
  if (existsSync(folder)) return;
  makeFolders(dirname(folder));
  mkdirSync(folder);
}

function lock(folder: string): () => void {
  try {
    return lockFolder(folder);
  } catch (error) {
    throw error instanceof PlainError ? error : cannotWrite(folder, error);
  }
}

/** Says that a folder cannot be written to. */
export function cannotWrite(folder: string, error: unknown): PlainError {
  const { code = "" } = error as { readonly code?: string };
  return new PlainError(`The folder ${folder} cannot be written to (${code}); give another with --data DIR`);
}

/**
 * Deletes only what is a database, whatever folder was named. The checkpoints of its log go with it: no new log could be signed
 * beside those of one that is gone.
 */
function clearDatabase(place: string, checkpoints: string): void {
  if (!existsSync(join(place, "PG_VERSION"))) return;
  rmSync(place, { recursive: true });
  rmSync(checkpoints, { recursive: true, force: true });
}

async function createPool(url: string): Promise<Pool> {
  if (!URL.canParse(url))
    throw new PlainError("DATABASE_URL is no address; write postgres://user:password@host:5432/database");
  const { Pool } = await import("pg");
  return new Pool({ connectionString: url, connectionTimeoutMillis: PATIENCE_MS });
}

/** The address without user and password. */
function addressOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
