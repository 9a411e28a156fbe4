from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from werkcontact.access.records import Visible
from werkcontact.history import tracked
from werkcontact.ids import Uuid7, uuid7
from werkcontact.personal_data.categories import Category


class Purpose(models.TextChoices):
    """What a recipient may use the data for: one closed list for consent forms and disclosures (art. 7.1.b)."""

    PLACEMENT = "placement", _("finding and keeping work")
    ACCOUNT = "account", _("account to the principal")
    TREATMENT = "treatment", _("tuning with a doctor or therapist")
    TRAINING = "training", _("school or training")
    INCOME = "income", _("income, debts, housing")
    DUTY = "duty", _("a statutory duty")
    URGENT = "urgent", _("an urgent, weighty reason")
    HAND_BACK = "hand_back", _("hand-back to the principal")
    CORRECTION = "correction", _("telling of a correction")


CONSENT_PURPOSES = (Purpose.PLACEMENT, Purpose.ACCOUNT, Purpose.TREATMENT, Purpose.TRAINING, Purpose.INCOME)
"""The purposes that a client can consent to; the others need no consent."""


class AvgBasis(models.TextChoices):
    """The basis of AVG 6.1 that every consent form and disclosure names beside its ground."""

    CONSENT = "6_1_a", _("AVG 6.1.a: consent, refusing costs the client nothing")
    CONTRACT = "6_1_b", _("AVG 6.1.b: a contract with the client")
    DUTY = "6_1_c", _("AVG 6.1.c: a statutory duty")
    VITAL = "6_1_d", _("AVG 6.1.d: somebody's vital interest")
    PUBLIC_TASK = "6_1_e", _("AVG 6.1.e: a public task")
    INTEREST = "6_1_f", _("AVG 6.1.f: a legitimate interest, weighed")


class Signer(models.TextChoices):
    """Who signs a consent form."""

    CLIENT = "client", _("the client")
    REPRESENTATIVE = "representative", _("a representative")


class WithdrawalWay(models.TextChoices):
    """How the client let us know; any way will do (AVG 7.3)."""

    CONVERSATION = "conversation", _("in a conversation")
    TELEPHONE = "telephone", _("by telephone")
    EMAIL = "email", _("by e-mail")
    LETTER = "letter", _("by letter")


class ConsentFormQuerySet(Visible["ConsentForm"]):
    """Words over consent forms; `visible_to(actor)` comes from the gate."""

    def in_force_on(self, on: date) -> ConsentFormQuerySet:
        """Those signed, not withdrawn, with this day in their period (Amsterdam; both ends count)."""
        return self.filter(
            signed_on__isnull=False, signed_on__lte=on, withdrawn_at=None, from_on__lte=on, until_on__gte=on
        )


class ConsentForm(models.Model):
    """Art. 7.1.b: whom the client lets us tell what, for which purpose, from when until when (both days count).

    Made here, printed, signed by hand; `scan` is the version of the document that holds the signed form. Before
    that it covers nothing, and from `withdrawn_at` on nothing either. What was signed does not change: a trigger
    refuses it. `words_cipher` (purpose in the client's words) and `representative_cipher` are sealed under the
    dossier's key.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    number = models.CharField(_("number"), max_length=16, unique=True)
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="consent_forms")
    recipients = models.ManyToManyField(
        "dossiers.Recipient", through="dossiers.ConsentRecipient", related_name="consent_forms"
    )
    purpose = models.CharField(
        _("purpose"), max_length=10, choices=[(each.value, each.label) for each in CONSENT_PURPOSES]
    )
    words_cipher = models.BinaryField()
    categories = ArrayField(models.CharField(max_length=20, choices=Category.choices), verbose_name=_("which data"))
    avg_basis = models.CharField(_("basis in the AVG"), max_length=5, choices=AvgBasis.choices)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until and including"))
    made_on = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signer = models.CharField(_("who signs"), max_length=14, choices=Signer.choices, default=Signer.CLIENT)
    representative_cipher = models.BinaryField(null=True)
    signed_on = models.DateField(_("signed on"), null=True)
    scan = models.OneToOneField("dossiers.DocumentVersion", models.PROTECT, related_name="+", null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    withdrawn_way = models.CharField(_("how"), max_length=12, choices=WithdrawalWay.choices, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    history = tracked()

    objects = ConsentFormQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent form")
        verbose_name_plural = _("consent forms")
        indexes = [
            models.Index(
                fields=["until_on"],
                condition=Q(signed_on__isnull=False, withdrawn_at=None),
                name="consent_form_ending",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")),
                name="consent_form_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=Q(signed_on=None, scan=None) | Q(signed_on__isnull=False, scan__isnull=False),
                name="consent_form_signed_with_scan",
                violation_error_message=_("A form counts as signed only with its scan."),
            ),
            models.CheckConstraint(
                condition=Q(signed_on=None) | Q(signed_on__gte=F("made_on")),
                name="consent_form_signed_after_made",
                violation_error_message=_("The form cannot have been signed before it was made."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_way="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_way="")),
                name="consent_form_withdrawn_how",
            ),
            models.CheckConstraint(
                condition=Q(categories__len__gt=0),
                name="consent_form_names_categories",
                violation_error_message=_("Choose at least one kind of data."),
            ),
            models.CheckConstraint(
                condition=Q(signer="client", representative_cipher=None)
                | Q(signer="representative", representative_cipher__isnull=False),
                name="consent_form_representative",
                violation_error_message=_("Say who signs for the client."),
            ),
        ]


class ConsentRecipient(models.Model):
    """One recipient that a consent form names; fixed once the form is signed (trigger)."""

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    form = models.ForeignKey("dossiers.ConsentForm", models.PROTECT, related_name="places")
    recipient = models.ForeignKey("dossiers.Recipient", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form", "recipient"], name="consent_recipient_once")]
