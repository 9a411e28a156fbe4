from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dossiers.transitions import HoldState
from werkcontact.access.records import Visible
from werkcontact.history import tracked
from werkcontact.ids import Uuid7, uuid7


class HoldKind(models.TextChoices):
    """Why a dossier is kept beyond its day."""

    REQUEST = "request", _("request")
    COMPLAINT = "complaint", _("complaint")
    RESTRICTION = "restriction", _("restriction")
    BREACH = "breach", _("data breach")
    MANUAL = "manual", _("by hand")


class HoldQuerySet(Visible["Hold"]):
    """Words over holds; `visible_to(actor)` comes from the gate."""

    def blocking_on(self, on: date) -> HoldQuerySet:
        """Those that keep their dossier from destruction on this day (Amsterdam; the last day still holds)."""
        return self.filter(Q(until_on=None) | Q(until_on__gte=on), state__in=[HoldState.PROPOSED, HoldState.IN_FORCE])


class Hold(models.Model):
    """Art. 6.1, 17: keeps one dossier from destruction, with a kind, a ground and an end.

    A pushed hold names its source (the id of the request, complaint, restriction or breach) and needs nobody; its
    end is open until the answer sets it. One placed by hand has a ground in words (sealed under the dossier's key),
    an end, and a second person. Taken under the lock that destruction takes too.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="holds")
    kind = models.CharField(_("kind"), max_length=11, choices=HoldKind.choices)
    state = models.CharField(max_length=8, choices=HoldState.choices)
    source_id = models.UUIDField(null=True)
    ground_cipher = models.BinaryField(null=True)
    until_on = models.DateField(_("until and including"), null=True)
    approval = models.ForeignKey("approvals.Approval", models.PROTECT, related_name="+", null=True)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    placed_at = models.DateTimeField(_("placed at"))
    release_approval = models.ForeignKey("approvals.Approval", models.PROTECT, related_name="+", null=True)
    released_at = models.DateTimeField(null=True)
    history = tracked()

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        indexes = [
            models.Index(fields=["until_on"], condition=Q(state="in_force"), name="hold_ending"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind="manual",
                    source_id=None,
                    ground_cipher__isnull=False,
                    until_on__isnull=False,
                    approval__isnull=False,
                )
                | (~Q(kind="manual") & Q(source_id__isnull=False)),
                name="hold_says_why",
                violation_error_message=_("A hold placed by hand needs a ground, an end and a second person."),
            ),
            models.CheckConstraint(
                condition=Q(kind="manual") | Q(state__in=["in_force", "released"]),
                name="hold_pushed_needs_nobody",
            ),
            models.CheckConstraint(
                condition=Q(state="released", released_at__isnull=False) | (~Q(state="released") & Q(released_at=None)),
                name="hold_released_at",
            ),
            models.UniqueConstraint(
                fields=["dossier", "kind", "source_id"],
                condition=Q(source_id__isnull=False, state="in_force"),
                name="hold_once_per_source",
                violation_error_message=_("This already holds the dossier."),
            ),
        ]
