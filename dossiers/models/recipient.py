from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from werkcontact.history import tracked
from werkcontact.ids import Uuid7, uuid7


class RecipientKind(models.TextChoices):
    """What kind of third party; an employer never receives health data (AVG 9, UAVG 30)."""

    EMPLOYER = "employer", _("employer")
    PRACTITIONER = "practitioner", _("doctor or therapist")
    PRINCIPAL = "principal", _("principal")
    AUTHORITY = "authority", _("authority")
    EDUCATION = "education", _("school or training")
    REPRESENTATIVE = "representative", _("representative of the client")
    OTHER = "other", _("somebody else")


class RecipientQuerySet(models.QuerySet["Recipient"]):
    """The address book holds no clients, so it has no `visible_to`; the gate asks recipient.edit."""

    def in_use(self) -> RecipientQuerySet:
        """Those that can be chosen."""
        return self.filter(in_use=True)


class Recipient(models.Model):
    """Art. 7.1.b: one third party in the address book: an organisation or practice, and for whose attention.

    Never a group ("all employers") and never deleted: the ledger names it. `principal` links it to the principal
    that it is, for the hand-back (art. 18) and for the wall between principals.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    name = models.CharField(_("name"), max_length=200)
    attention = models.CharField(_("for the attention of"), max_length=120, blank=True)
    kind = models.CharField(_("kind"), max_length=14, choices=RecipientKind.choices)
    principal = models.OneToOneField(
        "clients.Principal",
        models.PROTECT,
        related_name="recipient",
        null=True,
        blank=True,
        verbose_name=_("principal"),
    )
    street = models.CharField(_("street and number, or P.O. box"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=16, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=60, blank=True, help_text=_("Only when abroad."))
    email = models.EmailField(_("e-mail"), blank=True)
    telephone = models.CharField(_("telephone"), max_length=30, blank=True)
    in_use = models.BooleanField(_("in use"), default=True)
    history = tracked()

    objects = RecipientQuerySet.as_manager()

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        indexes = [models.Index(fields=["name"], condition=Q(in_use=True), name="recipient_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "attention", "postcode", "street"],
                name="recipient_once",
                violation_error_message=_("This recipient is in the address book already."),
            ),
            models.CheckConstraint(
                condition=~Q(name=""), name="recipient_has_name", violation_error_message=_("Fill in a name.")
            ),
            models.CheckConstraint(
                condition=Q(principal=None) | Q(kind="principal"),
                name="recipient_principal_kind",
                violation_error_message=_("Only a recipient of the kind principal can be a principal."),
            ),
        ]
