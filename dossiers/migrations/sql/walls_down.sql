drop trigger if exists as_signed on dossiers_consentrecipient;
drop trigger if exists as_signed on dossiers_consentform;
drop trigger if exists not_emptied on dossiers_documentversion;
drop trigger if exists not_emptied on dossiers_deliveryevent;
drop trigger if exists not_emptied on dossiers_discloseditem;
drop trigger if exists not_emptied on dossiers_disclosure;
drop trigger if exists kept_as_given on dossiers_documentversion;
drop trigger if exists kept_as_given on dossiers_deliveryevent;
drop trigger if exists kept_as_given on dossiers_discloseditem;
drop trigger if exists kept_as_given on dossiers_disclosure;
drop function if exists consent_recipients_as_signed();
drop function if exists consent_form_as_signed();
drop function if exists kept_as_given();
drop function if exists document_is_erased(uuid);
drop function if exists dossier_is_ending(uuid);
do $$ begin
  if exists (select from pg_roles where rolname = 'wc_app') then
    grant update on dossiers_disclosure, dossiers_discloseditem, dossiers_deliveryevent, dossiers_documentversion
      to wc_app;
  end if;
end $$;
