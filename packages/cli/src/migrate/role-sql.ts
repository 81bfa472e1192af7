/**
 * Roles without log-in, to be granted to the users that exist. Nothing in it is secret, and it may run again: a newer version of
 * the tables may have more to grant.
 *
 * `garim.append` and its kin run as their owner, so the application needs no right to write to any table of the log.
 */
export const ROLE_SQL: string = `-- Roles with no more rights than they need. Run it as the owner of the schema garim, after every garim migrate.
-- Nobody but that owner may change what is recorded: let it be a user the application does not know.

do $$ begin create role garim_app nologin; exception when duplicate_object then null; end $$;
do $$ begin create role garim_auditor nologin; exception when duplicate_object then null; end $$;
do $$ begin create role garim_append nologin; exception when duplicate_object then null; end $$;
do $$ begin create role garim_seal nologin; exception when duplicate_object then null; end $$;
do $$ begin create role garim_retain nologin; exception when duplicate_object then null; end $$;

grant usage on schema garim to garim_app, garim_auditor, garim_append, garim_seal, garim_retain;

-- These read the log and append to it (a question to the log is a record too).
do $$
declare
  one text;
begin
  for one in
    select format('grant select on %s to garim_app, garim_auditor, garim_retain', c.oid::regclass)
    from pg_class c
    where c.relnamespace = 'garim'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname like 'log\\_%'
    union all
    select format('grant execute on function %s to garim_app%s', p.oid::regprocedure,
      case when p.proname in ('lead', 'seal') then ', garim_retain' else ', garim_auditor, garim_retain' end)
    from pg_proc p
    where p.pronamespace = 'garim'::regnamespace
      and p.proname in ('append', 'cover', 'lead', 'seal', 'count_up', 'note_verified')
  loop
    execute one;
  end loop;
end $$;

-- One that appends and reads nothing, for what only records; one that seals, and sees hashes instead of records.
grant select on garim.log_version to garim_append, garim_seal;
grant execute on function garim.cover to garim_append, garim_seal;
grant execute on function garim.append to garim_append;
grant execute on function garim.lead, garim.seal to garim_seal;
grant select on garim.log_batch, garim.log_node, garim.log_checkpoint, garim.log_sealer, garim.log_kept_batch to garim_seal;
grant select (seq, recorded_at, leaf) on garim.log_record to garim_seal;

-- Holds, releases, and destroys months; the functions refuse what is held, too young, or not on record, whoever asks.
grant execute on function garim.hold, garim.release, garim.destroy_month, garim.destroy_history to garim_retain;

-- Sessions, factors, grants and contracts are the application's alone.
do $$
begin
  if to_regclass('garim.state') is not null then
    grant select, insert, update, delete on garim.state to garim_app;
    grant select on garim.state_migration to garim_app;
    grant usage on sequence garim.state_version to garim_app;
    grant select, update on garim.version to garim_app;
    grant select, insert, update, delete on garim.entry, garim.issued_token, garim.grant_use, garim.outbox to garim_app;
  end if;
  if to_regclass('garim.duty') is not null then
    grant select on garim.duties_migration to garim_app;
    grant select, insert, update, delete on garim.duty, garim.purge to garim_app;
    grant select, insert, update, delete on garim.trainee, garim.completion, garim.reminder to garim_app;
    grant select, insert, update on garim.destruction, garim.data_hold, garim.leak_notice to garim_app;
    grant select, insert, update, delete on garim.destroyed, garim.subject_request, garim.duty_told to garim_app;
    -- What was published stays as it was.
    grant select, insert on garim.privacy_policy to garim_app;
    -- Registers belong into evidence.
    grant select on garim.duties_migration, garim.version, garim.duty, garim.trainee, garim.completion, garim.reminder,
      garim.privacy_policy, garim.destruction, garim.destroyed, garim.data_hold, garim.leak_notice,
      garim.purge to garim_auditor;
    -- When buyers asked and were answered, and neither who nor what.
    grant select (id, seller_id, kind, asked_at, outcome, answered_at, answered_by) on garim.subject_request to garim_auditor;
  end if;
end $$;

-- Then, for the users you have:
--   grant garim_app to shop;            -- the user of the application's DATABASE_URL
--   grant garim_auditor to an_auditor;  -- the user of the DATABASE_URL of garim who-saw, verify and the like
--   grant garim_retain to an_officer;   -- the user of the DATABASE_URL of garim retention apply and garim hold
`;
