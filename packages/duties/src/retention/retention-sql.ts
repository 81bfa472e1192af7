/* One statement each, so one transaction each. `$1` is the ticket; lists come and go as JSON. */

const COUNT = "select $1::text as ticket, count(*)::integer as done from done";

const ROW = `json_build_object('id', d.id, 'recordType', d.record_type, 'step', d.step, 'by', d.by_kind || ' ' || d.by_id,
  'body', d.body::json, 'begunAt', d.begun_at, 'finishedAt', d.finished_at, 'confirmedAt', d.confirmed_at,
  'confirmedBy', d.confirmed_by, 'note', d.note)`;

/** `$2` id, `$3` type, `$4` step, `$5` kind of who does it, `$6` its id, `$7` body, `$8` now, `$9` record ids. */
export const BEGIN: string = `
with made as (
  insert into garim.destruction (id, record_type, step, by_kind, by_id, body, begun_at)
  values ($2::text, $3::text, $4::text, $5::text, $6::text, $7::text, $8::float8) returning 1),
done as (
  insert into garim.destroyed (destruction, record_type, record_id)
  select $2::text, $3::text, one from json_array_elements_text($9::json) as one returning 1)
${COUNT}`;

/** `$2` id, `$3` now, `$4` body, `$5` the ids that went. */
export const FINISH: string = `
with went as materialized (select json_array_elements_text($5::json) as id),
stayed as (
  delete from garim.destroyed where destruction = $2::text and record_id not in (select id from went) returning 1),
gone as (
  update garim.destroyed set destroyed_at = $3::float8
  where destruction = $2::text and record_id in (select id from went) returning 1),
done as (
  update garim.destruction set finished_at = $3::float8, body = $4::text
  where id = $2::text and finished_at is null returning 1)
${COUNT}`;

/** `$2` id, `$3` now, `$4` by whom, `$5` note. */
export const CONFIRM: string = `
with done as (
  update garim.destruction set confirmed_at = $3::float8, confirmed_by = $4::text, note = $5::text
  where id = $2::text and confirmed_at is null returning 1)
${COUNT}`;

/** `$2` only open ones, `$3` after: [begun at, id] or null, `$4` how many. */
export const LIST: string = `
with page as (
  select * from garim.destruction
  where (not $2::boolean or (confirmed_at is null and (finished_at is null or step = 'destroy')))
    and ($3::json is null or (begun_at, id) < (($3::json->>0)::float8, $3::json->>1))
  order by begun_at desc, id desc limit $4::integer)
select $1::text as ticket, coalesce((
  select json_agg(${ROW} order by d.begun_at desc, d.id desc) from page as d), '[]')::text as found`;

/** `$2` id. */
export const FIND: string = `
select $1::text as ticket, (select ${ROW} from garim.destruction as d where d.id = $2::text)::text as found`;

/** `$2` type, `$3` record id. */
export const PROOFS: string = `
select $1::text as ticket, coalesce((
  select json_agg(json_build_object('destruction', ${ROW}, 'destroyedAt', r.destroyed_at) order by r.destroyed_at)
  from garim.destroyed as r join garim.destruction as d on d.id = r.destruction
  where r.record_type = $2::text and r.record_id = $3::text and r.destroyed_at is not null), '[]')::text as found`;

/** `$2` destroyed before, `$3` how many: the certificate has their hash. */
export const SWEEP: string = `
with done as (
  delete from garim.destroyed where ctid = any(array(
    select ctid from garim.destroyed where destroyed_at < $2::float8 limit $3::integer for update skip locked))
  returning 1)
${COUNT}`;

/** `$2` id, `$3` type, `$4` record ids or null, `$5` reason, `$6` now, `$7` by whom. Tells of what it comes too late for. */
export const HOLD: string = `
with made as (
  insert into garim.data_hold (id, record_type, record_ids, reason, placed_at, placed_by)
  values ($2::text, $3::text, $4::text, $5::text, $6::float8, $7::text) returning 1),
touched as (
  select destroyed_at from garim.destroyed
  where ($3::text = '*' or record_type = $3::text)
    and ($4::json is null or record_id in (select json_array_elements_text($4::json))))
select $1::text as ticket, (select count(*) from made)::integer as done,
  (select count(*) from touched where destroyed_at is null)::integer as under_way,
  (select count(*) from touched where destroyed_at is not null)::integer as gone`;

/** `$2` id, `$3` now, `$4` by whom. */
export const RELEASE: string = `
with done as (
  update garim.data_hold set released_at = $3::float8, released_by = $4::text
  where id = $2::text and released_at is null returning 1)
${COUNT}`;

/** `$2` whether only those that hold. */
export const HOLDS: string = `
select $1::text as ticket, coalesce((
  select json_agg(json_build_object('id', id, 'recordType', record_type, 'recordIds', record_ids::json, 'reason', reason,
    'placedAt', placed_at, 'placedBy', placed_by, 'releasedAt', released_at, 'releasedBy', released_by) order by placed_at, id)
  from garim.data_hold where not $2::boolean or released_at is null), '[]')::text as found`;

/** `$2` order ids: how many of them tools have not given a receipt for. */
export const OWING: string = `
select $1::text as ticket, (
  select count(distinct order_id) from garim.purge
  where destroyed_at is null and order_id in (select json_array_elements_text($2::json)))::integer as done`;

/** `$2` order ids, or null for those that are late, `$3` now, `$4` not called since, `$5` how many. Whoever raises it calls. */
export const CLAIM: string = `
with mine as (
  select tool_id, seller_id, order_id from garim.purge
  where destroyed_at is null and (called_at is null or called_at < $4::float8)
    and (($2::json is null and purge_by < $3::float8) or order_id in (select json_array_elements_text($2::json)))
  order by tool_id, seller_id, order_id limit $5::integer for update skip locked),
done as (
  update garim.purge as owed set called_at = $3::float8 from mine
  where (owed.tool_id, owed.seller_id, owed.order_id) = (mine.tool_id, mine.seller_id, mine.order_id)
  returning owed.tool_id, owed.seller_id, owed.order_id)
select $1::text as ticket, coalesce((
  select json_agg(json_build_array(tool_id, seller_id, order_id) order by tool_id, seller_id, order_id) from done), '[]')::text as found`;

/** `$2` tool, `$3` seller, `$4` order ids: it was not called. */
export const UNCLAIM: string = `
with done as (
  update garim.purge set called_at = null
  where tool_id = $2::text and seller_id = $3::text and order_id in (select json_array_elements_text($4::json)) returning 1)
${COUNT}`;
