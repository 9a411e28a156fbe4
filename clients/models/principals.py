"""Art. 2, 18: the principals who commission trajectories, their services and the layout of their deliveries."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from werkcontact.history import tracked
from werkcontact.ids import Uuid7, uuid7


class DeliveryLayout(models.Model):
    """Which column of a principal's file is which of our fields, and which are required."""

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    name = models.CharField(_("name"), max_length=80, unique=True)
    columns = models.JSONField(_("columns"))
    required = models.JSONField(_("required fields"), default=list)

    class Meta:
        verbose_name = _("layout of deliveries")
        verbose_name_plural = _("layouts of deliveries")

    def __str__(self) -> str:
        return self.name


class Principal(models.Model):
    """UWV, a municipality, an employer or an insurer; what it delivered serves its commissions only (art. 18)."""

    class Kind(models.TextChoices):
        UWV = "uwv", _("UWV")
        MUNICIPALITY = "municipality", _("municipality")
        EMPLOYER = "employer", _("employer")
        INSURER = "insurer", _("insurer")

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    layout = models.ForeignKey(
        DeliveryLayout, models.PROTECT, related_name="principals", verbose_name=_("layout of deliveries")
    )
    bsn_basis = models.CharField(
        _("statutory ground for the BSN"),
        max_length=200,
        blank=True,
        help_text=_("UAVG 46: without a citation no BSN of this principal is kept."),
    )
    is_active = models.BooleanField(_("delivers"), default=True)
    history = tracked()

    class Meta:
        verbose_name = _("principal")
        verbose_name_plural = _("principals")
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="principal_name_once",
                violation_error_message=_("There already is a principal of this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Service(models.Model):
    """A kind of trajectory that a principal buys, under the name it uses itself."""

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    principal = models.ForeignKey(Principal, models.PROTECT, related_name="services", verbose_name=_("principal"))
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        constraints = [models.UniqueConstraint(fields=["principal", "name"], name="service_name_once")]

    def __str__(self) -> str:
        return self.name
