-- Written by migrate, as the owner: which migrations ran, kinds and permissions. Written by nobody: groups, Django's own
-- log and guardian's generic rights, which would open nothing but might one day be asked.
do $$
declare part text;
begin
  if not exists (select from pg_roles where rolname = 'wc_app') then
    return;
  end if;
  foreach part in array array['django_migrations', 'django_content_type', 'django_admin_log', 'auth_permission',
    'auth_group', 'auth_group_permissions', 'staff_staff_groups', 'staff_staff_user_permissions',
    'guardian_userobjectpermission', 'guardian_groupobjectpermission']
  loop
    execute format('revoke insert, update, delete on %I from wc_app', part);
  end loop;
  -- `at`, `xid` and `era` are the database's to say: no row can be given another moment, or another place in the chain.
  revoke insert on access_log from wc_app;
  grant insert (staff_id, role, session, act, kind, subjects, purpose, ground, address, reason_id, reason_hash, outcome)
    on access_log to wc_app;
end $$;
