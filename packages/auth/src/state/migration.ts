import { GarimError } from "@garim/policy";
import type { StateDatabase } from "./database.ts";

/**
 * What each version of the schema adds, in order, as statements of PL/pgSQL. Released steps never change.
 *
 * Versions come from one sequence, so that a key removed and made again never gets an old one back. `expires_at` stays the
 * same through a row's life, which with the free space lets PostgreSQL update in place.
 */
export const STATE_MIGRATIONS: readonly string[] = [
  `create sequence garim.state_version;
   create table garim.state (
     key text collate "C" primary key,
     value text not null,
     version bigint not null,
     expires_at double precision
   ) with (fillfactor = 70);
   create index state_expires_at on garim.state (expires_at) where expires_at is not null;`,
  // What is granted to tools, and which of their tokens were issued. "if not exists": garim.version belongs to several packages.
  `create table if not exists garim.version (
     name text collate "C" primary key,
     version bigint not null
   ) with (fillfactor = 50);
   insert into garim.version (name, version)
   values ('grants', 0), ('tools', 0), ('token-keys', 0), ('revocations', 0), ('webhooks', 0)
   on conflict do nothing;
   create table garim.entry (
     room text collate "C" not null,
     key text collate "C" not null,
     value text not null,
     version bigint not null,
     primary key (room, key)
   ) with (fillfactor = 80);
   create index entry_version on garim.entry (room, version);
   create table garim.issued_token (
     id text collate "C" primary key,
     tool_id text collate "C" not null,
     grant_id text collate "C",
     key_id text collate "C" not null,
     expires_at double precision not null,
     revoked_at double precision
   );
   create index issued_token_expires_at on garim.issued_token (expires_at);
   create index issued_token_tool on garim.issued_token (tool_id);
   create index issued_token_grant on garim.issued_token (grant_id) where grant_id is not null;
   create table garim.grant_use (
     grant_id text collate "C" not null,
     scope text collate "C" not null,
     used_at double precision not null,
     primary key (grant_id, scope)
   );
   create table garim.outbox (
     id text collate "C" primary key,
     body text not null,
     made_at double precision not null,
     next_at double precision,
     tries integer not null default 0,
     gone_at double precision
   );
   create index outbox_next_at on garim.outbox (next_at) where next_at is not null;`,
];

/**
 * Brings garim.state to this version of the package. Any number of nodes may start at once; when nothing is to be done no
 * right to create anything is needed.
 *
 * @throws GarimError `ERR_GARIM_SCHEMA_VERSION` where a newer package has migrated it; whatever the database throws
 */
export async function migrateState(database: StateDatabase): Promise<void> {
  const known = STATE_MIGRATIONS.length;
  const present = await readStateVersion(database);
  if (present > known)
    throw new GarimError(
      "ERR_GARIM_SCHEMA_VERSION",
      `garim.state has schema version ${present}, and this @garim/auth knows ${known}. Install the version of @garim/auth that the other nodes run.`,
    );
  if (present < known)
    await database.query(STATE_MIGRATION).catch((error) => forgiveLostRace(database, error));
}

/**
 * Under repeatable read, a node that waited for another to migrate still sees the schema as it was before, and fails on what
 * is there by now. So does one that makes what belongs to several packages at the same moment as another package: then it is
 * done once more.
 */
async function forgiveLostRace(database: StateDatabase, error: unknown): Promise<void> {
  if ((await readStateVersion(database)) === STATE_MIGRATIONS.length) return;
  await database.query(STATE_MIGRATION).catch(() => undefined);
  if ((await readStateVersion(database)) < STATE_MIGRATIONS.length) throw error;
}

/** The version of garim.state in a database; 0 where it is not there. */
export async function readStateVersion(database: StateDatabase): Promise<number> {
  const found = await database.query("select to_regclass('garim.state_migration') is not null as is_there");
  if (!(found.rows[0] as { is_there: boolean }).is_there) return 0;
  const newest = await database.query(
    "select coalesce(max(version), 0)::integer as version from garim.state_migration",
  );
  return (newest.rows[0] as { version: number }).version;
}

/**
 * All versions as SQL that may run again: one statement, so one transaction, through a pool as well as through PGlite.
 */
export const STATE_MIGRATION: string = `do $garim$
begin
  perform pg_advisory_xact_lock(hashtextextended('garim.state_migration', 0));
  if to_regnamespace('garim') is null then
    begin
      create schema garim;
    exception when unique_violation or duplicate_schema then
      null; -- another package made it at this very moment
    end;
  end if;
  create table if not exists garim.state_migration (
    version integer primary key,
    applied_at timestamptz not null default now()
  );
${STATE_MIGRATIONS.map(guardStep).join("\n")}
end $garim$`;

function guardStep(step: string, index: number): string {
  const version = index + 1;
  return `  if not exists (select from garim.state_migration where version = ${version}) then
   ${step}
   insert into garim.state_migration (version) values (${version});
  end if;`;
}
