from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mail", "0002_digest_next_try"), ("vault", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="outgoingletter",
            index=models.Index(
                condition=models.Q(("file", None), ("sent_on__isnull", False)),
                fields=["sent_on"],
                name="letter_to_freeze",
            ),
        ),
    ]
