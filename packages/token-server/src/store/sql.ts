/*
 * One statement each, so one transaction each, through a pool as well as through PGlite. `$1` is the ticket, `$2` the kind and `$3`
 * the id's hash; moments are UTC milliseconds of the asking node.
 */

const ANSWER = "select $1::text as ticket, count(*)::integer as done from done";

/** `$4` now. */
export const FIND: string = `
select $1::text as ticket, artifact.value, artifact.seed, artifact.consumed_at
from (select 1) as one
left join garim.oauth_artifact as artifact
  on artifact.kind = $2::text and artifact.id = $3::text and artifact.expires_at > $4::float8`;

/** Writes, or writes anew what is there: what was consumed stays so. `$4` value, `$5` grant, `$6` predecessor, `$7` seed, `$8` expiry. */
export const WRITE: string = `
with done as (
  insert into garim.oauth_artifact as artifact (kind, id, value, grant_id, predecessor, seed, expires_at)
  values ($2::text, $3::text, $4::text, $5::text, $6::text, $7::text, $8::float8)
  on conflict (kind, id) do update set value = excluded.value, expires_at = excluded.expires_at
  returning 1)
${ANSWER}`;

/** Writes once: what is there, expired or not, is left as it is. Parameters as {@link WRITE}. */
export const CREATE: string = `
with done as (
  insert into garim.oauth_artifact as artifact (kind, id, value, grant_id, predecessor, seed, expires_at)
  values ($2::text, $3::text, $4::text, $5::text, $6::text, $7::text, $8::float8)
  on conflict (kind, id) do nothing
  returning 1)
${ANSWER}`;

/**
 * Writes once, and finds another with its family's grant: what a renewal asks before anything else. Parameters as {@link WRITE}; then `$9`
 * kind and `$10` id's hash of the other, `$11` now.
 */
export const CREATE_AND_FIND: string = `
with done as (
  insert into garim.oauth_artifact as artifact (kind, id, value, grant_id, predecessor, seed, expires_at)
  values ($2::text, $3::text, $4::text, $5::text, $6::text, $7::text, $8::float8)
  on conflict (kind, id) do nothing
  returning 1)
select $1::text as ticket, (select count(*)::integer from done) as done,
  other.value, other.seed, other.consumed_at,
  family.value as family_value, family.seed as family_seed, family.consumed_at as family_consumed_at
from (select 1) as one
left join garim.oauth_artifact as other
  on other.kind = $9::text and other.id = $10::text and other.expires_at > $11::float8
left join garim.oauth_artifact as family
  on family.kind = 'Grant' and family.grant_id = other.grant_id and family.expires_at > $11::float8`;

/** As {@link CREATE}, a query of the statement that puts a token into the ledger; parameters from `$7` on. */
export const PROOF_QUERY: string = `
proof as (
  insert into garim.oauth_artifact (kind, id, value, seed, expires_at)
  values ('Proof', $7::text, $8::text, $9::text, $10::float8)
  on conflict (kind, id) do nothing
  returning 1)`;

/** Whether the proof came for the first time. */
export const PROOF_IS_FIRST = "exists (select from proof)";

/**
 * Another one: holds a family's grant until the token stands, so that who ends the family waits, and finds the token then. Parameters from
 * a place on: the grant's hash, now.
 */
export function familyQuery(place: number): string {
  return `
family as (
  select 1 from garim.oauth_artifact
  where kind = 'Grant' and id = $${place}::text and expires_at > $${place + 1}::float8
  for key share)`;
}

/** Whether the family's grant is still there. */
export const FAMILY_IS_THERE = "exists (select from family)";

/** Of any number at once, one is done. `$4` now. */
export const CONSUME: string = `
with done as (
  update garim.oauth_artifact set consumed_at = $4::float8
  where kind = $2::text and id = $3::text and consumed_at is null and expires_at > $4::float8
  returning 1)
${ANSWER}`;

/** Consumes what an artifact came after. `$4` now. */
export const CONSUME_PREDECESSOR: string = `
with done as (
  update garim.oauth_artifact as before set consumed_at = $4::float8
  from garim.oauth_artifact as artifact
  where artifact.kind = $2::text and artifact.id = $3::text
    and before.kind = artifact.kind and before.id = artifact.predecessor and before.consumed_at is null
  returning 1)
${ANSWER}`;

export const REMOVE: string = `
with done as (
  delete from garim.oauth_artifact where kind = $2::text and id = $3::text returning 1)
${ANSWER}`;

/** Removes a family, the grant's own artifact included. `$2` grant. */
export const REMOVE_FAMILY: string = `
with done as (
  delete from garim.oauth_artifact where grant_id = $2::text returning 1)
${ANSWER}`;

/** `$2` now, `$3` how many rows. Those another node is writing or deleting are left to it. */
export const SWEEP: string = `
with done as (
  delete from garim.oauth_artifact where (kind, id) in (
    select kind, id from garim.oauth_artifact where expires_at <= $2::float8
    limit $3::integer for update skip locked)
  returning 1)
${ANSWER}`;
