"""Art. 6.1, 13, 14: events are superseded and never changed; the link to a person falls with the person."""

from pathlib import Path

from django.db import migrations

from werkcontact.walls import set_null_in_database

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("requests_app", "0001_initial")]
    operations = [
        migrations.RunSQL(
            (SQL / "walls.sql").read_text(encoding="utf-8"), (SQL / "walls_down.sql").read_text(encoding="utf-8")
        ),
        migrations.RunSQL(set_null_in_database("requests_app_subjectrequest", "client_id"), migrations.RunSQL.noop),
        migrations.RunSQL(set_null_in_database("requests_app_complaint", "client_id"), migrations.RunSQL.noop),
    ]
