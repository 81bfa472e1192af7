/*
 * One statement each, so one transaction each. `$1` is the ticket and `$2` the room.
 *
 * A change locks the room's version row until it is committed. So versions are committed in their order, and who has seen one has
 * seen all before it.
 */

const RAISED = `raised as materialized (
  update garim.version set version = version + 1 where name = $2::text returning version)`;

const ANSWER = "select $1::text as ticket, (select version from done)::text as version";

/** `$3` key. */
export const READ: string = `
select $1::text as ticket, duty.value, duty.version::text as version
from (select 1) as one left join garim.duty as duty on duty.room = $2::text and duty.key = $3::text`;

/** `$3` key, `$4` value. */
export const CREATE: string = `
with ${RAISED}, done as (
  insert into garim.duty (room, key, value, version)
  select $2::text, $3::text, $4::text, raised.version from raised
  on conflict (room, key) do nothing
  returning version)
${ANSWER}`;

/** `$3` key, `$4` value, `$5` expected version. */
export const REPLACE: string = `
with ${RAISED}, done as (
  update garim.duty as duty
  set value = $4::text, version = raised.version
  from raised
  where duty.room = $2::text and duty.key = $3::text and duty.version = $5::bigint
  returning duty.version)
${ANSWER}`;

/** `$3` version. One snapshot: what is committed meanwhile is in neither column. */
export const SINCE: string = `
select $1::text as ticket, version.version::text as now, duty.key, duty.value, duty.version::text as version
from (select 1) as one
left join garim.version as version on version.name = $2::text
left join garim.duty as duty on duty.room = $2::text and duty.version > $3::bigint
order by duty.version`;
