"""Art. 16: the data keys. They live in a database of their own, whose backups are kept much shorter."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from werkcontact.ids import Uuid7, uuid7
from werkcontact.vault.keys.kinds import KeyKind


class DataKey(models.Model):
    """One owner's key, wrapped under the master key with kind, owner and version as associated data.

    Written and read by the functions of `werkcontact.vault.keys` alone. `owner` is an id of the other database, so it
    is no foreign key. Never updated, but for wrapping it anew under a newer master key.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    kind = models.CharField(max_length=20, choices=KeyKind)
    owner = models.UUIDField()
    wrapped = models.BinaryField()
    master_version = models.IntegerField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "owner"], name="one_key_per_owner"),
            models.CheckConstraint(condition=models.Q(kind__in=KeyKind.values), name="key_kind_known"),
        ]
