from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from requests_app.transitions import ToldState
from werkcontact.history import tracked
from werkcontact.ids import Uuid7, uuid7


class Wish(models.TextChoices):
    """What is asked of a field or document (art. 14.1)."""

    RECTIFY = "rectify", _("rectify")
    SUPPLEMENT = "supplement", _("supplement")
    ERASE = "erase", _("erase")


class LineVerdict(models.TextChoices):
    """What is decided on one line; an opinion is not rewritten, the person's statement is added to it."""

    UNDECIDED = "undecided", _("to be decided")
    GRANTED = "granted", _("changed")
    STATEMENT = "statement", _("not changed, the statement is added")
    REFUSED = "refused", _("refused")


class CorrectionLine(models.Model):
    """Art. 14: one field or document, what it says, what it should say, and what was decided.

    A field is named by the registry's path and the id of its row. What it was and should be is sealed under the
    request's key, so are the words; the line falls with the dossier it is about. `applied_at` is the moment the
    change was written; `statement` the document that holds the person's own statement.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    ask = models.ForeignKey("requests_app.RequestAsk", models.PROTECT, related_name="lines")
    part = models.ForeignKey("requests_app.RequestDossier", models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    wish = models.CharField(_("what is asked"), max_length=10, choices=Wish.choices)
    field_path = models.CharField(max_length=120, blank=True)
    row_id = models.UUIDField(null=True)
    document = models.ForeignKey("dossiers.Document", models.PROTECT, related_name="+", null=True)
    was_cipher = models.BinaryField()
    should_cipher = models.BinaryField(null=True)
    verdict = models.CharField(_("decision"), max_length=9, choices=LineVerdict.choices, default=LineVerdict.UNDECIDED)
    ground = models.CharField(_("ground"), max_length=40, blank=True)
    words_cipher = models.BinaryField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    approval = models.ForeignKey("approvals.Approval", models.PROTECT, related_name="+", null=True)
    statement = models.OneToOneField("dossiers.Document", models.PROTECT, related_name="+", null=True)
    applied_at = models.DateTimeField(null=True)
    history = tracked()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ask", "position"], name="correction_line_position"),
            models.CheckConstraint(
                condition=(Q(document=None, row_id__isnull=False) & ~Q(field_path=""))
                | Q(document__isnull=False, row_id=None, field_path=""),
                name="correction_line_field_or_document",
            ),
            models.CheckConstraint(
                condition=Q(wish="erase", should_cipher=None) | (~Q(wish="erase") & Q(should_cipher__isnull=False)),
                name="correction_line_says_what",
                violation_error_message=_("Say what it should say."),
            ),
            models.CheckConstraint(
                condition=Q(verdict="undecided", decided_by=None, decided_at=None)
                | (~Q(verdict="undecided") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="correction_line_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(verdict__in=["refused", "statement"]) | (~Q(ground="") & Q(words_cipher__isnull=False)),
                name="correction_line_refusal_has_ground",
                violation_error_message=_("A refusal has a ground and reasons."),
            ),
            models.CheckConstraint(
                condition=Q(applied_at=None) | Q(verdict="granted") | Q(verdict="statement", statement__isnull=False),
                name="correction_line_applied_if_granted",
            ),
        ]


class RecipientTold(models.Model):
    """Art. 14.2, AVG 19: that one recipient, who had these very data by `disclosure`, is told of one correction.

    Telling is itself a disclosure (`telling`), through the one way out. Not telling is a decision of management for
    this recipient, with a reason (sealed under the request's key). Days are Amsterdam dates.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    line = models.ForeignKey("requests_app.CorrectionLine", models.PROTECT, related_name="told")
    disclosure = models.ForeignKey("dossiers.Disclosure", models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=ToldState.choices, default=ToldState.WAITING)
    telling = models.ForeignKey("dossiers.Disclosure", models.PROTECT, related_name="+", null=True)
    sent_on = models.DateField(_("told on"), null=True)
    acknowledged_on = models.DateField(_("acknowledged on"), null=True)
    excuse_cipher = models.BinaryField(null=True)
    approval = models.ForeignKey("approvals.Approval", models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "disclosure"], name="recipient_told_once"),
            models.CheckConstraint(
                condition=Q(state__in=["sent", "acknowledged"], telling__isnull=False, sent_on__isnull=False)
                | (~Q(state__in=["sent", "acknowledged"]) & Q(telling=None, sent_on=None)),
                name="recipient_told_by_disclosure",
            ),
            models.CheckConstraint(
                condition=Q(state="acknowledged", acknowledged_on__isnull=False)
                | (~Q(state="acknowledged") & Q(acknowledged_on=None)),
                name="recipient_told_acknowledged",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["excuse_asked", "excused"])
                | Q(excuse_cipher__isnull=False, approval__isnull=False),
                name="recipient_told_excuse_decided",
                violation_error_message=_("Management decides that a recipient is not told, with a reason."),
            ),
        ]
