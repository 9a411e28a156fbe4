"""Art. 6.1: an involvement that has ended loses its person in the database itself, with the person's last closure."""

from django.db import migrations

from werkcontact.walls import set_null_in_database


class Migration(migrations.Migration):
    dependencies = [("clients", "0001_initial")]
    operations = [
        migrations.RunSQL(set_null_in_database("clients_involvement", "client_id"), migrations.RunSQL.noop),
    ]
