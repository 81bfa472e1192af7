import { KEPT_ACTIONS } from "../lasting-actions.ts";

/*
 * What a month leaves behind, legal holds, and destruction. A part of version 1.
 */

/** How a record's CBOR has a month or a hold in its detail: the name as a text, then the head of the text that follows. */
const SAYS = {
  month: "656d6f6e746867",
  history: "67686973746f727967",
  hold: "64686f6c647824",
} as const;

/** What is destroyed: a month's records, or what outlived it of the history of rights. */
export type DestroyedPart = "month" | "history";

/** @param text - in SQL. Whether a record's bytes say that in its detail. */
const says = (member: keyof typeof SAYS, text: string): string =>
  `position(decode('${SAYS[member]}', 'hex') || convert_to(${text}, 'UTF8') in r.body) > 0`;

/** The records of a destruction that are there already, so that one that broke off goes on. */
export const findDestructions = (part: DestroyedPart): string =>
  `select r.seq::text, encode(r.body, 'hex') as body, replace(array_to_string(r.subjects, ''), '-', '') as subjects
  from garim.log_record r
  where r.action = 'destroy-records' and r.outcome = 'done' and ${says(part, "$1::text")} order by r.seq`;

/** @param from - a moment in SQL. Whether the month that begins then is under a hold. */
const isHeld = (from: string): string =>
  `exists (select from garim.log_hold h where h.released_at is null and h.until > ${from}
      and h.since < (${from} at time zone 'UTC' + interval '1 month') at time zone 'UTC')`;

/** What every destruction begins with. */
const OPENING = `
    if month is null or month !~ '^[0-9]{4}-(0[1-9]|1[0-2])$' then
      raise exception using errcode = 'GR001', message = 'A month is written as 2026-11';
    end if;
    -- An older view of the database would not see a hold that was placed meanwhile.
    if current_setting('transaction_isolation') <> 'read committed' then
      raise exception using errcode = 'GR008',
        message = 'A month is destroyed under read committed only; set transaction isolation level read committed';
    end if;
    perform set_config('lock_timeout', lock_wait, true);
    -- What follows in the key file must not outlive a month that came back.
    perform set_config('synchronous_commit', 'on', true);
    lock table garim.log_hold in share row exclusive mode;`;

const SPAN = `
    starts := (month || '-01')::timestamp at time zone 'UTC';
    ends := ((month || '-01')::timestamp + interval '1 month') at time zone 'UTC';
`;

const REFUSE_HELD = `
    if ${isHeld("starts")} then
      raise exception using errcode = 'GR003',
        message = format('%s is under a legal hold; garim hold list shows it, and only its release ends it', month);
    end if;
`;

/** The record that says so must be of a later month, and what it says must be of that part. */
const checkRecord = (part: DestroyedPart): string => `
    select b.no, b.recorded_at into its_batch, its_moment from garim.log_batch b
      where b.first_seq <= record order by b.first_seq desc limit 1;
    if its_moment is null or its_moment < ends or not exists (
      select from garim.log_record r where r.seq = record and r.recorded_at = its_moment
        and r.action = 'destroy-records' and r.outcome = 'done' and ${says(part, "month")}
    ) then
      raise exception using errcode = 'GR006',
        message = format('No record at place %s says that %s is destroyed', record, month);
    end if;
`;

