import { createAccessLog, type LogDatabase } from "../src/index.ts";
import { KEYS } from "./sample.ts";

/** Databases in which a log was made here, and beside it, in the schema `garim_new`, what its tables held then. */
const MADE = new WeakSet<LogDatabase>();

/** What a new log holds already, and the partitions that it begins with. */
const KEEP = `do $keep$
declare
  made record;
begin
  create schema garim_new;
  create table garim_new.partitions as
    select relname as name from pg_class where relnamespace = 'garim'::regnamespace and relispartition and relkind = 'r';
  for made in select relname as name from pg_class
      where relnamespace = 'garim'::regnamespace and relkind in ('r', 'p') and not relispartition loop
    execute format('create table garim_new.%I as select * from garim.%I', made.name, made.name);
  end loop;
end $keep$`;

/** Fails where a table of the log is gone. */
const EMPTY = `do $empty$
declare
  found record;
begin
  perform ('garim.' || name)::regclass from garim_new.partitions;
  for found in select relname as name from pg_class
      where relnamespace = 'garim'::regnamespace and relkind = 'r' and relispartition
        and relname not in (select name from garim_new.partitions) loop
    execute format('drop table garim.%I', found.name);
  end loop;
  for found in select relname as name from pg_class
      where relnamespace = 'garim_new'::regnamespace and relkind = 'r' and relname <> 'partitions' loop
    execute format('delete from garim.%I', found.name);
    execute format('insert into garim.%I overriding system value select * from garim_new.%I', found.name, found.name);
  end loop;
  perform setval(oid::regclass, 1, false) from pg_class where relnamespace = 'garim'::regnamespace and relkind = 'S';
end $empty$`;

/**
 * Leaves a database with a log that is new, in place of any other. Making its tables takes ten times as long as emptying them, so that
 * they are made once, and again where a test dropped one. What a test does to tables and functions themselves it undoes.
 */
export async function emptyLog(database: LogDatabase): Promise<void> {
  const isEmptied = MADE.has(database) && (await database.query(EMPTY).catch(() => undefined)) !== undefined;
  if (isEmptied) return;
  for (const schema of ["garim", "garim_new"])
    await database.query(`drop schema if exists ${schema} cascade`);
  await (await createAccessLog({ database, keys: KEYS })).close();
  await database.query(KEEP);
  MADE.add(database);
}
