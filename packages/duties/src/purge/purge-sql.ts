/* One statement each, so one transaction each. `$1` is the ticket; lists come and go as JSON, whose parameters every driver writes alike. */

const COUNT = "select $1::text as ticket, count(*)::integer as done from done";

/**
 * `$2` orders: [tool, seller, order, purge by, read at, shown clear], each once. In the order of their names, so that two that note the
 * same orders rarely wait for each other in a circle. What was masked only has what is owed already made due sooner.
 */
export const OWE: string = `
with given as materialized (
  select one->>0 as tool_id, one->>1 as seller_id, one->>2 as order_id,
    (one->>3)::float8 as purge_by, (one->>4)::float8 as read_at, (one->>5)::boolean as is_clear
  from json_array_elements($2::json) as one),
sooner as (
  update garim.purge as owed set purge_by = given.purge_by from given
  where not given.is_clear and owed.destroyed_at is null and given.purge_by < owed.purge_by
    and (owed.tool_id, owed.seller_id, owed.order_id) = (given.tool_id, given.seller_id, given.order_id)
  returning 1),
done as (
  insert into garim.purge as owed (tool_id, seller_id, order_id, purge_by, read_at)
  select tool_id, seller_id, order_id, purge_by, read_at from given where is_clear
  order by tool_id, seller_id, order_id
  on conflict (tool_id, seller_id, order_id) do update
    set purge_by = excluded.purge_by, read_at = excluded.read_at,
      destroyed_at = case when owed.destroyed_at < excluded.read_at then null else owed.destroyed_at end,
      receipt = case when owed.destroyed_at < excluded.read_at then null else owed.receipt end
    where owed.read_at <= excluded.read_at
  returning 1)
${COUNT}`;

/** `$2` tool, `$3` seller, `$4` orders, `$5` destroyed at, `$6` receipt. What was read after it was destroyed is still owed. */
export const CONFIRM: string = `
with mine as (
  select tool_id, seller_id, order_id from garim.purge
  where tool_id = $2::text and seller_id = $3::text and destroyed_at is null and read_at <= $5::float8
    and order_id = any(array(select json_array_elements_text($4::json)))
  order by order_id for update),
done as (
  update garim.purge as owed set destroyed_at = $5::float8, receipt = $6::text from mine
  where (owed.tool_id, owed.seller_id, owed.order_id) = (mine.tool_id, mine.seller_id, mine.order_id)
  returning owed.order_id)
select $1::text as ticket, coalesce((select json_agg(order_id order by order_id) from done), '[]')::text as found`;

/** `$2` due before, `$3` tool or null, `$4` seller or null, `$5` after: [purge by, tool, seller, order] or null, `$6` how many. */
export const OWED: string = `
with page as (
  select purge_by, tool_id, seller_id, order_id, read_at from garim.purge
  where destroyed_at is null and purge_by < $2::float8
    and ($3::text is null or tool_id = $3::text) and ($4::text is null or seller_id = $4::text)
    and ($5::json is null or (purge_by, tool_id, seller_id, order_id) >
      (($5::json->>0)::float8, $5::json->>1, $5::json->>2, $5::json->>3))
  order by purge_by, tool_id, seller_id, order_id limit $6::integer)
select $1::text as ticket, coalesce((
  select json_agg(json_build_array(purge_by, tool_id, seller_id, order_id, read_at)
    order by purge_by, tool_id, seller_id, order_id) from page), '[]')::text as found`;

/** `$2` now, `$3` seller or null, `$4` after: [tool, seller] or null, `$5` how many. */
export const DEBTS: string = `
with page as (
  select tool_id, seller_id, count(*)::integer as orders,
    count(*) filter (where purge_by < $2::float8)::integer as overdue, min(purge_by) as due_at
  from garim.purge
  where destroyed_at is null and ($3::text is null or seller_id = $3::text)
    and ($4::json is null or (tool_id, seller_id) > ($4::json->>0, $4::json->>1))
  group by tool_id, seller_id order by tool_id, seller_id limit $5::integer)
select $1::text as ticket, coalesce((
  select json_agg(json_build_object('toolId', tool_id, 'sellerId', seller_id, 'orders', orders, 'overdue', overdue,
      'dueAt', due_at) order by tool_id, seller_id) from page), '[]')::text as found`;

/** `$2` seller or null, `$3` after: [destroyed at, receipt] or null, `$4` how many. A receipt is of one tool, seller and moment. */
export const RECEIPTS: string = `
with page as (
  select destroyed_at, receipt, min(tool_id) as tool_id, min(seller_id) as seller_id, count(*)::integer as orders
  from garim.purge
  where destroyed_at is not null and ($2::text is null or seller_id = $2::text)
    and ($3::json is null or (destroyed_at, receipt) < (($3::json->>0)::float8, $3::json->>1))
  group by destroyed_at, receipt order by destroyed_at desc, receipt desc limit $4::integer)
select $1::text as ticket, coalesce((
  select json_agg(json_build_object('receipt', receipt, 'toolId', tool_id, 'sellerId', seller_id, 'orders', orders,
      'destroyedAt', destroyed_at) order by destroyed_at desc, receipt desc) from page), '[]')::text as found`;

/** `$2` destroyed before, `$3` how many: the log has the receipt. */
export const SWEEP: string = `
with done as (
  delete from garim.purge where ctid = any(array(
    select ctid from garim.purge where destroyed_at < $2::float8 limit $3::integer for update skip locked))
  returning 1)
${COUNT}`;
