"""Art. 9: until when somebody guides a client, beside the client: whom nobody guides is a small index, not a search.

The database keeps it right itself, whoever writes grants: the latest end of those that rest on an assignment.
"""

from django.db import migrations

KEEP = """
create function clients_guided_until() returns trigger language plpgsql set search_path = pg_catalog, public as $$
declare ids uuid[];
begin
  if tg_op = 'INSERT' then
    select array_agg(distinct n.involvement_id) into ids from new_rows n
      join auth_permission p on p.id = n.permission_id and p.codename = 'assigned';
  elsif tg_op = 'DELETE' then
    select array_agg(distinct o.involvement_id) into ids from old_rows o
      join auth_permission p on p.id = o.permission_id and p.codename = 'assigned';
  else  -- a name that is copied anew touches nobody's guidance, and locks nothing
    select array_agg(distinct n.involvement_id) into ids from new_rows n
      join old_rows o on o.id = n.id and o.until_at is distinct from n.until_at
      join auth_permission p on p.id = n.permission_id and p.codename = 'assigned';
  end if;
  if ids is null then
    return null;
  end if;
  -- first the lock, then a statement of its own: it sees what whoever held the lock has written
  perform 1 from clients_involvement i where i.id = any(ids) order by i.id for no key update;
  update clients_involvement i set guided_until = g.until_at
    from (select u.id, max(coalesce(c.until_at, timestamptz '9999-12-31 00:00+00'))
                         filter (where p.id is not null) as until_at
            from unnest(ids) u(id) left join clients_grant c on c.involvement_id = u.id
            left join auth_permission p on p.id = c.permission_id and p.codename = 'assigned'
           group by u.id) g
   where i.id = g.id and i.guided_until is distinct from g.until_at;
  return null;
end $$;
create trigger guided_until_ins after insert on clients_grant referencing new table as new_rows
  for each statement execute function clients_guided_until();
create trigger guided_until_upd after update on clients_grant referencing old table as old_rows new table as new_rows
  for each statement execute function clients_guided_until();
create trigger guided_until_del after delete on clients_grant referencing old table as old_rows
  for each statement execute function clients_guided_until();
"""
DROP = """
drop trigger guided_until_ins on clients_grant;
drop trigger guided_until_upd on clients_grant;
drop trigger guided_until_del on clients_grant;
drop function clients_guided_until();
"""


class Migration(migrations.Migration):
    dependencies = [("clients", "0003_layouts")]
    operations = [migrations.RunSQL(KEEP, DROP)]
