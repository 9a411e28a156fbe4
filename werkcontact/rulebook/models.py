"""Art. 19: versions of the reglement, and the days equated by royal decree that its terms must know."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from werkcontact.history import tracked
from werkcontact.ids import Uuid7, uuid7


class RulebookQuerySet(models.QuerySet["Rulebook"]):
    def in_force(self, on: date) -> Rulebook:
        """The version that binds on this day: the latest that has come into force."""
        return self.filter(in_force_on__lte=on).order_by("-in_force_on").first() or self.earliest("in_force_on")


class Rulebook(models.Model):
    """One version: its text, and its terms and purposes as data (`werkcontact.law.Rules`, purposes)."""

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    label = models.CharField(_("version"), max_length=40, unique=True)
    in_force_on = models.DateField(_("in force from"), unique=True)
    text = models.TextField(_("text"))
    rules = models.JSONField(_("terms"))
    purposes = models.JSONField(_("purposes"))

    objects = RulebookQuerySet.as_manager()

    class Meta:
        verbose_name = _("rulebook")
        verbose_name_plural = _("rulebooks")

    def __str__(self) -> str:
        return self.label


class DecreeDay(models.Model):
    """A day that a royal decree equates with a public holiday (Atw art. 3.3)."""

    on = models.DateField(_("day"), primary_key=True)
    decree = models.CharField(_("number of the decree"), max_length=60)
    withdrawn = models.BooleanField(
        _("withdrawn"), default=False, help_text=_("Entered by mistake: it does not count.")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    history = tracked()

    class Meta:
        verbose_name = _("decree day")
        verbose_name_plural = _("decree days")

    def __str__(self) -> str:
        return self.on.isoformat()
