"""Art. 9: who guides whom, from when until when, and what that opens."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from clients.models.people import Involvement
from werkcontact.access.records import Visible
from werkcontact.history import tracked
from werkcontact.ids import Uuid7, uuid7
from werkcontact.ranges import DateRangeFunc, closed_range


class AssignmentQuerySet(Visible["Assignment"]):
    def open_on(self, on: date) -> AssignmentQuerySet:
        """Those that hold on this day; the last day counts."""
        return self.filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on)


class Assignment(models.Model):
    """A caseworker or franchisee who guides this client, from, until (included), why and by whom given."""

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    involvement = models.ForeignKey(Involvement, models.PROTECT, related_name="assignments")
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments")
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until and including"), null=True, blank=True)
    reason = models.CharField(_("why"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(null=True)
    history = tracked()

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="assignment_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
            ExclusionConstraint(
                name="assignment_no_overlap",
                expressions=[
                    ("involvement", RangeOperators.EQUAL),
                    ("staff", RangeOperators.EQUAL),
                    (DateRangeFunc("from_on", "until_on", closed_range()), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This person already guides this client in (part of) this period."),
            ),
        ]


class Grant(UserObjectPermissionBase):
    """guardian's direct foreign-key permission, with its cause and its moments; written by access.grants alone.

    `sort_name` and `search_name` are copies, so that a list of mine is one index and search is another.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    content_object = models.ForeignKey(Involvement, models.CASCADE, related_name="grants", db_column="involvement_id")
    cause_id = models.UUIDField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    sort_name = models.CharField(max_length=450)
    search_name = models.TextField()

    class Meta(UserObjectPermissionBase.Meta):
        unique_together = []
        indexes = [
            models.Index(fields=["user", "sort_name", "content_object"], name="grant_mine"),
            models.Index(fields=["cause_id"], name="grant_cause"),
            GinIndex(F("user"), OpClass("search_name", name="gin_trgm_ops"), name="grant_search"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "permission", "content_object", "cause_id"], name="grant_once_a_cause"
            ),
        ]
