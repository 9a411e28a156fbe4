"""Which migrations ran is written by migrate alone, as the owner; so too in the database of keys."""

from django.db import migrations

SQL = """
do $$ begin
  if exists (select from pg_roles where rolname = 'wc_app') then
    revoke insert, update, delete on django_migrations from wc_app;
  end if;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("keys", "0001_initial")]

    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
