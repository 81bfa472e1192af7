import { statfs } from "node:fs/promises";
import type { Database } from "../start/database.ts";

/** What the database says of itself, in one question that no right is needed for. */
export interface DatabaseFacts {
  readonly isReadOnly: boolean;
  /** How far its clock and this node's are apart for certain, the way of the question left out, milliseconds. */
  readonly clockApartMs: number;
}

/** What the database says of the log; `null` where this user may not look. */
export interface LogFacts {
  /** UTC milliseconds of the newest checkpoint; `null` without one. */
  readonly sealedAt: number | null;
  readonly isCovered: boolean;
  /** Whether the row is there that every append locks. */
  readonly hasHead: boolean;
  /** UTC milliseconds of the database. */
  readonly now: number;
}

const DATABASE = `select (pg_is_in_recovery() or current_setting('transaction_read_only') = 'on')::text as read_only,
  (extract(epoch from clock_timestamp()) * 1000)::text as moment`;

const LOG = `select (extract(epoch from now()) * 1000)::text as moment,
  (select (extract(epoch from at) * 1000)::text from garim.log_checkpoint order by no desc limit 1) as sealed,
  (to_regclass('garim.log_record_' || to_char((now() + interval '7 days') at time zone 'UTC', 'YYYY_MM')) is not null)::text
    as covered,
  exists (select from garim.log_head)::text as head`;

type Row = Readonly<Record<string, string | null>>;

/** @param clock - this node's, UTC milliseconds */
export async function readDatabase(database: Database, clock: () => number): Promise<DatabaseFacts> {
  const before = clock();
  const row = await readRow(database, DATABASE);
  const after = clock();
  const moment = Number(row["moment"]);
  return {
    isReadOnly: row["read_only"] === "true",
    clockApartMs: Math.max(0, before - moment, moment - after),
  };
}

export async function readLog(database: Database): Promise<LogFacts | null> {
  try {
    const { moment, sealed, covered, head } = await readRow(database, LOG);
    return {
      sealedAt: typeof sealed === "string" ? Number(sealed) : null,
      isCovered: covered === "true",
      hasHead: head === "true",
      now: Number(moment),
    };
  } catch (error) {
    // A role that may append and nothing else.
    if (codeOf(error) === "42501") return null;
    throw error;
  }
}

async function readRow(database: Database, text: string): Promise<Row> {
  const { rows } = await database.query(text);
  return (rows[0] ?? {}) as Row;
}

function codeOf(error: unknown): unknown {
  return typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
}

/** The least part that is free on the disks of these folders, 0 to 1; a folder that is not there says nothing. */
export async function freeShare(folders: readonly string[]): Promise<number> {
  const shares = await Promise.all(folders.map(freeOf));
  return Math.min(1, ...shares);
}

async function freeOf(folder: string): Promise<number> {
  try {
    const { bavail, blocks } = await statfs(folder);
    return blocks === 0 ? 1 : bavail / blocks;
  } catch {
    return 1;
  }
}
