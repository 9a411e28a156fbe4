"""Art. 9: a trajectory is found by its reference, however its letters were typed."""

import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clients', '0004_layouts'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='trajectory',
            index=models.Index(django.db.models.functions.text.Upper('reference'), name='trajectory_reference'),
        ),
    ]
