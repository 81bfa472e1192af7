import { stateUnavailable } from "@garim/auth";
import { GarimError } from "@garim/policy";
import type { Database } from "../../start/database.ts";

/** The version of the ledger's table that this package works with. */
const VERSION = 1;

/** Two nodes that create the same schema at once: the other one was first. */
const OVERTAKEN: readonly unknown[] = ["23505", "42P06", "42P07", "42710", "40001", "40P01", "XX000"];

/**
 * The table of the ledger as SQL that may run again: one statement, so one transaction. A person has one file under way at a time, by the
 * unique index. Moments are UTC milliseconds.
 */
const MIGRATION = `do $garim$
begin
  perform pg_advisory_xact_lock(hashtextextended('garim.download', 0));
  create schema if not exists garim;
  create table if not exists garim.download_version (version integer primary key);
  if exists (select from garim.download_version where version >= ${VERSION}) then
    return;
  end if;
  create table garim.download (
    id uuid primary key,
    state text not null,
    reason text,
    seller text not null,
    staff text not null,
    session text not null,
    route text not null,
    schema text not null,
    purpose text not null,
    why text not null,
    fields text not null,
    filter text not null,
    format text not null,
    ask text not null,
    expected bigint,
    rows bigint not null default 0,
    masked bigint not null default 0,
    withheld bigint not null default 0,
    subjects bigint not null default 0,
    asked_at bigint not null,
    beat_at bigint not null,
    ended_at bigint,
    link text,
    link_until bigint,
    fetched_at bigint,
    sha256 text,
    size_bytes bigint,
    destroy_by bigint,
    destroyed_at bigint,
    destroyed_by text,
    reminded_at bigint,
    approver text,
    approved_at bigint,
    approval_until bigint
  ) with (fillfactor = 70);
  create index download_seller on garim.download (seller, asked_at desc);
  create unique index download_under_way on garim.download (seller, staff) where state = 'running';
  create index download_open on garim.download (state) where state in ('running', 'ready');
  create index download_undestroyed on garim.download (destroy_by) where fetched_at is not null and destroyed_at is null;
  insert into garim.download_version (version) values (${VERSION});
end $garim$`;

/**
 * Brings the ledger's table to this version. Needs no right to create anything where it is at it already.
 *
 * @throws GarimError `ERR_GARIM_SCHEMA_VERSION` where a newer package made it, `ERR_GARIM_STATE_UNAVAILABLE` where the database refuses
 */
export async function migrateLedger(database: Database): Promise<void> {
  try {
    if ((await readVersion(database)) < VERSION) await runMigration(database);
  } catch (cause) {
    throw stateUnavailable(
      "The table of downloads could not be read or made. Check the database, and let this user create tables in schema garim, or start Garim once as the schema's owner.",
      cause,
    );
  }
  const version = await readVersion(database);
  if (version <= VERSION) return;
  throw new GarimError(
    "ERR_GARIM_SCHEMA_VERSION",
    `garim.download has version ${version}, and this @garim/express knows ${VERSION}; install the version of @garim/express that the other nodes run`,
  );
}

async function runMigration(database: Database, triesLeft = 5): Promise<void> {
  try {
    await database.query(MIGRATION);
  } catch (error) {
    const { code } = (error ?? {}) as { readonly code?: unknown };
    if (triesLeft === 0 || !OVERTAKEN.includes(code)) throw error;
    await runMigration(database, triesLeft - 1);
  }
}

async function readVersion(database: Database): Promise<number> {
  const found = await database.query("select to_regclass('garim.download_version')::text as name");
  if ((found.rows[0] as { readonly name: string | null }).name === null) return 0;
  const { rows } = await database.query(
    "select coalesce(max(version), 0)::text as version from garim.download_version",
  );
  return Number((rows[0] as { readonly version: string }).version);
}
