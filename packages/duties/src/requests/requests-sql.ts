/* One statement each, so one transaction each. `$1` is the ticket; rows come as JSON. */

const ROW = `json_build_object(
  'id', r.id, 'buyerId', r.buyer_id, 'sellerId', r.seller_id, 'kind', r.kind, 'text', r.body, 'askedAt', r.asked_at,
  'outcome', r.outcome, 'answer', r.answer, 'answeredAt', r.answered_at, 'answeredBy', r.answered_by)`;

/** Without who asked and without a text: who may read these columns alone lists requests. */
const STATUS = `json_build_object(
  'id', r.id, 'sellerId', r.seller_id, 'kind', r.kind, 'askedAt', r.asked_at,
  'outcome', r.outcome, 'answeredAt', r.answered_at, 'answeredBy', r.answered_by)`;

/** `$2` id, `$3` buyer, `$4` seller or null, `$5` kind, `$6` text, `$7` asked at. */
export const OPEN: string = `
with done as (
  insert into garim.subject_request (id, buyer_id, seller_id, kind, body, asked_at)
  values ($2::text, $3::text, $4::text, $5::text, $6::text, $7::float8)
  on conflict (id) do nothing returning 1)
select $1::text as ticket, count(*)::integer as done from done`;

/** `$2` id. */
export const FIND: string = `
select $1::text as ticket, (select ${ROW} from garim.subject_request as r where r.id = $2::text)::text as found`;

/** `$2` id, `$3` outcome, `$4` answer, `$5` answered at, `$6` by whom. The first answer stays. */
export const ANSWER: string = `
with r as (
  update garim.subject_request
  set outcome = $3::text, answer = $4::text, answered_at = $5::float8, answered_by = $6::text
  where id = $2::text and answered_at is null
  returning *)
select $1::text as ticket, (select ${ROW} from r)::text as found`;

/** `$2` seller or null, `$3` only open ones, `$4` after: [asked at, id] or null, `$5` how many. */
export const LIST: string = `
with page as (
  select id, seller_id, kind, asked_at, outcome, answered_at, answered_by from garim.subject_request
  where ($2::text is null or seller_id = $2::text) and (not $3::boolean or answered_at is null)
    and ($4::json is null or (asked_at, id) > (($4::json->>0)::float8, $4::json->>1))
  order by asked_at, id limit $5::integer)
select $1::text as ticket, coalesce((
  select json_agg(${STATUS} order by r.asked_at, r.id) from page as r), '[]')::text as found`;

/** `$2` buyer, `$3` after: [asked at, id] or null, `$4` how many. */
export const OF_BUYER: string = `
with page as (
  select * from garim.subject_request
  where buyer_id = $2::text and ($3::json is null or asked_at < ($3::json->>0)::float8
    or (asked_at = ($3::json->>0)::float8 and id > ($3::json->>1)))
  order by asked_at desc, id limit $4::integer)
select $1::text as ticket, coalesce((
  select json_agg(${ROW} order by r.asked_at desc, r.id) from page as r), '[]')::text as found`;

/** `$2` asked before this is overdue by now, `$3` milliseconds there are to answer. */
export const COUNT: string = `
select $1::text as ticket, json_build_object(
  'open', count(*) filter (where answered_at is null),
  'overdue', count(*) filter (where answered_at is null and asked_at < $2::float8),
  'answered', count(*) filter (where answered_at is not null),
  'answeredLate', count(*) filter (where answered_at > asked_at + $3::float8))::text as found
from garim.subject_request`;

/** `$2` answered before, `$3` how many: the log keeps that they were asked and answered. */
export const SWEEP: string = `
with done as (
  delete from garim.subject_request where ctid = any(array(
    select ctid from garim.subject_request where answered_at < $2::float8 limit $3::integer for update skip locked))
  returning 1)
select $1::text as ticket, count(*)::integer as done from done`;
