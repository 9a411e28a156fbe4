"""The one actor of jobs, commands and migrations. It cannot sign in (CHECK), and its history begins with itself."""

import uuid

from django.db import migrations

SYSTEM = "00000000-0000-7000-8000-000000000001"


def add(apps, schema_editor):
    schema_editor.execute("select set_config('app.actor', %s, true)", [SYSTEM])
    apps.get_model("staff", "Staff").objects.create(
        id=uuid.UUID(SYSTEM),
        email="system@werkcontact.invalid",
        display_name="Werkcontact (automatisch)",
        password="!",
        is_active=False,
        is_system=True,
    )


class Migration(migrations.Migration):
    dependencies = [("staff", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
