/* One statement each. `$1` is the ticket; moments are UTC milliseconds of the asking node; lists come and go as JSON. */

const COUNT = "select $1::text as ticket, count(*)::integer as done from done";

/** `$2` messages: [id, body]; `$3` now. What was put in before, here or by another node, stays as it is. */
export const PUT: string = `
with done as (
  insert into garim.outbox (id, body, made_at, next_at)
  select message->>0, message->>1, $3::float8, $3::float8 from json_array_elements($2::json) as message
  on conflict (id) do nothing returning 1)
${COUNT}`;

/** `$2` now, `$3` until when they are taken, `$4` how many. Those another node is taking are left to it. */
export const TAKE: string = `
with due as (
  select id from garim.outbox where next_at <= $2::float8 order by next_at limit $4::integer for update skip locked),
done as (
  update garim.outbox as message set tries = tries + 1, next_at = $3::float8 from due where message.id = due.id
  returning message.id, message.body, message.tries)
select $1::text as ticket,
  coalesce((select json_agg(json_build_array(id, body, tries)) from done), '[]')::text as found`;

/** `$2` id, `$3` when to try again or null for never, `$4` now where it is over, or null. */
export const SETTLE: string = `
with done as (
  update garim.outbox set next_at = $3::float8, gone_at = $4::float8 where id = $2::text returning 1)
${COUNT}`;

/** `$2` made before, `$3` how many. By then nobody would put the same in again. */
export const SWEEP: string = `
with done as (
  delete from garim.outbox where id = any(array(
    select id from garim.outbox where made_at < $2::float8 and next_at is null
    limit $3::integer for update skip locked))
  returning 1)
${COUNT}`;
