-- What wc_app may do in one database of wc_owner, for a superuser or wc_owner connected to it; may be run again.
-- Migrations take more away from special tables (the access log, its seals, history).
do $$
begin
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to wc_app', current_database());
end $$;
revoke create on schema public from public;
grant usage on schema public to wc_app;
alter default privileges for role wc_owner in schema public grant select, insert, update, delete on tables to wc_app;
alter default privileges for role wc_owner in schema public grant usage, select on sequences to wc_app;
