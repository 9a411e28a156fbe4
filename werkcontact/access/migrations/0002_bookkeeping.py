"""What the application never writes, it may not: Django's bookkeeping, rights nobody uses, the log's own clock."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "bookkeeping.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_initial"),
        ("staff", "0002_system_actor"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("guardian", "0003_remove_groupobjectpermission_guardian_gr_content_ae6aec_idx_and_more"),
    ]

    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
