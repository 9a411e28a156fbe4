from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dossiers.models.consent import AvgBasis
from werkcontact.access.records import Visible
from werkcontact.history import tracked
from werkcontact.ids import Uuid7, uuid7
from werkcontact.personal_data.categories import Category


class UrgentReasonQuerySet(Visible["UrgentReason"]):
    """What was laid before management under art. 7.5."""


class UrgentReason(models.Model):
    """Art. 7.5: an urgent, weighty reason to tell one recipient these kinds of data, laid before management.

    It waits in the approval; only when that is granted may a disclosure rest on it, which then names the same
    approval. The reason, and why the client is not told where telling would defeat it, are sealed under the
    dossier's key.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="urgent_reasons")
    recipient = models.ForeignKey("dossiers.Recipient", models.PROTECT, related_name="+")
    categories = ArrayField(models.CharField(max_length=20, choices=Category.choices), verbose_name=_("which data"))
    avg_basis = models.CharField(
        _("basis in the AVG"),
        max_length=5,
        choices=[(each.value, each.label) for each in (AvgBasis.VITAL, AvgBasis.INTEREST)],
    )
    reason_cipher = models.BinaryField()
    tell_client = models.BooleanField(_("the client is told"), default=True)
    not_told_cipher = models.BinaryField(null=True)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    approval = models.OneToOneField("approvals.Approval", models.PROTECT, related_name="+")
    history = tracked()

    objects = UrgentReasonQuerySet.as_manager()

    class Meta:
        verbose_name = _("urgent reason")
        verbose_name_plural = _("urgent reasons")
        constraints = [
            models.CheckConstraint(
                condition=Q(categories__len__gt=0),
                name="urgent_reason_names_categories",
                violation_error_message=_("Choose at least one kind of data."),
            ),
            models.CheckConstraint(
                condition=Q(avg_basis__in=["6_1_d", "6_1_f"]),
                name="urgent_reason_basis",
                violation_error_message=_("An urgent reason rests on AVG 6.1.d or 6.1.f."),
            ),
            models.CheckConstraint(
                condition=Q(tell_client=True, not_told_cipher=None)
                | Q(tell_client=False, not_told_cipher__isnull=False),
                name="urgent_reason_told_or_why",
                violation_error_message=_("Say why the client is not told."),
            ),
        ]
