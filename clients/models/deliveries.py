"""Art. 5.1: a file in which a principal hands over clients, and its rows until they are applied."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models.people import Involvement
from clients.models.principals import Principal
from werkcontact.access.records import Visible
from werkcontact.ids import Uuid7, uuid7


class Delivery(models.Model):
    """One file; it and its rows lie under the delivery's own key and end 30 days after applying at the latest."""

    class State(models.TextChoices):
        CHECKED = "checked", _("checked, not applied yet")
        APPLYING = "applying", _("being applied")
        APPLIED = "applied", _("applied")
        DROPPED = "dropped", _("dropped")

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    principal = models.ForeignKey(Principal, models.PROTECT, related_name="deliveries")
    file = models.ForeignKey("vault.StoredFile", models.SET_NULL, null=True, related_name="+")
    received_on = models.DateField(_("received on"))
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    understood = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.CHECKED)
    counts = models.JSONField(default=dict)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    asked_at = models.DateTimeField(null=True)
    applied_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    objects = Visible.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(state="applying"), name="delivery_applying"),
            models.Index(fields=["applied_on"], condition=Q(ended_on=None), name="delivery_to_end"),
        ]


class StagedRow(models.Model):
    """One row of a delivery, sealed under its key: what was read, what is wrong, and what applying it did."""

    class Verdict(models.TextChoices):
        NEW = "new", _("new")
        KNOWN = "known", _("known, unchanged")
        CHANGED = "changed", _("known, changed")
        DOUBTFUL = "doubtful", _("doubtful")
        WRONG = "wrong", _("wrong")

    class Choice(models.TextChoices):
        NONE = "", _("not decided")
        OTHER = "other", _("somebody else: a new registration")
        SKIP = "skip", _("leave this row out")

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    choice = models.CharField(max_length=5, choices=Choice.choices, blank=True, default=Choice.NONE)
    cipher = models.BinaryField()
    involvement = models.ForeignKey(Involvement, models.SET_NULL, null=True, related_name="+")
    done = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["delivery", "number"], name="staged_row_once")]
        indexes = [models.Index(fields=["delivery", "verdict", "number"], name="staged_row_by_verdict")]
