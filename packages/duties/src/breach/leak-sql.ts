/* One statement each, so one transaction each. `$1` is the ticket; lists come and go as JSON. */

/** `$2` leak, `$3` notice, `$4` recipients: which of them were told by it. */
export const TOLD: string = `
select $1::text as ticket, coalesce((
  select json_agg(recipient) from garim.leak_notice
  where leak_id = $2::text and notice = $3::integer and outcome = 'told'
    and recipient in (select json_array_elements_text($4::json))), '[]')::text as found`;

/** `$2` leak, `$3` notice, `$4` now, `$5` tried: [recipient, channel, outcome], each once. Who was told stays told. */
export const NOTE: string = `
with done as (
  insert into garim.leak_notice as known (leak_id, notice, recipient, channel, outcome, tried_at)
  select $2::text, $3::integer, one->>0, one->>1, one->>2, $4::float8 from json_array_elements($5::json) as one
  on conflict (leak_id, notice, recipient) do update
    set channel = excluded.channel, outcome = excluded.outcome, tried_at = excluded.tried_at where known.outcome <> 'told'
  returning 1)
select $1::text as ticket, count(*)::integer as done from done`;

/** `$2` leak, `$3` notice: how many came to what. */
export const COUNT: string = `
select $1::text as ticket,
  (count(*) filter (where outcome = 'told'))::integer as told,
  (count(*) filter (where outcome = 'failed'))::integer as failed,
  (count(*) filter (where outcome = 'unreachable'))::integer as unreachable
from garim.leak_notice where leak_id = $2::text and notice = $3::integer`;

/** `$2` leaks, `$3` buyer: which of the leaks concern the buyer. Looks up each by its key, also those that do not. */
export const CONCERNED: string = `
select $1::text as ticket, coalesce((
  select json_agg(leak) from json_array_elements_text($2::json) as leak
  where exists (select from garim.leak_notice where leak_id = leak and recipient = $3::text)), '[]')::text as found`;