export const RETENTION: string = `
  -- Records that outlive their month, as they were; and every leaf of their batches, without which they could not be proved.
  create table garim.log_kept (like garim.log_record including storage, primary key (seq));
  create table garim.log_kept_batch (no bigint primary key, leaves bytea not null);

  -- Nobody may destroy a month that one of these touches.
  create table garim.log_hold (
    id uuid primary key,
    since timestamptz not null,
    until timestamptz not null,
    reason text not null,
    placed_by text not null,
    placed_at timestamptz not null default clock_timestamp(),
    released_at timestamptz,
    released_on bigint,
    check (isfinite(since) and since < until)
  );

  create table garim.log_destroyed (
    month text primary key,
    record bigint not null,
    records bigint not null,
    destroyed_at timestamptz not null default clock_timestamp()
  );

  -- Answers the months it touches that are gone already.
  create function garim.hold(hold uuid, since timestamptz, until timestamptz, why text, who text) returns text
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $hold$
  begin
    perform set_config('synchronous_commit', 'on', true);
    -- Waits for a destruction that runs, and the next one waits for this.
    insert into garim.log_hold (id, since, until, reason, placed_by)
      values (hold.hold, hold.since, hold.until, why, who) on conflict (id) do nothing;
    return (select string_agg(d.month, ' ' order by d.month) from garim.log_destroyed d
      where (d.month || '-01')::timestamp at time zone 'UTC' < hold.until
        and ((d.month || '-01')::timestamp + interval '1 month') at time zone 'UTC' > hold.since);
  end $hold$;

  create function garim.release(hold uuid, record bigint) returns boolean
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $release$
  begin
    if not exists (
      select from (select recorded_at from garim.log_batch where first_seq <= record order by first_seq desc limit 1) b
      join garim.log_record r on r.recorded_at = b.recorded_at and r.seq = record
      where r.action = 'release-records' and r.outcome = 'done'
        and ${says("hold", "hold::text")}
    ) then
      raise exception using errcode = 'GR006', message = format('No record at place %s says that hold %s is released', record, hold);
    end if;
    update garim.log_hold h set released_at = clock_timestamp(), released_on = record
      where h.id = hold and h.released_at is null;
    return found;
  end $release$;

  -- Destroys the records of a month (2026-11, UTC). What is asked here again nobody can go round by another program.
  create function garim.destroy_month(month text, record bigint, lock_wait text) returns bigint
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $destroy$
  declare
    name constant text := 'log_record_' || replace(month, '-', '_');
    starts timestamptz;
    ends timestamptz;
    earlier text;
    expected bigint;
    last_batch bigint;
    its_batch bigint;
    its_moment timestamptz;
    sealed bigint;
    n bigint;
  begin
${OPENING}
    if to_regclass('garim.' || name) is null then
      if exists (select from garim.log_destroyed d where d.month = destroy_month.month) then
        return 0;
      end if;
      raise exception using errcode = 'GR001', message = format('The log has no month %s', month);
    end if;
${SPAN}    -- The law's floor, whatever a policy says; a day more, as the month is one in UTC and its key is used a moment longer.
    if ((month || '-01')::timestamp + interval '1 year 1 month 1 day') at time zone 'UTC' > clock_timestamp() then
      raise exception using errcode = 'GR002',
        message = format('Records of %s are less than a year old, and no policy may be shorter (notice-2026-9/8-1)', month);
    end if;
${REFUSE_HELD}    select min(c.relname) into earlier from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'garim.log_record'::regclass and c.relname < name
        and not ${isHeld("(translate(substr(c.relname, 12), '_', '-') || '-01')::timestamp at time zone 'UTC'")};
    if earlier is not null then
      raise exception using errcode = 'GR004',
        message = format('%s is older and still there; months go oldest first', translate(substr(earlier, 12), '_', '-'));
    end if;

    execute format('select count(*) from garim.%I', name) into n;
    if n = 0 and exists (select from garim.log_destroyed d where d.month = destroy_month.month) then
      -- Somebody made the empty month again.
      execute format('alter table garim.log_record detach partition garim.%I', name);
      execute format('drop table garim.%I', name);
      return 0;
    end if;
    select coalesce(sum(b.size), 0), max(b.no) into expected, last_batch from garim.log_batch b
      where b.recorded_at >= starts and b.recorded_at < ends;
    if n <> expected then
      raise exception using errcode = 'GR007', message = format(
        '%s has %s records, and its batches say %s: what was tampered with is not destroyed; run garim verify', month, n, expected);
    end if;
${checkRecord("month")}    select s.size into sealed from garim.log_sealer s;
    if greatest(last_batch, its_batch) > coalesce(sealed, 0) then
      raise exception using errcode = 'GR005', message = format(
        'The tree is signed over %s batches, and %s needs %s; let the log be sealed first', sealed, month,
        greatest(last_batch, its_batch));
    end if;

    execute format('insert into garim.log_kept select r.* from garim.%I r where r.action <> ''view'' and r.action = any($1)
        on conflict do nothing', name)
      using array['${KEPT_ACTIONS.join("', '")}'];
    execute format(
      'insert into garim.log_kept_batch (no, leaves)
         select b.no, (select string_agg(r.leaf, '''' order by r.seq) from garim.%I r
             where r.seq >= b.first_seq and r.seq < b.first_seq + b.size)
         from garim.log_batch b where b.no = any(array(
           select (select c.no from garim.log_batch c where c.first_seq <= k.seq order by c.first_seq desc limit 1)
           from garim.log_kept k where k.recorded_at >= $1 and k.recorded_at < $2))
         on conflict do nothing', name)
      using starts, ends;
    -- From here on appends and questions wait; not longer than for the lock.
    execute format('alter table garim.log_record detach partition garim.%I', name);
    execute format('drop table garim.%I', name);
    insert into garim.log_destroyed (month, record, records) values (month, record, n);
    return n;
  end $destroy$;

  -- Destroys what outlived a month of the history of rights; that it was destroyed stays for good.
  create function garim.destroy_history(month text, record bigint, lock_wait text) returns bigint
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $history$
  declare
    starts timestamptz;
    ends timestamptz;
    its_batch bigint;
    its_moment timestamptz;
    n bigint;
  begin
${OPENING}
${SPAN}
    if ((month || '-01')::timestamp + interval '3 years 1 month 1 day') at time zone 'UTC' > clock_timestamp() then
      raise exception using errcode = 'GR002', message = format(
        'The history of rights of %s is less than three years old, and no policy may be shorter (notice-2026-9/5-3)', month);
    end if;
${REFUSE_HELD}${checkRecord("history")}
    if its_batch > (select coalesce(max(s.size), 0) from garim.log_sealer s) then
      raise exception using errcode = 'GR005',
        message = format('The record at place %s is under no signed checkpoint; let the log be sealed first', record);
    end if;
    delete from garim.log_kept k where k.recorded_at >= starts and k.recorded_at < ends and k.action <> 'destroy-records';
    get diagnostics n = row_count;
    delete from garim.log_kept_batch l using garim.log_batch b
      where b.no = l.no and b.recorded_at >= starts and b.recorded_at < ends
        and not exists (select from garim.log_kept k where k.seq >= b.first_seq and k.seq < b.first_seq + b.size);
    return n;
  end $history$;
  revoke execute on function garim.hold from public;
  revoke execute on function garim.release from public;
  revoke execute on function garim.destroy_month from public;
  revoke execute on function garim.destroy_history from public;
`;
