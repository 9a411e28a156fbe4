"""The one closed list of categories of data: of registry lines, documents, consent forms, disclosures and requests."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    """What a datum is about."""

    IDENTITY = "identity", _("name and birth date")
    CONTACT = "contact", _("address, telephone and e-mail")
    COMMISSION = "commission", _("commission and trajectory")
    GUIDANCE = "guidance", _("guidance and agreements")
    WORK = "work", _("work and education")
    FINANCES = "finances", _("income and debts")
    FAMILY = "family", _("family and home")
    HEALTH = "health", _("health and limitations")
    RIGHTS = "rights", _("requests, complaints and disclosures")
    ACCESS = "access", _("who looked, when and what for")
