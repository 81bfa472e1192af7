import type { LedgerStep } from "./issued-token.ts";

/* One statement each, so one transaction each. `$1` is the ticket. Moments are UTC milliseconds of the asking node. */

const ANSWER = "select $1::text as ticket, count(*)::integer as done from done";

/** `$2` id, `$3` tool, `$4` grant or null, `$5` key, `$6` expiry. */
export const ADD: string = `
with done as (
  insert into garim.issued_token (id, tool_id, grant_id, key_id, expires_at)
  values ($2::text, $3::text, $4::text, $5::text, $6::float8)
  on conflict do nothing returning 1)
${ANSWER}`;

/** As {@link ADD}, behind the queries of another store and where its conditions hold; `failed` counts from 1. */
export function addIfSql({ queries, conditions }: LedgerStep): string {
  return `
with ${queries},
held as materialized (select array[${conditions.join(", ")}] as conditions),
done as (
  insert into garim.issued_token (id, tool_id, grant_id, key_id, expires_at)
  select $2::text, $3::text, $4::text, $5::text, $6::float8 from held where true = all(conditions)
  on conflict do nothing returning 1)
select $1::text as ticket, (select count(*)::integer from done) as done, array_position(conditions, false) as failed
from held`;
}

/** `$2` id. */
export const FIND: string = `
select $1::text as ticket, token.id, token.tool_id, token.grant_id, token.expires_at, token.revoked_at
from (select 1) as one left join garim.issued_token as token on token.id = $2::text`;

/** `$2` now; `$3` id, `$4` grant, `$5` tool, of which one is given. */
export const REVOKE: string = `
with done as (
  update garim.issued_token set revoked_at = $2::float8
  where revoked_at is null and expires_at > $2::float8
    and (id = $3::text or grant_id = $4::text or tool_id = $5::text)
  returning 1)
${ANSWER}`;

/** `$2` over before, `$3` how many rows. Those another node is deleting are left to it. */
export const SWEEP: string = `
with done as (
  delete from garim.issued_token where id = any(array(
    select id from garim.issued_token where expires_at <= $2::float8 limit $3::integer for update skip locked))
  returning 1)
${ANSWER}`;

/** `$2` a key, `$3` how many rows. Every node has heard of what is older. */
export const SWEEP_NOTICES: string = `
with done as (
  delete from garim.entry where room = 'revocations' and key = any(array(
    select key from garim.entry where room = 'revocations' and key < $2::text
    limit $3::integer for update skip locked))
  returning 1)
${ANSWER}`;
