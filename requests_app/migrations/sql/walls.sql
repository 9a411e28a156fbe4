-- Events of a request are added, never changed (their clocks are replayed from them); a mistake is superseded.
create or replace function request_event_kept() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  raise exception '% refused: an event of a request is superseded, never changed', tg_op using errcode = 'WC002';
end $$;
create trigger kept before update on requests_app_requestevent for each row execute function request_event_kept();
create trigger not_emptied before truncate on requests_app_requestevent
  for each statement execute function request_event_kept();
do $$ begin
  if exists (select from pg_roles where rolname = 'wc_app') then
    revoke update on requests_app_requestevent from wc_app;
  end if;
end $$;
