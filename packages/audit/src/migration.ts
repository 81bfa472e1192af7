import { GarimError } from "@garim/policy";
import { type LogDatabase, queryTexts, sqlStateOf } from "./database.ts";

/** "garim" in bytes: the one advisory lock of the log's migrations. */
const LOCK = 0x67_61_72_69_6d;

/** Two sessions that create the same schema at once: the other one was first. */
const OVERTAKEN = ["23505", "42P06", "42P07", "42710", "40001", "40P01", "XX000"];

const FIRST = `
  create table garim.log_head (
    one boolean primary key default true check (one),
    size bigint not null
  );
  insert into garim.log_head (size) values (0);

  create table garim.log_batch (
    id uuid primary key,
    first_seq bigint not null,
    size integer not null,
    recorded_at timestamptz not null
  );

  -- Rows stay in one piece up to 8 kB, and nothing is compressed: bodies are dense already, pseudonyms are random.
  create table garim.log_record (
    seq bigint primary key,
    at timestamptz not null,
    recorded_at timestamptz not null,
    actor text not null,
    seller text,
    action text not null,
    outcome text not null,
    subjects uuid[] not null,
    body bytea not null
  ) with (toast_tuple_target = 8160);
  alter table garim.log_record alter body set storage external;
  alter table garim.log_record alter subjects set storage external;
  create index log_record_actor on garim.log_record (actor, seq);
  create index log_record_subjects on garim.log_record using gin (subjects);

  create function garim.append(
    batch uuid, lock_timeout text, bodies bytea[], subjects text[], actors text[], sellers text[],
    actions text[], outcomes text[], moments bigint[]
  ) returns bigint language plpgsql as $append$
  declare
    n constant integer := cardinality(bodies);
    first bigint;
    moment timestamptz;
  begin
    perform set_config('lock_timeout', lock_timeout, true);
    if current_setting('synchronous_commit') not in ('on', 'remote_apply') then
      perform set_config('synchronous_commit', 'on', true);
    end if;
    -- The head first: from here on this is the only append, so a batch whose outcome was unknown is seen by its retry.
    perform from garim.log_head for update;
    select first_seq into first from garim.log_batch where id = batch;
    if found then
      return first;
    end if;
    update garim.log_head set size = size + n returning size - n + 1 into strict first;
    moment := clock_timestamp();
    insert into garim.log_batch (id, first_seq, size, recorded_at) values (batch, first, n, moment);
    insert into garim.log_record (seq, at, recorded_at, actor, seller, action, outcome, subjects, body)
      select first + r.place - 1, to_timestamp(r.at / 1000.0), moment, r.actor, r.seller, r.action, r.outcome,
             r.subjects::uuid[], r.body
      from unnest(bodies, subjects, actors, sellers, actions, outcomes, moments)
        with ordinality as r(body, subjects, actor, seller, action, outcome, at, place);
    return first;
  end $append$;
`;

/**
 * The log's tables as SQL, one statement for each version, forward only. Each may run again and on several nodes at once: a
 * step that is done does nothing.
 */
export const migrations: readonly string[] = Object.freeze([FIRST].map((body, i) => step(i + 1, body)));

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
  const version = await readVersion(database);
  if (version > migrations.length) throw newerVersion(version);
  for (const statement of migrations.slice(version)) await runStep(database, statement);
  const reached = await readVersion(database);
  if (reached > migrations.length) throw newerVersion(reached);
}

async function readVersion(database: LogDatabase): Promise<number> {
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
