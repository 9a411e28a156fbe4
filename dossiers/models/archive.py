from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from werkcontact.access.records import Visible
from werkcontact.ids import Uuid7, uuid7


class ArchiveCardQuerySet(Visible["ArchiveCard"]):
    """The archive as the appointees of art. 6.2 see it; nobody else sees any."""


class ArchiveCard(models.Model):
    """Art. 6.1-6.3: by what a closed dossier is found; no BSN, no telephone, no e-mail.

    Name and birth date are plain, since the archive is searched by them (NULL parts of a birth date are unknown,
    as in `clients.Client`); the reference is sealed under the dossier's key and found by its blind index.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    dossier = models.OneToOneField("dossiers.Dossier", models.PROTECT, related_name="archive_card")
    name = models.CharField(_("name"), max_length=450)
    sort_name = models.CharField(max_length=450)
    search_name = models.TextField()
    birth_year = models.PositiveSmallIntegerField(null=True)
    birth_month = models.PositiveSmallIntegerField(null=True)
    birth_day = models.PositiveSmallIntegerField(null=True)
    principal = models.ForeignKey("clients.Principal", models.PROTECT, related_name="+")
    reference_cipher = models.BinaryField()
    reference_index = models.BinaryField(max_length=32)

    objects = ArchiveCardQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(fields=["search_name"], opclasses=["gin_trgm_ops"], name="archive_card_search"),
            models.Index(fields=["birth_year", "birth_month", "birth_day"], name="archive_card_birth"),
            models.Index(fields=["reference_index"], name="archive_card_reference"),
            models.Index(fields=["sort_name", "id"], name="archive_card_sort"),
        ]
