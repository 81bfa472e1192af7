import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { setPriority } from "node:os";
import { promisify } from "node:util";
import { Pool } from "pg";
import type { PostgresService } from "../../services/postgres.ts";

/** A server for this alone: what it holds is thrown away, so nothing of it is flushed while it is filled. */
export const SETTINGS: Readonly<Record<string, string>> = {
  fsync: "off",
  full_page_writes: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
  max_wal_size: "8GB",
  shared_buffers: "1GB",
  maintenance_work_mem: "1GB",
  autovacuum: "off",
  max_parallel_maintenance_workers: "1",
};

const run = promisify(execFile);

/** One connection, so that what is counted of it is what was asked on it. */
export function openPool(url: string, max = 1): Pool {
  const pool = new Pool({ connectionString: url, max });
  pool.on("error", () => undefined);
  return pool;
}

/** From here on, and in servers started from here on, as patient as others need it or as quick as can be; only root may become quicker. */
export function hurry(isUrgent: boolean): void {
  try {
    setPriority(isUrgent ? 0 : 19);
  } catch {
    // Then it is measured as patiently as it was filled.
  }
}

/** Starts the server anew and drops what the system remembers of its files. @returns whether it could */
export async function cool(server: PostgresService): Promise<boolean> {
  await server.restart();
  await run("sync");
  try {
    await writeFile("/proc/sys/vm/drop_caches", "3");
    return true;
  } catch {
    return false;
  }
}
