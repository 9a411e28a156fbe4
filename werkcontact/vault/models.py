"""Art. 16: the rows of what lies encrypted: files in the store, and free texts that must be able to end."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from werkcontact.ids import Uuid7, uuid7
from werkcontact.vault.keys.kinds import KeyKind


class StoredFile(models.Model):
    """A file in the store, encrypted under the key of its owner; its id names the file on disk.

    `size` and `sha256` are those of the plaintext. Immutable; written by `files.store`, ended by `files.erase`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    key_kind = models.CharField(max_length=20, choices=KeyKind)
    key_owner = models.UUIDField(db_index=True)
    size = models.BigIntegerField()
    sha256 = models.BinaryField(max_length=32)
    media_type = models.CharField(max_length=100)
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gte=0), name="stored_size_not_negative"),
            models.CheckConstraint(condition=models.Q(key_kind__in=KeyKind.values), name="stored_key_kind_known"),
        ]


class ErasableText(models.Model):
    """A free text (the reason in a log row, for instance) under the key of the record that it is about.

    When that key is shredded the row may stay: `cipher` cannot be read again, and `hash` (keyed by the same key) tells
    nothing about the text. Immutable; written by `texts.write`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    key_kind = models.CharField(max_length=20, choices=KeyKind)
    owner = models.UUIDField(db_index=True)
    cipher = models.BinaryField()
    hash = models.BinaryField(max_length=32)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(key_kind__in=KeyKind.values), name="text_key_kind_known"),
        ]
