"""Art. 9: who works here, in which appointment, from when until when; art. 7.2 and 18.4: who promised secrecy."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from werkcontact.history import tracked
from werkcontact.ids import Uuid7, uuid7
from werkcontact.ranges import DateRangeFunc, closed_range

SYSTEM_ID = uuid.UUID("00000000-0000-7000-8000-000000000001")  # the seeded actor of jobs and migrations


class StaffManager(BaseUserManager["Staff"]):
    """Makes accounts; there are no superusers in this house."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Staff:
        staff = self.model(email=self.normalize_email(email), **fields)
        staff.set_password(password)
        staff.save(using=self._db)
        return staff


class Staff(AbstractBaseUser, PermissionsMixin):
    """Somebody who works for the controller, or the one system actor; never deleted, only made inactive."""

    class Theme(models.TextChoices):
        SYSTEM = "", _("as the device")
        LIGHT = "light", _("light")
        DARK = "dark", _("dark")

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    display_name = models.CharField(_("name"), max_length=120, help_text=_("As colleagues know them: N. Visser."))
    firm = models.CharField(_("firm"), max_length=120, blank=True, help_text=_("Only for a franchisee."))
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_system = models.BooleanField(default=False, editable=False)
    theme = models.CharField(_("colours"), max_length=5, blank=True, default="", choices=Theme.choices)
    shortcuts_off = models.BooleanField(_("single keys do nothing"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    last_login = None  # the access log knows; a column would be a change without an act at each signing in
    history = tracked("password")

    objects = StaffManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        verbose_name = _("member of staff")
        verbose_name_plural = _("staff")
        constraints = [
            models.CheckConstraint(condition=Q(is_superuser=False), name="staff_no_superuser"),
            models.CheckConstraint(
                condition=Q(is_system=False) | Q(is_active=False), name="staff_system_cannot_sign_in"
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    def check_password(self, raw_password: str | None) -> bool:
        """Only compare; Django's would also write a newer hash, which is an act (see office.adapter)."""
        return check_password(raw_password, self.password)


class Role(models.TextChoices):
    """The appointments of the access matrix."""

    DIRECTIE = "directie", _("management")
    CASEWORKER = "caseworker", _("caseworker")
    FRANCHISEE = "franchisee", _("franchisee")
    LEAD = "lead", _("team lead")
    INTAKE = "intake", _("intake")
    REQUESTS = "requests", _("request handler")
    ARCHIVIST = "archivist", _("archivist")
    DISPUTES = "disputes", _("disputes")
    RESEARCH = "research", _("research")
    OFFICER = "officer", _("privacy officer")
    AUDITOR = "auditor", _("certifying body")
    TECHNICAL = "technical", _("technical administrator")


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def open_on(self, on: date) -> AppointmentQuerySet:
        """Those that hold on this day; the last day counts."""
        return self.filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on)


class Appointment(models.Model):
    """One person in one role, from, until, why, given by whom; a mistake is ended, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="appointments", verbose_name=_("member of staff"))
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until and including"), null=True, blank=True)
    reason = models.CharField(_("why"), max_length=200)
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+", verbose_name=_("given by"), editable=False)
    history = tracked()

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="appointment_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
            ExclusionConstraint(
                name="appointment_no_overlap",
                expressions=[
                    ("staff", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (DateRangeFunc("from_on", "until_on", closed_range()), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This person already has this role in (part of) this period."),
            ),
            models.CheckConstraint(
                condition=~Q(staff=F("by")) | Q(by=SYSTEM_ID),
                name="appointment_not_to_oneself",
                violation_error_message=_("Nobody appoints themselves."),
            ),
        ]

    def __str__(self) -> str:
        return str(Role(self.role).label)


class Declaration(models.Model):
    """Art. 7.2, 18.4: the promise of secrecy and the OVAL code, signed on screen, valid for a year."""

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="declarations")
    signed_on = models.DateField()
    signed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "signed_on"], name="declaration_once_a_day")]


class Team(models.Model):
    """People who work under one team lead, who sees what they are assigned."""

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    name = models.CharField(_("name"), max_length=80, unique=True)
    lead = models.ForeignKey(Staff, models.PROTECT, related_name="leads", verbose_name=_("team lead"))
    members = models.ManyToManyField(Staff, through="TeamMember", related_name="teams")
    history = tracked()

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    """Somebody's place in a team."""

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    team = models.ForeignKey(Team, models.CASCADE, related_name="places")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="places", verbose_name=_("member of staff"))
    history = tracked()

    class Meta:
        verbose_name = _("team member")
        verbose_name_plural = _("team members")
        constraints = [models.UniqueConstraint(fields=["team", "staff"], name="team_member_once")]
