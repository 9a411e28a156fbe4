from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from werkcontact.history import tracked
from werkcontact.ids import Uuid7, uuid7


class ItemKind(models.TextChoices):
    """What an item of an answer is."""

    FIELD = "field", _("data of the registration")
    VERSION = "version", _("document")
    NOTE = "note", _("work note")
    DISCLOSURE = "disclosure", _("disclosure")
    LOG = "log", _("extract of the access log")


class Verdict(models.TextChoices):
    """What is decided on an item; one undecided item keeps the answer from going out."""

    UNDECIDED = "undecided", _("to be decided")
    GIVE = "give", _("give")
    IN_PART = "in_part", _("give in part")
    WITHHOLD = "withhold", _("withhold")


class RequestItemQuerySet(models.QuerySet["RequestItem"]):
    """Words over items; they are reached through a request that the gate let through."""

    def undecided(self) -> RequestItemQuerySet:
        """Those that still block sending."""
        return self.filter(verdict=Verdict.UNDECIDED)


class RequestItem(models.Model):
    """Art. 13.4: one thing that is held about the person, and whether they get it.

    It hangs on one dossier of the request and falls with that dossier. A field is named by the registry's path
    ("clients.registration.street", or "clients.registration" for the whole row) and the id of its row. Ground and
    words (necessity and proportionality; sealed under the request's key) go with withholding, whole or in part; the
    redacted copy lies under the dossier's key. `approval` is the second person who agreed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    ask = models.ForeignKey("requests_app.RequestAsk", models.PROTECT, related_name="items")
    part = models.ForeignKey("requests_app.RequestDossier", models.PROTECT, related_name="items")
    kind = models.CharField(max_length=10, choices=ItemKind.choices)
    field_path = models.CharField(max_length=120, blank=True)
    row_id = models.UUIDField(null=True)
    version = models.ForeignKey("dossiers.DocumentVersion", models.PROTECT, related_name="+", null=True)
    note = models.ForeignKey("dossiers.WorkNote", models.PROTECT, related_name="+", null=True)
    disclosure = models.ForeignKey("dossiers.Disclosure", models.PROTECT, related_name="+", null=True)
    verdict = models.CharField(_("decision"), max_length=9, choices=Verdict.choices, default=Verdict.UNDECIDED)
    ground = models.CharField(_("ground"), max_length=40, blank=True)
    words_cipher = models.BinaryField(null=True)
    redacted_copy = models.OneToOneField("vault.StoredFile", models.PROTECT, related_name="+", null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    approval = models.ForeignKey("approvals.Approval", models.PROTECT, related_name="+", null=True)
    history = tracked()

    objects = RequestItemQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["ask"], condition=Q(verdict="undecided"), name="request_item_undecided"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["ask", "part", "kind", "field_path", "row_id", "version", "note", "disclosure"],
                nulls_distinct=False,
                name="request_item_once",
            ),
            models.CheckConstraint(
                condition=(Q(kind="field", version=None, note=None, disclosure=None) & ~Q(field_path=""))
                | Q(kind="version", version__isnull=False, note=None, disclosure=None, field_path="", row_id=None)
                | Q(kind="note", note__isnull=False, version=None, disclosure=None, field_path="", row_id=None)
                | Q(kind="disclosure", disclosure__isnull=False, version=None, note=None, field_path="", row_id=None)
                | Q(kind="log", version=None, note=None, disclosure=None, field_path="", row_id=None),
                name="request_item_what",
            ),
            models.CheckConstraint(
                condition=Q(verdict="undecided", decided_by=None, decided_at=None)
                | (~Q(verdict="undecided") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="request_item_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=(Q(verdict__in=["in_part", "withhold"], words_cipher__isnull=False) & ~Q(ground=""))
                | Q(verdict__in=["undecided", "give"], ground="", words_cipher=None),
                name="request_item_ground_and_words",
                violation_error_message=_("Who withholds names a ground and says why."),
            ),
            models.CheckConstraint(
                condition=Q(verdict="in_part", redacted_copy__isnull=False)
                | (~Q(verdict="in_part") & Q(redacted_copy=None)),
                name="request_item_redacted_copy",
                violation_error_message=_("Giving in part needs the copy from which the rest was taken out."),
            ),
        ]


class AnswerPart(models.Model):
    """The answer to one ask as far as it concerns one dossier: the very bytes that went, under that dossier's key.

    `sha256` is of the plain bytes. When one of the dossiers ends, all parts of that answer end.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    ask = models.ForeignKey("requests_app.RequestAsk", models.PROTECT, related_name="answer_parts")
    part = models.ForeignKey("requests_app.RequestDossier", models.PROTECT, related_name="answer_parts")
    stored_file = models.OneToOneField("vault.StoredFile", models.PROTECT, related_name="+")
    sha256 = models.BinaryField(max_length=32)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ask", "part"], name="answer_part_once"),
        ]
