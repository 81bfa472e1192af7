/**
 * Two roles without log-in, to be granted to the users that exist. Nothing in it is secret, and it may run again: a newer version of
 * the tables may have more to grant.
 *
 * `garim.append` and its kin run as their owner, so the application needs no right to write to any table of the log.
 */
export const ROLE_SQL: string = `-- Roles with no more rights than they need. Run it as the owner of the schema garim, after every garim migrate.
-- Nobody but that owner may change what is recorded: let it be a user the application does not know.

do $$ begin create role garim_app nologin; exception when duplicate_object then null; end $$;
do $$ begin create role garim_auditor nologin; exception when duplicate_object then null; end $$;

grant usage on schema garim to garim_app, garim_auditor;

-- Both read the log and append to it (a question to the log is a record too).
do $$
declare
  one text;
begin
  for one in
    select format('grant select on %s to garim_app, garim_auditor', c.oid::regclass)
    from pg_class c
    where c.relnamespace = 'garim'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname like 'log\\_%'
    union all
    select format('grant execute on function %s to garim_app%s', p.oid::regprocedure,
      case when p.proname in ('append', 'cover') then ', garim_auditor' else '' end)
    from pg_proc p
    where p.pronamespace = 'garim'::regnamespace and p.proname in ('append', 'cover', 'lead', 'seal')
  loop
    execute one;
  end loop;
end $$;

-- Sessions and factors are the application's alone.
do $$
begin
  if to_regclass('garim.state') is not null then
    grant select, insert, update, delete on garim.state to garim_app;
    grant select on garim.state_migration to garim_app;
    grant usage on sequence garim.state_version to garim_app;
  end if;
end $$;

-- Then, for the users you have:
--   grant garim_app to shop;            -- the user of the application's DATABASE_URL
--   grant garim_auditor to an_auditor;  -- the user of the DATABASE_URL of garim who-saw, verify and the like
`;
