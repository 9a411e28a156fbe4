from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class AccessLog(models.Model):
    """Art. 16: who saw or did what, to which record, when and what for. Partitioned by month; made by SQL."""

    pk = models.CompositePrimaryKey("at", "id")
    id = models.BigIntegerField()
    at = models.DateTimeField()
    staff = models.ForeignKey("staff.Staff", models.DO_NOTHING, null=True, related_name="+")
    role = models.TextField()
    session = models.TextField()
    act = models.TextField()
    kind = models.TextField()
    subjects = ArrayField(models.UUIDField())
    purpose = models.TextField()
    ground = models.TextField()
    address = models.GenericIPAddressField(null=True)
    reason_id = models.UUIDField(null=True)
    reason_hash = models.BinaryField(null=True)
    outcome = models.TextField()
    xid = models.TextField()
    era = models.IntegerField()

    class Meta:
        managed = False
        db_table = "access_log"
