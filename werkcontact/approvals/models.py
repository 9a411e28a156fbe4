from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from werkcontact.ids import Uuid7, uuid7


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def waiting(self) -> ApprovalQuerySet:
        return self.filter(outcome=Approval.Outcome.WAITING)


class Approval(models.Model):
    """Something prepared by one and decided by another, over exactly the content that the hash names."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("waiting")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("sent back")
        VOID = "void", _("void: changed since")

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    kind = models.CharField(max_length=40)
    subject = models.UUIDField()
    payload_hash = models.CharField(max_length=64)
    preparer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    decider = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.WAITING)
    note = models.ForeignKey("vault.ErasableText", models.SET_NULL, null=True, related_name="+")

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["kind", "subject"], name="approval_subject"),
            models.Index(fields=["prepared_at"], condition=Q(outcome="waiting"), name="approval_waiting"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(decider=None) | ~Q(preparer=F("decider")),
                name="approval_two_persons",
                violation_error_message=_("Nobody decides on what they prepared themselves."),
            ),
            models.CheckConstraint(
                condition=Q(decider=None, decided_at=None, outcome__in=["waiting", "void"])
                | Q(decider__isnull=False, decided_at__isnull=False, outcome__in=["granted", "refused", "void"]),
                name="approval_decided_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["kind", "subject"], condition=Q(outcome="waiting"), name="approval_one_waiting"
            ),
        ]
