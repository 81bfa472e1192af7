import { GarimError } from "@garim/policy";
import { type LogDatabase, queryTexts, sqlStateOf } from "../database.ts";
import { FIRST } from "./first.ts";
import { SECOND } from "./second.ts";

/** "garim" in bytes: the one advisory lock of the log's migrations. */
const LOCK = 0x67_61_72_69_6d;

/** Two sessions that create the same schema at once: the other one was first. */
const OVERTAKEN = ["23505", "42P06", "42P07", "42710", "40001", "40P01", "XX000"];

/**
 * The log's tables as SQL, one statement for each version, forward only. Each may run again and on several nodes at once: a
 * step that is done does nothing.
 */
export const migrations: readonly string[] = Object.freeze(
  [FIRST, SECOND].map((body, i) => step(i + 1, body)),
);

/** The version of the log's tables that this package works with. */
export const LOG_VERSION: number = migrations.length;

function step(version: number, body: string): string {
  return `do $garim$
declare
  done integer;
begin
  perform pg_advisory_xact_lock(${LOCK});
  create schema if not exists garim;
  create table if not exists garim.log_version (version integer not null);
  select coalesce(max(version), 0) into done from garim.log_version;
  if done >= ${version} then
    return;
  end if;
${body}
  insert into garim.log_version (version) values (${version});
end $garim$`;
}

/**
 * Brings the log's tables to this version. Needs no right to create anything where they are at it already.
 *
 * @throws GarimError `ERR_GARIM_SCHEMA_VERSION` where they are newer, `ERR_GARIM_DATABASE` where the database refuses
 */
export async function migrate(database: LogDatabase): Promise<void> {
  const version = await readLogVersion(database);
  if (version > migrations.length) throw newerVersion(version);
  for (const statement of migrations.slice(version)) await runStep(database, statement);
  const reached = await readLogVersion(database);
  if (reached > migrations.length) throw newerVersion(reached);
}

/** The version of the log's tables in a database; 0 where there are none. */
export async function readLogVersion(database: LogDatabase): Promise<number> {
  const [table] = await queryTexts(database, "select to_regclass('garim.log_version')::text as name");
  if (table?.["name"] === null || table === undefined) return 0;
  const [row] = await queryTexts(
    database,
    "select coalesce(max(version), 0)::text as version from garim.log_version",
  );
  return Number(row?.["version"]);
}

/** Others create the schema `garim` too, under locks of their own; who comes second tries again. */
async function runStep(database: LogDatabase, statement: string, triesLeft = 5): Promise<void> {
  try {
    await database.query(statement);
  } catch (error) {
    if (triesLeft === 0 || !OVERTAKEN.includes(sqlStateOf(error) ?? "")) throw error;
    await runStep(database, statement, triesLeft - 1);
  }
}

function newerVersion(version: number): GarimError {
  return new GarimError(
    "ERR_GARIM_SCHEMA_VERSION",
    `The access log in this database has version ${version}, this @garim/audit knows ${migrations.length}; run the newer @garim/audit that made it`,
  );
}
