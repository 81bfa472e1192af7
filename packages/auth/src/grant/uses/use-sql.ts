/* One statement each. `$1` is the ticket; lists come and go as JSON, whose parameters every driver writes alike. */

/** `$2` uses: [grant, scope, moment]. */
export const NOTE: string = `
with done as (
  insert into garim.grant_use as known (grant_id, scope, used_at)
  select used->>0, used->>1, (used->>2)::float8 from json_array_elements($2::json) as used
  on conflict (grant_id, scope) do update set used_at = greatest(known.used_at, excluded.used_at)
  returning 1)
select $1::text as ticket, count(*)::integer as done from done`;

/** `$2` grants. What was found comes as [grant, scope, moment]. */
export const FIND: string = `
select $1::text as ticket, coalesce((
  select json_agg(json_build_array(grant_id, scope, used_at)) from garim.grant_use
  where grant_id = any(array(select json_array_elements_text($2::json)))), '[]')::text as found`;

/** `$2` a moment: what was used before belongs to a grant that is long over. */
export const SWEEP: string = `
with done as (delete from garim.grant_use where used_at < $2::float8 returning 1)
select $1::text as ticket, count(*)::integer as done from done`;
