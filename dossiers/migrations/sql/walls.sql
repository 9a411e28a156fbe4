-- The walls of art. 6.1, 7 and 15 below Django: what was given, and what a document said, cannot be changed, and
-- goes only with a dossier that is being destroyed on the granted approval of a second person.
-- Children go first: items and events before their disclosure, versions before their document.

create or replace function dossier_is_ending(dossier uuid) returns boolean language sql stable
set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select from dossiers_destructionitem i
      join dossiers_destructionlist l on l.id = i.list_id
      join approvals_approval a on a.id = l.approval_id
     where i.dossier_id = dossier and i.phase in ('executing', 'keys_gone', 'files_gone')
       and l.state = 'executing' and a.outcome = 'granted' and a.decider_id is not null)
$$;

create or replace function document_is_erased(document uuid) returns boolean language sql stable
set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select from dossiers_document d
      join approvals_approval a on a.id = d.erasure_id
     where d.id = document and d.state = 'erasing' and a.outcome = 'granted' and a.decider_id is not null)
$$;

create or replace function kept_as_given() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
  ending boolean := false;
begin
  if tg_op = 'DELETE' then
    if tg_table_name = 'dossiers_disclosure' then
      ending := dossier_is_ending(old.dossier_id);
    elsif tg_table_name = 'dossiers_documentversion' then
      ending := document_is_erased(old.document_id) or dossier_is_ending(
        (select d.dossier_id from dossiers_document d where d.id = old.document_id));
    else
      ending := dossier_is_ending(
        (select d.dossier_id from dossiers_disclosure d where d.id = old.disclosure_id));
    end if;
    if ending then
      return old;
    end if;
  end if;
  raise exception '% refused: % is kept as it was given', tg_op, tg_table_name using errcode = 'WC002';
end $$;

create trigger kept_as_given before update or delete on dossiers_disclosure
  for each row execute function kept_as_given();
create trigger kept_as_given before update or delete on dossiers_discloseditem
  for each row execute function kept_as_given();
create trigger kept_as_given before update or delete on dossiers_deliveryevent
  for each row execute function kept_as_given();
create trigger kept_as_given before update or delete on dossiers_documentversion
  for each row execute function kept_as_given();
create trigger not_emptied before truncate on dossiers_disclosure
  for each statement execute function kept_as_given();
create trigger not_emptied before truncate on dossiers_discloseditem
  for each statement execute function kept_as_given();
create trigger not_emptied before truncate on dossiers_deliveryevent
  for each statement execute function kept_as_given();
create trigger not_emptied before truncate on dossiers_documentversion
  for each statement execute function kept_as_given();

-- Art. 7.1.b: what the client signed does not change afterwards, nor can a signature or withdrawal be taken back.
create or replace function consent_form_as_signed() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if old.signed_on is not null and
     (old.dossier_id, old.number, old.purpose, old.words_cipher, old.categories, old.avg_basis, old.from_on,
      old.until_on, old.made_on, old.signer, old.representative_cipher, old.signed_on, old.scan_id)
     is distinct from
     (new.dossier_id, new.number, new.purpose, new.words_cipher, new.categories, new.avg_basis, new.from_on,
      new.until_on, new.made_on, new.signer, new.representative_cipher, new.signed_on, new.scan_id) then
    raise exception 'a signed consent form does not change' using errcode = 'WC003';
  end if;
  if old.withdrawn_at is not null and old.withdrawn_at is distinct from new.withdrawn_at then
    raise exception 'a withdrawal is not taken back' using errcode = 'WC003';
  end if;
  return new;
end $$;
create trigger as_signed before update on dossiers_consentform
  for each row execute function consent_form_as_signed();

create or replace function consent_recipients_as_signed() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
  form uuid := case tg_op when 'INSERT' then new.form_id else old.form_id end;
begin
  if tg_op <> 'UPDATE' and not exists (
       select from dossiers_consentform f where f.id = form and f.signed_on is not null
          and (tg_op = 'INSERT' or not dossier_is_ending(f.dossier_id))) then
    return case tg_op when 'INSERT' then new else old end;
  end if;
  raise exception 'the recipients of a signed consent form do not change' using errcode = 'WC003';
end $$;
create trigger as_signed before insert or update or delete on dossiers_consentrecipient
  for each row execute function consent_recipients_as_signed();

-- The running application cannot even ask for it.
do $$ begin
  if exists (select from pg_roles where rolname = 'wc_app') then
    revoke update on dossiers_disclosure, dossiers_discloseditem, dossiers_deliveryevent, dossiers_documentversion
      from wc_app;
  end if;
end $$;
