drop trigger if exists not_emptied on requests_app_requestevent;
drop trigger if exists kept on requests_app_requestevent;
drop function if exists request_event_kept();
do $$ begin
  if exists (select from pg_roles where rolname = 'wc_app') then
    grant update on requests_app_requestevent to wc_app;
  end if;
end $$;
