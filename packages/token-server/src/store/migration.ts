import { GarimError } from "@garim/policy";
import { type ArtifactDatabase, failUnavailable } from "./database.ts";

/**
 * What each version of the schema adds, in order, as statements of PL/pgSQL. Released steps never change.
 *
 * `id` is a hash: who reads the table has no code and no refresh token of it.
 */
const MIGRATIONS: readonly string[] = [
  `create table garim.oauth_artifact (
     kind text collate "C" not null,
     id text collate "C" not null,
     value text not null,
     grant_id text,
     predecessor text collate "C",
     seed text not null,
     consumed_at double precision,
     expires_at double precision not null,
     primary key (kind, id)
   );
   create index oauth_artifact_grant_id on garim.oauth_artifact (grant_id) where grant_id is not null;
   create index oauth_artifact_expires_at on garim.oauth_artifact (expires_at);`,
];

/**
 * Brings garim.oauth_artifact to this version of the package. Any number of nodes may start at once.
 *
 * @throws GarimError `ERR_GARIM_SCHEMA_VERSION` where a newer package has migrated it, `ERR_GARIM_STATE_UNAVAILABLE` where the
 *   database fails
 */
export async function migrateArtifacts(database: ArtifactDatabase): Promise<void> {
  const present = await readVersion(database).catch(failUnavailable);
  if (present > MIGRATIONS.length)
    throw new GarimError(
      "ERR_GARIM_SCHEMA_VERSION",
      `garim.oauth_artifact has schema version ${present}, and this @garim/token-server knows ${MIGRATIONS.length}. Install the version of @garim/token-server that the other nodes run.`,
    );
  if (present < MIGRATIONS.length)
    await database.query(MIGRATION).catch((error: unknown) => forgiveLostRace(database, error));
}

/** Under repeatable read, a node that waited for another to migrate fails on what is there by now. */
async function forgiveLostRace(database: ArtifactDatabase, error: unknown): Promise<void> {
  if ((await readVersion(database).catch(failUnavailable)) < MIGRATIONS.length) failUnavailable(error);
}

async function readVersion(database: ArtifactDatabase): Promise<number> {
  const found = await database.query("select to_regclass('garim.oauth_migration') is not null as is_there");
  if (!(found.rows[0] as { is_there: boolean }).is_there) return 0;
  const newest = await database.query(
    "select coalesce(max(version), 0)::integer as version from garim.oauth_migration",
  );
  return (newest.rows[0] as { version: number }).version;
}

/** All versions as SQL that may run again: one statement, so one transaction. */
const MIGRATION: string = `do $garim$
begin
  perform pg_advisory_xact_lock(hashtextextended('garim.oauth_migration', 0));
  if to_regnamespace('garim') is null then
    begin
      create schema garim;
    exception when unique_violation or duplicate_schema then
      null; -- another package made it at this very moment
    end;
  end if;
  create table if not exists garim.oauth_migration (
    version integer primary key,
    applied_at timestamptz not null default now()
  );
${MIGRATIONS.map(guardStep).join("\n")}
end $garim$`;

function guardStep(step: string, index: number): string {
  const version = index + 1;
  return `  if not exists (select from garim.oauth_migration where version = ${version}) then
   ${step}
   insert into garim.oauth_migration (version) values (${version});
  end if;`;
}
