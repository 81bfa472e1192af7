/*
 * One statement each, so one transaction each, through a pool as well as through PGlite. `$1` is the ticket and, but for READ, `$2` the key;
 * moments are UTC milliseconds of the asking node.
 */

/** Tells by the moment in a parameter whether a row has not expired. */
const isLiveAt = (now: string): string => `(state.expires_at is null or state.expires_at > ${now}::float8)`;

const ANSWER = "select $1::text as ticket, count(*)::integer as done from done";

/** `$2` keys, as a JSON array; `$3` now. The rows found as a JSON array of key, value and version. */
export const READ: string = `
select $1::text as ticket, coalesce((
  select json_agg(json_build_array(state.key, state.value, state.version::text))
  from garim.state as state
  where state.key = any(array(select json_array_elements_text($2::json))) and ${isLiveAt("$3")}), '[]')::text as found`;

/** `$3` value, `$4` expiry, `$5` now. */
export const CREATE: string = `
with done as (
  insert into garim.state as state (key, value, version, expires_at)
  values ($2::text, $3::text, nextval('garim.state_version'), $4::float8)
  on conflict (key) do update
    set value = excluded.value, version = excluded.version, expires_at = excluded.expires_at
    where not ${isLiveAt("$5")}
  returning 1)
${ANSWER}`;

/** `$3` value, `$4` expiry, `$5` now, `$6` expected version. */
export const REPLACE: string = `
with done as (
  update garim.state as state
  set value = $3::text, version = nextval('garim.state_version'), expires_at = $4::float8
  where state.key = $2::text and state.version = $6::bigint and ${isLiveAt("$5")}
  returning 1)
${ANSWER}`;

/** `$3` now, `$4` expected version or null for any. */
export const REMOVE: string = `
with done as (
  delete from garim.state as state
  where state.key = $2::text and ($4::bigint is null or state.version = $4::bigint) and ${isLiveAt("$3")}
  returning 1)
${ANSWER}`;

/** `$2` now, `$3` how many rows. Those another node is writing or deleting are left to it. */
export const SWEEP: string = `
with done as (
  delete from garim.state where key = any(array(
    select key from garim.state where expires_at <= $2::float8 limit $3::integer for update skip locked))
  returning 1)
${ANSWER}`;
