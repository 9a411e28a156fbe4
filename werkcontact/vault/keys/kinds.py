"""Whose keys there are: one key per owner, so that each can end alone."""

from __future__ import annotations

from django.db.models import TextChoices


class KeyKind(TextChoices):
    """What the owner of a data key is; its id is the key's `owner`."""

    INVOLVEMENT = "involvement"  # the registration; dies at closure
    DOSSIER = "dossier"
    VERSION = "version"  # one version of one document, or one work note
    DISCLOSURE_ITEM = "disclosure_item"
    DELIVERY = "delivery"
    REQUEST = "request"
    COMPLAINT = "complaint"
    BACKUP = "backup"
