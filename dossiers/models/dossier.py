from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dossiers.transitions import DossierState
from werkcontact.access.records import Visible
from werkcontact.ids import Uuid7, uuid7


class DossierQuerySet(Visible["Dossier"]):
    """Words over dossiers; `visible_to(actor)` comes from the gate."""

    def running(self) -> DossierQuerySet:
        """Those of an involvement that has not ended."""
        return self.filter(state=DossierState.OPEN)

    def due_for_destruction(self, on: date) -> DossierQuerySet:
        """Those in the archive whose last day kept lies before this day (art. 6.1; Amsterdam date)."""
        return self.filter(state=DossierState.CLOSED, retained_through__lt=on)


class Dossier(models.Model):
    """Everything that is kept about a client for one involvement (art. 1.f, 5.2); it outlives the registration.

    `ended_on` is the day involvement ended, `retained_through` the last day kept (`terms.retention`; that day
    still kept). Both are Amsterdam dates. `rulebook` is the version under which it was opened. Its key (owner: its
    id) seals all free text that hangs on it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    number = models.CharField(_("number"), max_length=16, unique=True)
    involvement = models.OneToOneField("clients.Involvement", models.PROTECT, related_name="dossier")
    rulebook = models.ForeignKey("rulebook.Rulebook", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=DossierState.choices, default=DossierState.OPEN)
    opened_on = models.DateField(_("opened on"))
    ended_on = models.DateField(_("involvement ended on"), null=True)
    retained_through = models.DateField(_("kept up to and including"), null=True)

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        indexes = [
            models.Index(fields=["retained_through"], condition=Q(state="closed"), name="dossier_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", ended_on=None, retained_through=None)
                | Q(state__in=["closed", "destroying"], ended_on__isnull=False, retained_through__isnull=False),
                name="dossier_ended_when_closed",
                violation_error_message=_("A closed dossier has an end and a last day kept, an open one has neither."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("opened_on")),
                name="dossier_ends_after_opening",
                violation_error_message=_("Involvement cannot end before it began."),
            ),
            models.CheckConstraint(
                condition=Q(retained_through=None) | Q(retained_through__gte=F("ended_on")),
                name="dossier_kept_after_end",
                violation_error_message=_("The last day kept lies before the end."),
            ),
        ]
