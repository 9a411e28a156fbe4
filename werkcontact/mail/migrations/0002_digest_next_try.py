from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mail", "0001_initial")]
    operations = [migrations.AddField("digest", "next_try_at", models.DateTimeField(null=True))]
