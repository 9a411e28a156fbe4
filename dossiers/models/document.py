from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dossiers.transitions import DocumentState
from werkcontact.access.records import Visible
from werkcontact.history import tracked
from werkcontact.ids import Uuid7, uuid7
from werkcontact.personal_data.categories import Category


class DocumentKind(models.TextChoices):
    """What a document is; work notes are no documents (art. 7.6)."""

    CONTACT_REPORT = "contact_report", _("contact report")
    LETTER = "letter", _("letter")
    FILE = "file", _("document")
    REPORT = "report", _("report")
    CONSENT_FORM = "consent_form", _("signed consent form")
    STATEMENT = "statement", _("statement of the client")
    CLOSING_RECORD = "closing_record", _("closing record")


class Sensitivity(models.TextChoices):
    """Health data are read and given under rules of their own (AVG 9, UAVG 30)."""

    NORMAL = "normal", _("normal")
    HEALTH = "health", _("health: extra protected")


class Source(models.TextChoices):
    """From whom a document came; the client's overview names it (AVG 15.1.g)."""

    OWN = "own", _("made here")
    CLIENT = "client", _("from the client")
    PRINCIPAL = "principal", _("from the principal")
    THIRD_PARTY = "third_party", _("from somebody else")


class DocumentQuerySet(Visible["Document"]):
    """Words over documents; `visible_to(actor)` comes from the gate."""

    def kept(self) -> DocumentQuerySet:
        """Those that still say something: no dropped drafts, nothing that is being erased."""
        return self.filter(state__in=[DocumentState.DRAFT, DocumentState.FINAL])

    def finals(self) -> DocumentQuerySet:
        """Those that are final."""
        return self.filter(state=DocumentState.FINAL)

    def drafts(self) -> DocumentQuerySet:
        """Those still in the making; they are never disclosed (art. 7.6) and block closure."""
        return self.filter(state=DocumentState.DRAFT)


class Document(models.Model):
    """Art. 5.2: one item of a dossier: what it is, why it belongs there, and how it is protected.

    Title and why are free text and sealed under the dossier's key; the content lies in its versions. `happened_on`
    is the day the document is about (the conversation, the date of the letter), an Amsterdam date. `about` ties a
    statement of the client to the document it comments on: it goes with every later disclosure of that one.
    `filed_from_id` names the letter or notice that it was filed from, so that nothing is filed twice. `erasure` is
    the decision of a second person by which this one document ends before its dossier.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="documents")
    kind = models.CharField(_("kind"), max_length=14, choices=DocumentKind.choices)
    category = models.CharField(_("category"), max_length=20, choices=Category.choices)
    sensitivity = models.CharField(
        _("sensitivity"), max_length=6, choices=Sensitivity.choices, default=Sensitivity.NORMAL
    )
    state = models.CharField(max_length=7, choices=DocumentState.choices, default=DocumentState.FINAL)
    source = models.CharField(_("from whom"), max_length=11, choices=Source.choices, default=Source.OWN)
    title_cipher = models.BinaryField()
    why_cipher = models.BinaryField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    happened_on = models.DateField(_("date"))
    recorded_at = models.DateTimeField(_("recorded at"))
    about = models.ForeignKey("self", models.PROTECT, related_name="statements", null=True)
    filed_from_id = models.UUIDField(null=True)
    erasure = models.ForeignKey("approvals.Approval", models.PROTECT, related_name="+", null=True)
    history = tracked()

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        indexes = [
            models.Index(fields=["dossier", "-happened_on", "-id"], name="document_timeline"),
            models.Index(fields=["author"], condition=Q(state="draft"), name="document_drafts"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(category="health") | Q(sensitivity="health"),
                name="document_health_is_marked",
                violation_error_message=_("A document with health data must be marked as such."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["report", "contact_report"]) | ~Q(state__in=["draft", "dropped"]),
                name="document_draft_kinds",
                violation_error_message=_("Only reports and contact reports have a draft."),
            ),
            models.CheckConstraint(
                condition=~Q(state="erasing") | Q(erasure__isnull=False),
                name="document_erased_by_decision",
                violation_error_message=_("A document is erased only on the decision of a second person."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="statement") | Q(about__isnull=False),
                name="document_statement_about",
                violation_error_message=_("A statement belongs to a document."),
            ),
            models.UniqueConstraint(
                fields=["dossier", "filed_from_id"],
                condition=Q(filed_from_id__isnull=False),
                name="document_filed_once",
            ),
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(kind="closing_record"), name="document_one_closing_record"
            ),
        ]


class DocumentVersionQuerySet(models.QuerySet["DocumentVersion"]):
    """Reached through a document that the gate let through; it has no list of its own."""


class DocumentVersion(models.Model):
    """One version of a document, as a file or as text, under a key of its own (owner: its id). Never changed.

    A correction is a new version with a reason; the old one stays. `sha256` is of the plain content. `field_paths`
    are the registry's paths ("clients.registration.street") of the fields that a generated letter or report prints,
    so that the ledger knows who received which. A trigger refuses every UPDATE, and a DELETE unless the dossier is
    being destroyed or the document erased, on a granted approval.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    document = models.ForeignKey("dossiers.Document", models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    stored_file = models.OneToOneField("vault.StoredFile", models.PROTECT, related_name="+", null=True)
    text_cipher = models.BinaryField(null=True)
    sha256 = models.BinaryField(max_length=32)
    field_paths = ArrayField(models.CharField(max_length=120), default=list)
    reason_cipher = models.BinaryField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = DocumentVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="document_version_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="document_version_from_one"),
            models.CheckConstraint(
                condition=Q(stored_file__isnull=False, text_cipher=None)
                | Q(stored_file=None, text_cipher__isnull=False),
                name="document_version_file_or_text",
                violation_error_message=_("A version is either a file or a text."),
            ),
        ]


class Channel(models.TextChoices):
    """How one spoke with the client."""

    OFFICE = "office", _("at the office")
    TELEPHONE = "telephone", _("by telephone")
    VIDEO = "video", _("by video")
    VISIT = "visit", _("at the client's or an employer's")
    MESSAGE = "message", _("by message or e-mail")


class ContactReport(models.Model):
    """What a contact report says beside its text: hours, channel, next step (sealed under the dossier's key)."""

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    document = models.OneToOneField("dossiers.Document", models.PROTECT, related_name="contact_report")
    channel = models.CharField(_("how"), max_length=9, choices=Channel.choices)
    minutes_spent = models.PositiveSmallIntegerField(_("minutes spent"))
    next_step_cipher = models.BinaryField(null=True)
    next_step_on = models.DateField(_("next step on"), null=True)
    history = tracked()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes_spent__lte=1440),
                name="contact_report_within_a_day",
                violation_error_message=_("A conversation lasts no longer than a day."),
            ),
        ]
