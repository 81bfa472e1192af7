import { GarimError } from "@garim/policy";
import type { DutyDatabase } from "../store/database.ts";

/** What each version of the schema adds, in order, as statements of PL/pgSQL. Released steps never change. */
const STEPS: readonly string[] = [
  // garim.version belongs to several packages: whichever comes first makes it.
  `create table if not exists garim.version (
     name text collate "C" primary key,
     version bigint not null
   ) with (fillfactor = 50);
   insert into garim.version (name, version) values ('agreements', 0), ('contracts', 0) on conflict do nothing;
   create table garim.duty (
     room text collate "C" not null,
     key text collate "C" not null,
     value text not null,
     version bigint not null,
     primary key (room, key)
   ) with (fillfactor = 80);
   create index duty_version on garim.duty (room, version);
   create table garim.purge (
     tool_id text collate "C" not null,
     seller_id text collate "C" not null,
     order_id text collate "C" not null,
     purge_by double precision not null,
     read_at double precision not null,
     destroyed_at double precision,
     receipt text collate "C",
     primary key (tool_id, seller_id, order_id)
   );
   create index purge_due on garim.purge (purge_by, tool_id, seller_id, order_id) where destroyed_at is null;
   create index purge_destroyed on garim.purge (destroyed_at) where destroyed_at is not null;`,
  // Flows and courses are rooms; who is asked to learn what, and the versions of privacy policies, are too many for a copy on each node.
  `insert into garim.version (name, version) values ('flows', 0), ('courses', 0) on conflict do nothing;
   create table garim.trainee (
     seller_id text collate "C" not null,
     staff_id text collate "C" not null,
     roles text not null,
     since jsonb not null,
     seen_at double precision not null,
     primary key (seller_id, staff_id)
   );
   create table garim.completion (
     seller_id text collate "C" not null,
     staff_id text collate "C" not null,
     course_id text collate "C" not null,
     completed_at double precision not null,
     proof text not null,
     said_by text not null,
     primary key (seller_id, staff_id, course_id)
   );
   create table garim.reminder (
     seller_id text collate "C" not null,
     staff_id text collate "C" not null,
     course_id text collate "C" not null,
     reminded_at double precision not null,
     primary key (seller_id, staff_id, course_id)
   );
   create table garim.privacy_policy (
     seller_id text collate "C" not null,
     version integer not null,
     published_at double precision not null,
     body text not null,
     sha256 text not null,
     primary key (seller_id, version)
   );`,
  // Lent roles and answers of the self-check are rooms, an entry a person or question; buyers' requests are many.
  `insert into garim.version (name, version) values ('elevations', 0), ('self-check', 0) on conflict do nothing;
   create table garim.subject_request (
     id text collate "C" primary key,
     buyer_id text collate "C" not null,
     seller_id text collate "C",
     kind text not null,
     body text not null,
     asked_at double precision not null,
     outcome text,
     answer text,
     answered_at double precision,
     answered_by text
   );
   create index subject_request_open on garim.subject_request (asked_at, id) where answered_at is null;
   create index subject_request_answered on garim.subject_request (answered_at) where answered_at is not null;
   create index subject_request_buyer on garim.subject_request (buyer_id, asked_at);`,
  // Retention: what was destroyed is proven record by record for a year, and by its hash for good. Leaks: who was told stands apart.
  `insert into garim.version (name, version) values ('schedules', 0), ('leaks', 0) on conflict do nothing;
   create table garim.destruction (
     id text collate "C" primary key,
     record_type text collate "C" not null,
     step text not null,
     by_kind text not null,
     by_id text not null,
     body text not null,
     begun_at double precision not null,
     finished_at double precision,
     confirmed_at double precision,
     confirmed_by text,
     note text
   );
   create index destruction_begun on garim.destruction (begun_at, id);
   create table garim.destroyed (
     destruction text collate "C" not null,
     record_type text collate "C" not null,
     record_id text collate "C" not null,
     destroyed_at double precision,
     primary key (destruction, record_id)
   );
   create index destroyed_record on garim.destroyed (record_type, record_id);
   create index destroyed_when on garim.destroyed (destroyed_at);
   create table garim.data_hold (
     id text collate "C" primary key,
     record_type text collate "C" not null,
     record_ids text,
     reason text not null,
     placed_at double precision not null,
     placed_by text not null,
     released_at double precision,
     released_by text
   );
   alter table garim.purge add column called_at double precision;
   create index purge_order on garim.purge (order_id) where destroyed_at is null;
   create table garim.leak_notice (
     leak_id text collate "C" not null,
     notice integer not null,
     recipient text collate "C" not null,
     channel text not null,
     outcome text not null,
     tried_at double precision not null,
     primary key (leak_id, notice, recipient)
   );`,
  // What the host was told of, and what one node is doing: each once, until it is due again.
  `create table garim.duty_told (
     name text collate "C" primary key,
     told_at double precision not null,
     again_at double precision not null
   );
   create index duty_told_when on garim.duty_told (told_at);`,
];

/** The version of the register's tables that this package works with. */
export const DUTIES_VERSION: number = STEPS.length;

/** All versions as SQL that may run again: one statement, so one transaction, through a pool as well as through PGlite. */
export const DUTIES_MIGRATION: string = `do $garim$
begin
  perform pg_advisory_xact_lock(hashtextextended('garim.duties_migration', 0));
  if to_regnamespace('garim') is null then
    begin
      create schema garim;
    exception when unique_violation or duplicate_schema then
      null; -- another package made it at this very moment
    end;
  end if;
  create table if not exists garim.duties_migration (
    version integer primary key,
    applied_at timestamptz not null default now()
  );
${STEPS.map(guardStep).join("\n")}
end $garim$`;

function guardStep(step: string, index: number): string {
  const version = index + 1;
  return `  if not exists (select from garim.duties_migration where version = ${version}) then
   ${step}
   insert into garim.duties_migration (version) values (${version});
  end if;`;
}

/** Another package, or another node, made the same at this very moment: what is there by now is looked at again. */
const TRIES = 3;

/**
 * Brings the register's tables to this version of the package. Any number of nodes may start at once; when nothing is to be done
 * no right to create anything is needed.
 *
 * @throws GarimError `ERR_GARIM_SCHEMA_VERSION` where a newer package has migrated them; whatever the database throws
 */
export async function migrateDuties(database: DutyDatabase): Promise<void> {
  for (let left = TRIES; ; left--) {
    const present = await readDutiesVersion(database);
    if (present > DUTIES_VERSION) throw newerVersion(present);
    if (present === DUTIES_VERSION) return;
    await database.query(DUTIES_MIGRATION).catch((error: unknown) => {
      if (left === 0) throw error;
    });
  }
}

/** The version of the register's tables in a database; 0 where there are none. */
export async function readDutiesVersion(database: DutyDatabase): Promise<number> {
  const found = await database.query("select to_regclass('garim.duties_migration') is not null as is_there");
  if (!(found.rows[0] as { is_there: boolean }).is_there) return 0;
  const newest = await database.query(
    "select coalesce(max(version), 0)::integer as version from garim.duties_migration",
  );
  return (newest.rows[0] as { version: number }).version;
}

function newerVersion(present: number): GarimError {
  return new GarimError(
    "ERR_GARIM_SCHEMA_VERSION",
    `garim.duty has schema version ${present}, and this @garim/duties knows ${DUTIES_VERSION}. Install the version of @garim/duties that the other nodes run.`,
  );
}
