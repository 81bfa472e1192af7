import { RETENTION } from "./retention.ts";

/**
 * Version 1 of the log's tables.
 *
 * Functions run as their owner, so that whoever may execute `garim.append` needs no right on any table; their names are written
 * out and their search path is the catalogue's, so that nobody's own tables or operators stand in for these.
 */
export const FIRST: string = `
  create table garim.log_head (
    one boolean primary key default true check (one),
    size bigint not null,
    batches bigint not null,
    recorded_at timestamptz not null
  );
  insert into garim.log_head (size, batches, recorded_at) values (0, 0, '1970-01-01Z');

  -- One leaf of the tree each; kept when the records of its month are destroyed.
  create table garim.log_batch (
    no bigint primary key,
    id uuid not null unique,
    first_seq bigint not null,
    size integer not null,
    recorded_at timestamptz not null,
    root bytea not null check (octet_length(root) = 32)
  );
  create index log_batch_first on garim.log_batch (first_seq);
  create index log_batch_time on garim.log_batch (recorded_at);

  -- Months by the database's clock in UTC. Nothing is compressed: bodies are dense already, pseudonyms are random.
  create table garim.log_record (
    seq bigint not null,
    recorded_at timestamptz not null,
    at timestamptz not null,
    kind text not null,
    actor text not null,
    seller text,
    session text,
    ip text not null,
    action text not null,
    outcome text not null,
    purpose text,
    target text,
    key text,
    leaf bytea not null,
    subjects uuid[] not null,
    body bytea not null,
    primary key (seq, recorded_at)
  ) partition by range (recorded_at);
  alter table garim.log_record alter body set storage external;
  alter table garim.log_record alter subjects set storage external;
  create index log_record_actor on garim.log_record (actor, seq);
  create index log_record_seller on garim.log_record (seller, seq) where seller is not null;
  create index log_record_ip on garim.log_record (ip, seq);
  create index log_record_key on garim.log_record (key, seq) where key is not null;
  create index log_record_target on garim.log_record (target, seq) where target is not null;
  -- A view is by far the most frequent action, and what is asked for by action is something else; a session begins with one.
  create index log_record_action on garim.log_record (action, seq) where action <> 'view';
  create index log_record_session on garim.log_record (session, seq) where session is not null and action <> 'view';
  create index log_record_refused on garim.log_record (seq) where outcome = 'refused';
  -- A record's id holds its moment: a small index by blocks is enough to find it.
  create index log_record_at on garim.log_record using brin (at);
  create index log_record_subjects on garim.log_record using gin (subjects);

  -- Makes the partition of a month. Attaching one, other than creating it in place, lets others read and append meanwhile.
  -- Rows stay in one piece up to 8 kB.
  create function garim.cover(moment timestamptz) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $cover$
  declare
    month constant timestamp := date_trunc('month', moment at time zone 'UTC');
    name constant text := 'log_record_' || to_char(month, 'YYYY_MM');
  begin
    if to_regclass('garim.' || name) is not null then
      return;
    end if;
    perform from garim.log_head for update;
    execute format(
      'create table garim.%I (like garim.log_record including defaults including constraints including storage)
         with (toast_tuple_target = 8160)', name);
    execute format(
      'alter table garim.log_record attach partition garim.%I for values from (%L) to (%L)',
      name, month at time zone 'UTC', (month + interval '1 month') at time zone 'UTC');
  exception
    -- Somebody else made it and held the head until it was there; this session's catalogue did not know yet.
    when duplicate_table then null;
  end $cover$;

  -- Bytes are those of every record in one, its hash before its body, and pseudonyms are those of all: two ends for each record say
  -- where they are parted.
  create function garim.append(
    batch uuid, lock_timeout text, root bytea, bytes bytea, ends integer[], subjects uuid[], moments bigint[],
    kinds text[], actors text[], sellers text[], sessions text[], ips text[], actions text[], outcomes text[],
    purposes text[], targets text[], keys text[]
  ) returns bigint language plpgsql security definer set search_path = pg_catalog, pg_temp as $append$
  declare
    n constant integer := cardinality(moments);
    head garim.log_head;
    first bigint;
    moment timestamptz;
  begin
    perform set_config('lock_timeout', lock_timeout, true);
    if current_setting('synchronous_commit') not in ('on', 'remote_apply') then
      perform set_config('synchronous_commit', 'on', true);
    end if;
    -- The head first: from here on this is the only append, so a batch whose outcome was unknown is seen by its retry.
    select * into strict head from garim.log_head for update;
    select first_seq into first from garim.log_batch where id = batch;
    if found then
      return first;
    end if;
    first := head.size + 1;
    -- Whole milliseconds, which is what is hashed, and never back: the order of places is the order of moments.
    moment := greatest(head.recorded_at, date_trunc('milliseconds', clock_timestamp()));
    perform garim.cover(moment);
    update garim.log_head set size = head.size + n, batches = head.batches + 1, recorded_at = moment;
    insert into garim.log_batch (no, id, first_seq, size, recorded_at, root)
      values (head.batches + 1, batch, first, n, moment, root);
    insert into garim.log_record (seq, recorded_at, at, kind, actor, seller, session, ip, action, outcome, purpose, target, key,
        leaf, subjects, body)
      select first + r.place - 1, moment, to_timestamp(r.at / 1000.0), r.kind, r.actor, r.seller, r.session, r.ip, r.action,
             r.outcome, r.purpose, r.target, r.key, substr(bytes, coalesce(ends[2 * r.place - 3], 0) + 1, 32),
             subjects[coalesce(ends[2 * r.place - 2], 0) + 1 : ends[2 * r.place]],
             substr(bytes, coalesce(ends[2 * r.place - 3], 0) + 33,
               ends[2 * r.place - 1] - coalesce(ends[2 * r.place - 3], 0) - 32)
      from unnest(moments, kinds, actors, sellers, sessions, ips, actions, outcomes, purposes, targets, keys)
        with ordinality as r(at, kind, actor, seller, session, ip, action, outcome, purpose, target, key, place);
    return first;
  end $append$;
  revoke execute on function garim.append from public;
  revoke execute on function garim.cover from public;

  -- The tree over the batches: its complete inner nodes, and what was signed. Who seals is whoever holds the lease.
  create table garim.log_node (
    level smallint not null check (level > 0),
    index bigint not null,
    hash bytea not null check (octet_length(hash) = 32),
    primary key (level, index)
  );
  create table garim.log_checkpoint (
    no bigint generated always as identity primary key,
    size bigint not null,
    at timestamptz not null,
    note text not null
  );
  create index log_checkpoint_size on garim.log_checkpoint (size);
  create table garim.log_sealer (
    one boolean primary key default true check (one),
    holder uuid,
    until timestamptz not null,
    size bigint not null
  );
  insert into garim.log_sealer (until, size) values ('1970-01-01Z', 0);

  -- Takes or keeps the lease; a null answer says that somebody else has it.
  create function garim.lead(node uuid, seconds integer) returns bigint
    language sql security definer set search_path = pg_catalog, pg_temp as $lead$
    update garim.log_sealer set holder = node, until = clock_timestamp() + make_interval(secs => seconds)
      where holder = node or until < clock_timestamp() returning size
  $lead$;

  create function garim.seal(
    node uuid, old_size bigint, new_size bigint, levels smallint[], indexes bigint[], hashes bytea[], at timestamptz, note text
  ) returns boolean language plpgsql security definer set search_path = pg_catalog, pg_temp as $seal$
  begin
    update garim.log_sealer set size = new_size where holder = node and size = old_size;
    if not found then
      return false;
    end if;
    insert into garim.log_node (level, index, hash) select * from unnest(levels, indexes, hashes);
    insert into garim.log_checkpoint (size, at, note) values (new_size, at, note);
    return true;
  end $seal$;
  revoke execute on function garim.lead from public;
  revoke execute on function garim.seal from public;
${RETENTION}
  perform garim.cover(now());
`;
