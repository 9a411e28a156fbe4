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

-- Art. 6.1: a person goes with the last closure; the request or complaint that stays loses its link in the same
-- statement. Django's foreign key is made anew under its own name, since it cannot say this itself in 5.2.
do $$
declare
  target record;
begin
  for target in
    select c.conrelid::regclass as relation, c.conname as name
      from pg_constraint c
      join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
     where c.contype = 'f' and a.attname = 'client_id' and c.confrelid = 'clients_client'::regclass
       and c.conrelid in ('requests_app_subjectrequest'::regclass, 'requests_app_complaint'::regclass)
  loop
    execute format('alter table %s drop constraint %I', target.relation, target.name);
    execute format('alter table %s add constraint %I foreign key (client_id) references clients_client (id)
      on delete set null deferrable initially deferred', target.relation, target.name);
  end loop;
end $$;
