from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dossiers.models.consent import AvgBasis, Purpose
from werkcontact.access.records import Visible
from werkcontact.ids import Uuid7, uuid7
from werkcontact.personal_data.categories import Category


class Ground(models.TextChoices):
    """On what a disclosure rests; there are no others (art. 6.4, 7.1, 7.5, 18)."""

    CONSENT = "consent", _("signed consent form")
    STATUTE = "statute", _("statutory duty")
    URGENT = "urgent", _("urgent, weighty reason")
    HAND_BACK = "hand_back", _("hand-back to the principal")
    ARCHIVE_DUTY = "archive_duty", _("a task of art. 6.2")


class HealthBasis(models.TextChoices):
    """What lifts the ban on giving health data (AVG 9.2)."""

    CONSENT = "9_2_a", _("AVG 9.2.a: explicit consent")
    REINTEGRATION = "uavg_30_1_b", _("UAVG 30.1.b: reintegration or guidance in work")
    STATUTE = "9_2_b", _("AVG 9.2.b: labour and social security law")
    VITAL = "9_2_c", _("AVG 9.2.c: somebody's vital interest")


class WayOut(models.TextChoices):
    """The act under which the one way out was entered."""

    GIVE = "disclosure.give", _("disclosure")
    TELL = "correction.tell", _("telling of a correction")
    ARCHIVE = "archive.disclose", _("disclosure from the archive")


class DisclosureQuerySet(Visible["Disclosure"]):
    """The ledger; `visible_to(actor)` comes from the gate."""

    def given_since(self, since: date) -> DisclosureQuerySet:
        """Those given on this day or later (Amsterdam)."""
        return self.filter(given_on__gte=since)


class Disclosure(models.Model):
    """Art. 7, 15: data of one client given to one recipient, on a ground. Nothing changes it afterwards.

    `given_on` is an Amsterdam date, `given_at` the moment. The purpose in words and the citation of a statute are
    sealed under the dossier's key. A trigger refuses every UPDATE, and a DELETE unless the dossier is being
    destroyed on a granted approval; how it went out and arrived are delivery events.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="disclosures")
    recipient = models.ForeignKey("dossiers.Recipient", models.PROTECT, related_name="disclosures")
    act = models.CharField(max_length=16, choices=WayOut.choices)
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose.choices)
    words_cipher = models.BinaryField()
    ground = models.CharField(_("ground"), max_length=12, choices=Ground.choices)
    avg_basis = models.CharField(_("basis in the AVG"), max_length=5, choices=AvgBasis.choices)
    health_basis = models.CharField(_("basis for health data"), max_length=11, choices=HealthBasis.choices, blank=True)
    citation_cipher = models.BinaryField(null=True)
    form = models.ForeignKey("dossiers.ConsentForm", models.PROTECT, related_name="disclosures", null=True)
    approval = models.ForeignKey("approvals.Approval", models.PROTECT, related_name="+", null=True)
    letter = models.OneToOneField("mail.OutgoingLetter", models.PROTECT, related_name="+", null=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_on = models.DateField(_("given on"))
    given_at = models.DateTimeField()

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        verbose_name = _("disclosure")
        verbose_name_plural = _("disclosures")
        indexes = [
            models.Index(fields=["dossier", "-given_on"], name="disclosure_by_dossier"),
            models.Index(fields=["recipient", "-given_on"], name="disclosure_by_recipient"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(ground="consent") & Q(form__isnull=False)) | (~Q(ground="consent") & Q(form=None)),
                name="disclosure_consent_has_form",
                violation_error_message=_("A disclosure on consent names the signed form."),
            ),
            models.CheckConstraint(
                condition=~Q(ground="statute") | Q(citation_cipher__isnull=False),
                name="disclosure_statute_is_cited",
                violation_error_message=_("Name the statute and its article."),
            ),
            models.CheckConstraint(
                condition=~Q(ground="urgent") | Q(approval__isnull=False, avg_basis__in=["6_1_d", "6_1_f"]),
                name="disclosure_urgent_is_decided",
                violation_error_message=_("Management decides on an urgent reason."),
            ),
            models.CheckConstraint(
                condition=~Q(act="archive.disclose") | Q(ground__in=["statute", "consent", "archive_duty"]),
                name="disclosure_archive_grounds",
                violation_error_message=_("From the archive only on a statute, consent or a task of art. 6.2."),
            ),
            models.CheckConstraint(
                condition=~Q(ground="archive_duty") | Q(act="archive.disclose"),
                name="disclosure_archive_duty",
            ),
            models.CheckConstraint(
                condition=~Q(act="correction.tell") | Q(ground="statute", purpose="correction"),
                name="disclosure_correction_ground",
            ),
        ]


class DisclosedItem(models.Model):
    """What exactly went: a version of a document, or fields with their values, under a key of its own (its id).

    `stored_file` holds the very bytes that went (frozen), `sha256` is of those bytes, or of the canonical JSON of
    the values where only fields went. `field_paths` are the registry's paths of the fields that
    the recipient now knows, also those printed in a document. Immutable as its disclosure.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    disclosure = models.ForeignKey("dossiers.Disclosure", models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    category = models.CharField(_("category"), max_length=20, choices=Category.choices)
    version = models.ForeignKey("dossiers.DocumentVersion", models.PROTECT, related_name="disclosed", null=True)
    field_paths = ArrayField(models.CharField(max_length=120), default=list)
    values_cipher = models.BinaryField(null=True)
    stored_file = models.OneToOneField("vault.StoredFile", models.PROTECT, related_name="+", null=True)
    sha256 = models.BinaryField(max_length=32)

    class Meta:
        indexes = [GinIndex(fields=["field_paths"], name="disclosed_item_fields")]
        constraints = [
            models.UniqueConstraint(fields=["disclosure", "position"], name="disclosed_item_position"),
            models.UniqueConstraint(fields=["disclosure", "version"], name="disclosed_item_version_once"),
            models.CheckConstraint(
                condition=Q(version__isnull=False, stored_file__isnull=False)
                | Q(version=None, values_cipher__isnull=False, field_paths__len__gt=0),
                name="disclosed_item_what",
            ),
        ]


class Delivered(models.TextChoices):
    """What happened to a disclosure after it was given."""

    POSTED = "posted", _("posted")
    EMAILED = "emailed", _("sent by secure e-mail")
    HANDED_OVER = "handed_over", _("handed over")
    RECEIVED = "received", _("received")
    RETURNED = "returned", _("came back")


class DeliveryEvent(models.Model):
    """Art. 7: that a disclosure left, arrived or came back, on which day (Amsterdam). Added, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    disclosure = models.ForeignKey("dossiers.Disclosure", models.PROTECT, related_name="events")
    event = models.CharField(max_length=11, choices=Delivered.choices)
    on = models.DateField(_("on"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["disclosure", "event", "on"],
                name="delivery_event_once",
                violation_error_message=_("This was recorded already."),
            ),
        ]
