"""Art. 9: who acts, in which appointments, at which moment, from where and what for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from werkcontact.access.draft import Draft
from werkcontact.staff.models import SYSTEM_ID, Appointment, Declaration, Role, Staff

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DECLARATION_HOLDS = timedelta(days=365)


@dataclass(frozen=True)
class StatedPurpose:
    """What somebody said they need a record or a list for, and until when that answer holds."""

    code: str
    until: datetime


@dataclass(frozen=True)
class Actor:
    """A person or a job at one moment; `at` is aware, and every rule about time asks it and not the clock.

    `roles` are the appointments of that day; `declared` says whether the promise of secrecy (art. 7.2) was signed
    within a year; `job` names the system actor; `purposes` hold what was stated this session, by scope.
    """

    id: UUID
    at: datetime
    roles: frozenset[str] = frozenset()
    declared: bool = True
    staff: Staff | None = None
    job: str = ""
    session: str = ""
    address: str | None = None
    purposes: Mapping[str, StatedPurpose] = field(default_factory=dict)
    draft: Draft | None = field(default=None, compare=False)

    @property
    def today(self) -> date:
        """The Amsterdam day of `at`."""
        return self.at.astimezone(AMSTERDAM).date()

    @property
    def role(self) -> str:
        """The word for the log: the job, or the appointments."""
        return f"job:{self.job}" if self.job else "+".join(sorted(self.roles))

    @property
    def role_words(self) -> str:
        """The appointments as the reader knows them, for the account menu."""
        return ", ".join(str(Role(role).label) for role in sorted(self.roles))

    def purpose_for(self, scope: str) -> str:
        """The purpose stated for this record or list, when it still holds."""
        stated = self.purposes.get(scope)
        return stated.code if stated and stated.until > self.at else ""

    @classmethod
    def of(
        cls,
        staff: Staff,
        *,
        at: datetime,
        session: str = "",
        address: str | None = None,
        purposes: Mapping[str, StatedPurpose] | None = None,
        draft: Draft | None = None,
    ) -> Actor:
        """Read the appointments of that day; an inactive person has none."""
        on = at.astimezone(AMSTERDAM).date()
        roles: frozenset[str] = frozenset()
        declared = False
        if staff.is_active:
            roles = frozenset(Appointment.objects.open_on(on).filter(staff=staff).values_list("role", flat=True))
            declared = Declaration.objects.filter(
                Q(signed_on__gt=on - DECLARATION_HOLDS), staff=staff, signed_on__lte=on
            ).exists()
        return cls(
            id=staff.pk,
            at=at,
            roles=roles,
            declared=declared,
            staff=staff,
            session=session,
            address=address,
            purposes=purposes or {},
            draft=draft,
        )

    @classmethod
    def system(cls, job: str, *, at: datetime) -> Actor:
        """The named actor of a job, a command or a migration."""
        return cls(id=SYSTEM_ID, at=at, job=job)
