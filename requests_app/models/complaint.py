from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from requests_app.models.subject_request import Way
from requests_app.transitions import ComplaintState
from werkcontact.access.records import Visible
from werkcontact.history import tracked
from werkcontact.ids import Uuid7, uuid7


class ComplaintDecision(models.TextChoices):
    """What was decided on a complaint."""

    FOUNDED = "founded", _("well founded")
    PARTLY = "partly", _("partly well founded")
    UNFOUNDED = "unfounded", _("not well founded")
    NOT_TAKEN = "not_taken", _("not taken up")


class ComplaintQuerySet(Visible["Complaint"]):
    """Words over complaints; `visible_to(actor)` never shows one to whom it is about."""

    def running(self) -> ComplaintQuerySet:
        """Those on which something is still to be done."""
        return self.filter(state__in=[ComplaintState.REGISTERED, ComplaintState.ACKNOWLEDGED])


class Complaint(models.Model):
    """Art. 17: a complaint about how the reglement was kept, handled by management or who is appointed to disputes.

    Never handled by whom it is about (`about_staff` NULL: about the organisation). Acknowledged within two weeks,
    decided within six, once four more with reasons: the dates (Amsterdam) follow from the rulebook and are stored
    for lists. Who complains and all words are sealed under the complaint's key (owner: its id).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    number = models.CharField(_("number"), max_length=16, unique=True)
    state = models.CharField(max_length=12, choices=ComplaintState.choices, default=ComplaintState.REGISTERED)
    client = models.ForeignKey("clients.Client", models.DO_NOTHING, related_name="complaints", null=True)
    about_staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name=_("about whom")
    )
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name=_("handler")
    )
    received_on = models.DateField(_("received on"))
    way = models.CharField(_("by which way"), max_length=9, choices=Way.choices)
    words_cipher = models.BinaryField()
    name_cipher = models.BinaryField()
    address_cipher = models.BinaryField(null=True)
    email_cipher = models.BinaryField(null=True)
    telephone_cipher = models.BinaryField(null=True)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    registered_at = models.DateTimeField(_("registered at"))
    acknowledge_by_on = models.DateField(_("acknowledge by"))
    decide_by_on = models.DateField(_("decide by"))
    acknowledged_on = models.DateField(_("acknowledged on"), null=True)
    extended_on = models.DateField(_("extended on"), null=True)
    extension_cipher = models.BinaryField(null=True)
    decision = models.CharField(_("decision"), max_length=9, choices=ComplaintDecision.choices, blank=True)
    decision_cipher = models.BinaryField(null=True)
    decided_on = models.DateField(_("decided on"), null=True)
    acknowledgement = models.ForeignKey("mail.OutgoingLetter", models.PROTECT, related_name="+", null=True)
    answer = models.ForeignKey("mail.OutgoingLetter", models.PROTECT, related_name="+", null=True)
    history = tracked("client")

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        indexes = [
            models.Index(
                fields=["decide_by_on"],
                condition=Q(state__in=["registered", "acknowledged"]),
                name="complaint_running",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(handler=None) | Q(about_staff=None) | ~Q(handler=F("about_staff")),
                name="complaint_not_by_whom_it_is_about",
                violation_error_message=_("A complaint is never handled by whom it is about."),
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_on=None) | Q(acknowledged_on__gte=F("received_on")),
                name="complaint_acknowledged_after_receipt",
                violation_error_message=_("This day lies before the complaint was received."),
            ),
            models.CheckConstraint(
                condition=Q(extended_on=None, extension_cipher=None)
                | Q(extended_on__isnull=False, extension_cipher__isnull=False),
                name="complaint_extended_with_reasons",
                violation_error_message=_("Say why more time is needed."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="decided", decided_on__isnull=False, decision_cipher__isnull=False) & ~Q(decision="")
                )
                | (~Q(state="decided") & Q(decision="", decided_on=None, decision_cipher=None)),
                name="complaint_decided_with_reasons",
                violation_error_message=_("A decision has reasons."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["acknowledged", "decided"])
                | Q(acknowledged_on__isnull=False, handler__isnull=False),
                name="complaint_acknowledged_by_handler",
                violation_error_message=_("A complaint is acknowledged first, and has a handler."),
            ),
        ]


class ComplaintDossier(models.Model):
    """One dossier that a complaint is about; it is held until six weeks after the answer. Falls with the dossier."""

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    complaint = models.ForeignKey("requests_app.Complaint", models.PROTECT, related_name="parts")
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="complaint_parts")
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["complaint", "dossier"], name="complaint_dossier_once")]
