-- The trail of accesses belongs to a role that nobody logs in as, the hub appends to it by a role that can do nothing else, and the
-- hub's own role only reads it (ACC-5). Run by a superuser in the hub's database after the hub's first start, with the two
-- values before it in the same session:
--
--   psql --dbname hemgang --command "set hemgang.hub_role = 'hemgang'" --command "set hemgang.audit_password = '…'" --file docs/audit-role.sql
--
-- `hub_role` is the user of DATABASE_URL, which must be no superuser. Then set AUDIT_DATABASE_URL to the user hemgang_audit and
-- start the hub again. It may be run again, with another password too. A release whose notes say that it changes these tables needs
-- `grant hemgang_audit_owner to <hub role>` for its first start; revoke it after.

do $$
declare
  hub text := current_setting('hemgang.hub_role');
  password text := current_setting('hemgang.audit_password');
begin
  if not exists (select from pg_roles where rolname = 'hemgang_audit_owner') then
    create role hemgang_audit_owner nologin;
  end if;
  if not exists (select from pg_roles where rolname = 'hemgang_audit') then
    create role hemgang_audit;
  end if;
  execute format('alter role hemgang_audit with login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password %L', password);

  grant create on schema public to hemgang_audit_owner;
  alter table audit_group owner to hemgang_audit_owner;
  alter table audit_record owner to hemgang_audit_owner;
  alter function refuse_change_of_audit() owner to hemgang_audit_owner;
  revoke create on schema public from hemgang_audit_owner;

  execute format('revoke all on audit_group, audit_record from public, hemgang_audit, %I', hub);
  execute format('grant select on audit_group, audit_record to %I', hub);
  grant select, insert on audit_group, audit_record to hemgang_audit;
  grant usage on schema public to hemgang_audit;
  execute format('grant connect on database %I to hemgang_audit', current_database());
end $$;
