from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from requests_app.transitions import ASK_ENDED, AskState
from werkcontact.access.records import Visible
from werkcontact.history import tracked
from werkcontact.ids import Uuid7, uuid7


class AskKind(models.TextChoices):
    """What can be asked; the words of `law.clocks`."""

    CONFIRMATION = "confirmation", _("whether there are data")
    INSPECTION = "inspection", _("inspection")
    COPY = "copy", _("copy")
    CORRECTION = "correction", _("correction")
    DISCLOSURES = "disclosures", _("statement of disclosures")
    ERASURE = "erasure", _("erasure")
    RESTRICTION = "restriction", _("restriction")
    OBJECTION = "objection", _("objection")
    PORTABILITY = "portability", _("portability")


class AskDecision(models.TextChoices):
    """What was decided on one thing asked."""

    GIVEN = "given", _("given")
    PARTLY = "partly", _("given in part")
    REFUSED = "refused", _("refused")
    NONE_HELD = "none_held", _("no data held")
    NO_IDENTITY = "no_identity", _("refused for want of identity")


class RequestAskQuerySet(Visible["RequestAsk"]):
    """Words over asks; they are reached through a request that the gate let through, or joined to a visible one."""

    def running(self) -> RequestAskQuerySet:
        """Those on which something is still to be done."""
        return self.exclude(state__in=ASK_ENDED)

    def work_due_by(self, on: date) -> RequestAskQuerySet:
        """Those running whose work-by date is this day or earlier (Amsterdam)."""
        return self.running().filter(work_by_on__lte=on)


class RequestAsk(models.Model):
    """One kind of thing asked in a request, with its own clocks, decision and state.

    `binding_on` and `work_by_on` are a projection of `law.clocks.replay` over its events, for lists: only the
    clocks module writes them, NULL while no clock runs. `ground` and the words (sealed under the request's key) are
    those of a refusal of the whole; `approval` is its second person; `letter` the answer. `tell_nobody` is the
    subject's wish that recipients of a correction are not told (art. 14.2).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    subject_request = models.ForeignKey("requests_app.SubjectRequest", models.PROTECT, related_name="asks")
    kind = models.CharField(_("what is asked"), max_length=12, choices=AskKind.choices)
    state = models.CharField(max_length=11, choices=AskState.choices, default=AskState.RECEIVED)
    decision = models.CharField(_("decision"), max_length=11, choices=AskDecision.choices, blank=True)
    binding_on = models.DateField(_("deadline"), null=True)
    work_by_on = models.DateField(_("work towards"), null=True)
    ground = models.CharField(_("ground"), max_length=40, blank=True)
    words_cipher = models.BinaryField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    approval = models.ForeignKey("approvals.Approval", models.PROTECT, related_name="+", null=True)
    letter = models.ForeignKey("mail.OutgoingLetter", models.PROTECT, related_name="+", null=True)
    tell_nobody = models.BooleanField(_("wishes that nobody is told"), default=False)
    history = tracked()

    objects = RequestAskQuerySet.as_manager()

    class Meta:
        verbose_name = _("thing asked")
        verbose_name_plural = _("things asked")
        indexes = [
            models.Index(
                fields=["work_by_on", "id"],
                condition=~Q(state__in=["answered", "no_identity", "withdrawn"]),
                name="request_ask_work_by",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_request", "kind"],
                name="request_ask_once",
                violation_error_message=_("This is asked already."),
            ),
            models.CheckConstraint(
                condition=Q(binding_on=None, work_by_on=None)
                | Q(binding_on__isnull=False, work_by_on__isnull=False, work_by_on__lte=F("binding_on")),
                name="request_ask_both_dates",
            ),
            models.CheckConstraint(
                condition=~Q(decision__in=["refused", "no_identity"]) | (~Q(ground="") & Q(words_cipher__isnull=False)),
                name="request_ask_refusal_has_ground",
                violation_error_message=_("A refusal has a ground and reasons."),
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_by=None, decided_at=None)
                | (~Q(decision="") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="request_ask_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["writing", "telling", "answered", "no_identity"]) | ~Q(decision=""),
                name="request_ask_answer_is_decided",
                violation_error_message=_("Without a decision no answer goes out."),
            ),
            models.CheckConstraint(
                condition=~Q(decision__in=["refused", "no_identity", "partly"], state__in=["telling", "answered"])
                | Q(approval__isnull=False),
                name="request_ask_refusal_by_two",
                violation_error_message=_("A refusal is decided by two persons."),
            ),
        ]


class EventKind(models.TextChoices):
    """What moves the clocks; the words of `law.clocks`, and `void`, which only takes another event back."""

    RECEIVED = "received", _("received")
    IDENTITY_ASKED = "identity_asked", _("identity asked for")
    IDENTITY_SHOWN = "identity_shown", _("identity shown")
    SPECIFICATION_ASKED = "specification_asked", _("specification asked for")
    SPECIFICATION_GIVEN = "specification_given", _("specification given")
    EXTENSION_TOLD = "extension_told", _("extension told")
    REFUSED_IDENTITY = "refused_identity", _("refused for want of identity")
    DECISION_SENT = "decision_sent", _("decision sent")
    WITHDRAWN = "withdrawn", _("withdrawn")
    VOID = "void", _("taken back")


class RequestEventQuerySet(models.QuerySet["RequestEvent"]):
    """Words over events."""

    def standing(self) -> RequestEventQuerySet:
        """Those that count, in order: not superseded, not a mere taking back."""
        return self.filter(superseded_by=None).exclude(event=EventKind.VOID).order_by("on", "sequence")


class RequestEvent(models.Model):
    """One fact that moves the clocks of one ask, or of all (`ask` NULL), on a day (Amsterdam). Never changed.

    A mistake is mended by an event that supersedes it. `sequence` is the order of recording: on one day that order
    counts. `proof` is the letter by which something was asked, told or decided. A trigger refuses every UPDATE.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    subject_request = models.ForeignKey("requests_app.SubjectRequest", models.PROTECT, related_name="events")
    ask = models.ForeignKey("requests_app.RequestAsk", models.PROTECT, related_name="events", null=True)
    sequence = models.PositiveIntegerField()
    event = models.CharField(max_length=19, choices=EventKind.choices)
    on = models.DateField(_("on"))
    supersedes = models.OneToOneField("self", models.PROTECT, related_name="superseded_by", null=True)
    proof = models.ForeignKey("mail.OutgoingLetter", models.PROTECT, related_name="+", null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = RequestEventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_request", "sequence"], name="request_event_order"),
            models.CheckConstraint(
                condition=~Q(event="void") | Q(supersedes__isnull=False), name="request_event_void_of_something"
            ),
            models.CheckConstraint(
                condition=Q(supersedes=None) | ~Q(supersedes=F("id")), name="request_event_not_itself"
            ),
        ]
