/* One statement each, so one transaction each. `$1` is the ticket. */

/** `$2` seller, `$3` published at, `$4` text, `$5` its SHA-256, `$6` the version it follows. None where another came first. */
export const PUBLISH: string = `
with done as (
  insert into garim.privacy_policy (seller_id, version, published_at, body, sha256)
  select $2::text, $6::integer + 1, $3::float8, $4::text, $5::text
  on conflict do nothing
  returning version)
select $1::text as ticket, (select version from done) as version`;

/** `$2` seller, `$3` version or null for the newest. */
export const FIND: string = `
select $1::text as ticket, policy.version, policy.published_at, policy.body, policy.sha256, policy.seller_id
from (select 1) as one left join lateral (
  select * from garim.privacy_policy
  where seller_id = $2::text and ($3::integer is null or version = $3::integer)
  order by version desc limit 1) as policy on true`;

/** `$2` seller, `$3` before which version or null, `$4` how many. */
export const HISTORY: string = `
with page as (
  select version, published_at, sha256 from garim.privacy_policy
  where seller_id = $2::text and ($3::integer is null or version < $3::integer)
  order by version desc limit $4::integer)
select $1::text as ticket, coalesce((
  select json_agg(json_build_object('version', version, 'publishedAt', published_at, 'sha256', sha256)
    order by version desc) from page), '[]')::text as found`;

/** `$2` after: [seller, version] or null, `$3` how many. */
export const PUBLISHED: string = `
with page as (
  select seller_id, version, published_at, sha256 from garim.privacy_policy
  where $2::json is null or (seller_id, version) > ($2::json->>0, ($2::json->>1)::integer)
  order by seller_id, version limit $3::integer)
select $1::text as ticket, coalesce((
  select json_agg(json_build_object('sellerId', seller_id, 'version', version, 'publishedAt', published_at, 'sha256', sha256)
    order by seller_id, version) from page), '[]')::text as found`;
