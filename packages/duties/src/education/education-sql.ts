/* One statement each, so one transaction each. `$1` is the ticket; lists come and go as JSON. */

/** What is known of a person `t`. */
const KNOWN = `json_build_object(
  'sellerId', t.seller_id, 'staffId', t.staff_id, 'roles', t.roles::json, 'since', t.since,
  'completions', coalesce((
    select json_object_agg(c.course_id, json_build_array(c.completed_at, c.proof, c.said_by))
    from garim.completion as c where (c.seller_id, c.staff_id) = (t.seller_id, t.staff_id)), '{}'),
  'reminders', coalesce((
    select json_object_agg(r.course_id, r.reminded_at)
    from garim.reminder as r where (r.seller_id, r.staff_id) = (t.seller_id, t.staff_id)), '{}'))`;

/**
 * `$2` seller, `$3` staff, `$4` roles, `$5` since when each, now. A role that comes back keeps its first moment: taking it away for a
 * minute gives nobody new time.
 */
export const MEET: string = `
with t as (
  insert into garim.trainee as known (seller_id, staff_id, roles, since, seen_at)
  values ($2::text, $3::text, $4::text, $5::jsonb, $6::float8)
  on conflict (seller_id, staff_id) do update
    set roles = excluded.roles, since = excluded.since || known.since, seen_at = excluded.seen_at
  returning *)
select $1::text as ticket, (select ${KNOWN}::text from t) as found`;

/** `$2` seller or null, `$3` seen since, `$4` after: [seller, staff] or null, `$5` how many. */
export const LIST: string = `
with page as (
  select * from garim.trainee
  where seen_at >= $3::float8 and ($2::text is null or seller_id = $2::text)
    and ($4::json is null or (seller_id, staff_id) > ($4::json->>0, $4::json->>1))
  order by seller_id, staff_id limit $5::integer)
select $1::text as ticket, coalesce((
  select json_agg(${KNOWN} order by t.seller_id, t.staff_id) from page as t), '[]')::text as found`;

/** `$2` seller, `$3` staff, `$4` course, `$5` completed at, `$6` proof, `$7` who says so. The later one counts. */
export const COMPLETE: string = `
with done as (
  insert into garim.completion as known (seller_id, staff_id, course_id, completed_at, proof, said_by)
  values ($2::text, $3::text, $4::text, $5::float8, $6::text, $7::text)
  on conflict (seller_id, staff_id, course_id) do update
    set completed_at = excluded.completed_at, proof = excluded.proof, said_by = excluded.said_by
    where known.completed_at <= excluded.completed_at
  returning 1)
select $1::text as ticket, count(*)::integer as done from done`;

/** `$2` seller or null, `$3` after: [seller, staff, course] or null, `$4` how many. */
export const COMPLETIONS: string = `
with page as (
  select * from garim.completion
  where ($2::text is null or seller_id = $2::text)
    and ($3::json is null or (seller_id, staff_id, course_id) > ($3::json->>0, $3::json->>1, $3::json->>2))
  order by seller_id, staff_id, course_id limit $4::integer)
select $1::text as ticket, coalesce((
  select json_agg(json_build_object('sellerId', seller_id, 'staffId', staff_id, 'courseId', course_id,
      'completedAt', completed_at, 'proof', proof, 'saidBy', said_by)
    order by seller_id, staff_id, course_id) from page), '[]')::text as found`;

/** `$2` seller, `$3` staff, `$4` course, `$5` now, `$6` not after. Whoever raises it tells. */
export const CLAIM: string = `
with done as (
  insert into garim.reminder as known (seller_id, staff_id, course_id, reminded_at)
  values ($2::text, $3::text, $4::text, $5::float8)
  on conflict (seller_id, staff_id, course_id) do update
    set reminded_at = excluded.reminded_at where known.reminded_at <= $6::float8
  returning 1)
select $1::text as ticket, count(*)::integer as done from done`;

/** `$2` seller, `$3` staff, `$4` course: it was not told. */
export const UNCLAIM: string = `
with done as (
  delete from garim.reminder
  where seller_id = $2::text and staff_id = $3::text and course_id = $4::text returning 1)
select $1::text as ticket, count(*)::integer as done from done`;
