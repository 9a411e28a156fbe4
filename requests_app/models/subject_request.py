from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from requests_app.transitions import RequestState
from werkcontact.access.records import Visible
from werkcontact.history import tracked
from werkcontact.ids import Uuid7, uuid7
from werkcontact.ranges import MomentRangeFunc, half_open_range


class Way(models.TextChoices):
    """How a request or complaint reached the organisation; every way counts, also spoken."""

    LETTER = "letter", _("by letter")
    EMAIL = "email", _("by e-mail")
    DESK = "desk", _("at the desk, spoken")
    TELEPHONE = "telephone", _("by telephone")
    OTHER = "other", _("in another way")


class AnswerWay(models.TextChoices):
    """How the answer goes out; asked electronically is answered so, unless wished otherwise (AVG 12.3)."""

    POST = "post", _("by post")
    EMAIL = "email", _("by secure e-mail")
    HAND = "hand", _("handed over")


class Capacity(models.TextChoices):
    """In whose name somebody asks (art. 12)."""

    SELF = "self", _("for themselves")
    PARENT = "parent", _("as holder of parental authority")
    GUARDIAN = "guardian", _("as curator, administrator or mentor")
    AUTHORISED = "authorised", _("with a written authorisation")


class IdentityHow(models.TextChoices):
    """By what identity was established: the outcome only, never a copy or number of a document."""

    DESK = "desk", _("seen at the desk")
    KNOWN = "known", _("known personally")
    LETTER = "letter", _("answered a letter at the registered address")
    DIGID = "digid", _("DigiD or eHerkenning")


class SubjectRequestQuerySet(Visible["SubjectRequest"]):
    """Words over requests; `visible_to(actor)` comes from the gate."""

    def running(self) -> SubjectRequestQuerySet:
        """Those that are not closed."""
        return self.exclude(state=RequestState.CLOSED)


class SubjectRequest(models.Model):
    """Art. 12-15: somebody asks for their rights. Everybody may, also a stranger.

    `received_on` is the day it reached the organisation anywhere (Amsterdam date), `registered_at` the moment it
    was keyed in. Who asks and what they wrote is sealed under the request's key (owner: its id); `about_cipher`
    says for whom, where one asks for another. `client` stays NULL for a stranger and is emptied when the person
    goes. Identity is established once per request.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    number = models.CharField(_("number"), max_length=16, unique=True)
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.REGISTERED)
    client = models.ForeignKey("clients.Client", models.DO_NOTHING, related_name="subject_requests", null=True)
    received_on = models.DateField(_("received on"))
    way = models.CharField(_("by which way"), max_length=9, choices=Way.choices)
    answer_way = models.CharField(_("answered"), max_length=5, choices=AnswerWay.choices, default=AnswerWay.POST)
    asked_cipher = models.BinaryField()
    name_cipher = models.BinaryField()
    birth_cipher = models.BinaryField(null=True)
    address_cipher = models.BinaryField(null=True)
    email_cipher = models.BinaryField(null=True)
    telephone_cipher = models.BinaryField(null=True)
    capacity = models.CharField(_("asks"), max_length=10, choices=Capacity.choices, default=Capacity.SELF)
    about_cipher = models.BinaryField(null=True)
    identity_how = models.CharField(_("identity"), max_length=6, choices=IdentityHow.choices, blank=True)
    identity_on = models.DateField(_("identity established on"), null=True)
    identity_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    registered_at = models.DateTimeField(_("registered at"))
    closed_on = models.DateField(null=True)
    history = tracked("client")

    objects = SubjectRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        indexes = [
            models.Index(fields=["received_on"], condition=~Q(state="closed"), name="request_running"),
            models.Index(fields=["closed_on"], condition=Q(state="closed"), name="request_closed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(identity_how="", identity_on=None, identity_by=None)
                | (~Q(identity_how="") & Q(identity_on__isnull=False, identity_by__isnull=False)),
                name="request_identity_whole",
                violation_error_message=_("Record how identity was established, by whom and when."),
            ),
            models.CheckConstraint(
                condition=Q(identity_on=None) | Q(identity_on__gte=F("received_on")) | Q(identity_how="known"),
                name="request_identity_after_receipt",
                violation_error_message=_("Identity cannot have been established before the request was received."),
            ),
            models.CheckConstraint(
                condition=Q(capacity="self", about_cipher=None) | (~Q(capacity="self") & Q(about_cipher__isnull=False)),
                name="request_asks_for_whom",
                violation_error_message=_("Say for whom is asked."),
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_on__isnull=False) | (~Q(state="closed") & Q(closed_on=None)),
                name="request_closed_on",
            ),
        ]


class RequestDossierQuerySet(models.QuerySet["RequestDossier"]):
    """Words over the dossiers of requests; they are reached through a request that the gate let through."""

    def standing(self) -> RequestDossierQuerySet:
        """Those that were not taken back: this is the person after all."""
        return self.filter(until_at=None)


class RequestDossier(models.Model):
    """One dossier that a request spans; only a request spans several (art. 18). Falls with the dossier.

    `until_at` is set when it turns out to be somebody else's: from then on nothing of it is shown or given.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    subject_request = models.ForeignKey("requests_app.SubjectRequest", models.PROTECT, related_name="parts")
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="request_parts")
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    objects = RequestDossierQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_request", "dossier"],
                name="request_dossier_once",
                violation_error_message=_("This dossier is part of the request already."),
            ),
        ]


class RequestAssignmentQuerySet(models.QuerySet["RequestAssignment"]):
    """Words over handlers; who may see a request follows from them."""

    def current(self, at: datetime) -> RequestAssignmentQuerySet:
        """Those that hold at this moment; `until_at` itself does not count."""
        return self.filter(Q(until_at=None) | Q(until_at__gt=at), from_at__lte=at)


class RequestAssignment(models.Model):
    """Art. 12: who handles a request, from which moment until which, given by whom; one handler at a time."""

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    subject_request = models.ForeignKey("requests_app.SubjectRequest", models.PROTECT, related_name="assignments")
    handler = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("handler"))
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("given by"))

    objects = RequestAssignmentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["handler"], condition=Q(until_at=None), name="request_handled_now"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gt=F("from_at")),
                name="request_assignment_ends_later",
            ),
            ExclusionConstraint(
                name="request_assignment_one_handler",
                expressions=[
                    ("subject_request", RangeOperators.EQUAL),
                    (MomentRangeFunc("from_at", "until_at", half_open_range()), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Somebody handles this request already."),
            ),
        ]
