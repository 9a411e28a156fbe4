-- The two roles, for a superuser, once per server; may be run again. Passwords are set apart where there is a network.
--   wc_owner  owns both databases and runs migrate
--   wc_app    the running product: reads and writes rows, owns nothing, makes nothing, empties nothing
do $$
begin
  if not exists (select from pg_roles where rolname = 'wc_owner') then
    create role wc_owner login;
  end if;
  if not exists (select from pg_roles where rolname = 'wc_app') then
    create role wc_app login;
  end if;
end $$;
alter role wc_owner nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
alter role wc_app nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
-- The sealer of the access log waits for the oldest writer of the whole cluster: no transaction may hang.
alter role wc_app set idle_in_transaction_session_timeout = '30s';
alter role wc_app set statement_timeout = '60s';
revoke all on database postgres, template1 from public;
-- What a statement holds is personal data: the server's log says which error there was, not over which values.
alter role wc_app set log_min_error_statement = 'panic';
alter role wc_app set log_error_verbosity = 'terse';
