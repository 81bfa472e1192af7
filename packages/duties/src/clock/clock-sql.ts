/* One statement each, so one transaction each. `$1` is the ticket; names come and go as JSON. */

/** `$2` now, `$3` until, `$4` names: which of them are whoever asks' now, until then. Nodes that ask at once share them out. */
export const CLAIM: string = `
with done as (
  insert into garim.duty_told as known (name, told_at, again_at)
  select name, $2::float8, $3::float8 from json_array_elements_text($4::json) as name order by name
  on conflict (name) do update set told_at = excluded.told_at, again_at = excluded.again_at
    where known.again_at <= excluded.told_at
  returning name)
select $1::text as ticket, coalesce((select json_agg(name) from done), '[]')::text as found`;

/** `$2` when they are anybody's again, `$3` names. */
export const SETTLE: string = `
with done as (
  update garim.duty_told set again_at = $2::float8
  where name in (select json_array_elements_text($3::json)) returning 1)
select $1::text as ticket, count(*)::integer as done from done`;

/** `$2` told before, `$3` how many. */
export const SWEEP: string = `
with done as (
  delete from garim.duty_told where ctid = any(array(
    select ctid from garim.duty_told where told_at < $2::float8 limit $3::integer for update skip locked))
  returning 1)
select $1::text as ticket, count(*)::integer as done from done`;
