import { readFile } from "node:fs/promises";
import type { Pool } from "pg";

/** Linux counts processor time in hundredths of a second. */
const TICK_MICROSECONDS = 10_000;

/**
 * Processor time until now of this process and of every process of its database server, in microseconds: what a busy machine does not
 * change. Connections must stay open between two looks.
 *
 * @returns `undefined` where the system does not tell of other processes
 */
export async function processorTime(admin: Pool): Promise<number | undefined> {
  const theirs = await databaseTime(admin);
  if (theirs === undefined) return undefined;
  const { user, system } = process.cpuUsage();
  return user + system + theirs;
}

/** As {@link processorTime}, of the database server's processes alone. */
export async function databaseTime(admin: Pool): Promise<number | undefined> {
  const { rows } = await admin.query<{ pid: number }>("select pid from pg_stat_activity");
  const theirs = await Promise.all(rows.map(({ pid }) => ticksOf(pid)));
  if (theirs.every((ticks) => ticks === undefined)) return undefined;
  return TICK_MICROSECONDS * theirs.reduce<number>((sum, ticks) => sum + (ticks ?? 0), 0);
}

/** In user and in system mode; the name in front may hold anything, brackets too. */
async function ticksOf(pid: number): Promise<number | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  const fields = text?.slice(text.lastIndexOf(")") + 2).split(" ");
  return fields && Number(fields[11]) + Number(fields[12]);
}
