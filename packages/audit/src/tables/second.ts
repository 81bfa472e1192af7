/**
 * Version 2 of the log's tables: counts by the hour, for charts, and who verified the log when. Nothing is proved by them; what they
 * are of is in the log.
 */
export const SECOND: string = `
  -- How many records came each hour, and of how many data subjects, each counted once a record.
  create table garim.log_hour (
    hour timestamptz not null,
    kind text not null,
    action text not null,
    outcome text not null,
    records bigint not null,
    subjects bigint not null,
    primary key (hour, kind, action, outcome)
  );
  -- What tools did each day of Korea; an hour would be as many rows as records.
  create table garim.log_tool_day (
    day date not null,
    tool text not null,
    action text not null,
    outcome text not null,
    records bigint not null,
    subjects bigint not null,
    primary key (day, tool, action, outcome)
  );
  -- Up to which place they are counted.
  create table garim.log_counted (
    one boolean primary key default true check (one),
    seq bigint not null
  );
  insert into garim.log_counted (seq) values (0);

  -- Counts whole batches, about so many records as are asked for, behind the end of the log. The place goes on in the same
  -- transaction, so nothing is counted twice; who comes while another counts does nothing. Answers how many were counted.
  create function garim.count_up(most integer) returns bigint
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $count$
  declare
    done bigint;
    last bigint;
    since timestamptz;
    until timestamptz;
  begin
    select seq into done from garim.log_counted for update skip locked;
    if not found then
      return 0;
    end if;
    select first_seq + size - 1, recorded_at into last, until from garim.log_batch
      where first_seq <= done + least(greatest(most, 1), 100000) order by first_seq desc limit 1;
    if last is null or last <= done then
      return 0;
    end if;
    select recorded_at into since from garim.log_batch where first_seq > done order by first_seq limit 1;
    with counted as materialized (
      select date_trunc('hour', r.recorded_at, 'UTC') as hour, r.kind, r.action, r.outcome,
             case when r.kind = 'tool' then r.actor end as tool, count(*) as records, sum(cardinality(r.subjects)) as subjects
      from garim.log_record r
      where r.seq > done and r.seq <= last and r.recorded_at >= since and r.recorded_at <= until
      group by 1, 2, 3, 4, 5
    ), hours as (
      insert into garim.log_hour as h (hour, kind, action, outcome, records, subjects)
        select hour, kind, action, outcome, sum(records), sum(subjects) from counted group by 1, 2, 3, 4
        on conflict (hour, kind, action, outcome)
        do update set records = h.records + excluded.records, subjects = h.subjects + excluded.subjects
    )
    insert into garim.log_tool_day as d (day, tool, action, outcome, records, subjects)
      select (hour at time zone 'UTC' + interval '9 hours')::date, tool, action, outcome, sum(records), sum(subjects)
      from counted where tool is not null group by 1, 2, 3, 4
      on conflict (day, tool, action, outcome)
      do update set records = d.records + excluded.records, subjects = d.subjects + excluded.subjects;
    update garim.log_counted set seq = last;
    return last - done;
  end $count$;
  revoke execute on function garim.count_up from public;

  -- When somebody verified the whole log, and what came of it, as they say.
  create table garim.log_verified (
    no bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    place text not null,
    is_intact boolean not null,
    records bigint not null,
    until bigint
  );
  create function garim.note_verified(place text, is_intact boolean, records bigint, until bigint) returns void
    language sql security definer set search_path = pg_catalog, pg_temp as $noted$
    insert into garim.log_verified (place, is_intact, records, until)
      values (left(place, 1000), is_intact, records, until)
  $noted$;
  revoke execute on function garim.note_verified from public;
`;
