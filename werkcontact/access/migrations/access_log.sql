-- Art. 16, NEN 7513. Partitioned by month (UTC); appended to and never changed.
create table access_log (
  id bigint generated always as identity,
  at timestamptz not null default clock_timestamp(),
  staff_id uuid references staff_staff (id),
  role text not null,
  session text not null,
  act text not null,
  kind text not null,
  subjects uuid[] not null,
  purpose text not null,
  ground text not null,
  address inet,
  reason_id uuid,
  reason_hash bytea,
  outcome text not null,
  xid xid8 not null default pg_current_xact_id(),
  era int not null default 1,
  primary key (at, id)
) partition by range (at);
create index access_log_staff on access_log (staff_id, at);
create index access_log_subjects on access_log using gin (subjects);

create function access_log_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'the access log is appended to and never changed' using errcode = 'WC002';
end $$;
create trigger append_only before update or delete on access_log for each row execute function access_log_refuse();
alter table access_log enable always trigger append_only;

-- Months ahead: called at migrate, at each start and daily. The application may call it and may not create tables.
create function access_log_ensure(first date, months int) returns int language plpgsql
security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  month date; part text; made int := 0;
begin
  for i in 0 .. months - 1 loop
    month := (date_trunc('month', first) + make_interval(months => i))::date;
    part := 'access_log_' || to_char(month, 'YYYY_MM');
    if to_regclass('public.' || part) is null then
      execute format('create table public.%I partition of public.access_log for values from (%L) to (%L)', part,
        to_char(month, 'YYYY-MM-DD') || ' 00:00:00+00',
        to_char(month + interval '1 month', 'YYYY-MM-DD') || ' 00:00:00+00');
      execute format('create trigger no_truncate before truncate on public.%I
        for each statement execute function public.access_log_refuse()', part);
      execute format('alter table public.%I enable always trigger no_truncate', part);
      if exists (select from pg_roles where rolname = 'wc_app') then
        execute format('revoke all on public.%I from wc_app', part);
      end if;
      made := made + 1;
    end if;
  end loop;
  return made;
end $$;
revoke all on function access_log_ensure(date, int) from public;
do $$ begin
  if exists (select from pg_roles where rolname = 'wc_app') then
    revoke all on access_log from wc_app;
    grant select, insert on access_log to wc_app;
    grant execute on function access_log_ensure(date, int) to wc_app;
  end if;
end $$;
select access_log_ensure((now() - interval '1 month')::date, 6);
