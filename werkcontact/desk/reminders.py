"""Art. 11.1, 13, 14.3, 15.1: the deadlines of the house are watched: whoever must act is told 14, 7, 2 and 0 days
before the work-by date, and the directie what is overdue.

It asks which threshold has been passed and was not told for that date, so that days on which it did not run are caught
up: the nearest threshold is told, those before it are not told any more, and nothing is told twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from werkcontact.access import Actor, act
from werkcontact.desk import worklists
from werkcontact.jobs.checkpoints import checkpoint
from werkcontact.law.clocks import reminder
from werkcontact.mail import digests
from werkcontact.mail.digests import OVERDUE, Telling
from werkcontact.rulebook.current import rules_on
from werkcontact.staff.models import Appointment, Role
from werkcontact.ui.work import Due

# Who is told of what nobody has: those appointed to take it up.
TAKERS: Mapping[str, frozenset[str]] = {
    "intake": frozenset({Role.INTAKE.value}),
    "directie": frozenset({Role.REQUESTS.value, Role.DIRECTIE.value}),
}


@dataclass(frozen=True)
class People:
    """Who works here today (active, with an appointment), by appointment."""

    by_role: Mapping[str, frozenset[UUID]] = field(default_factory=dict)

    @property
    def all(self) -> frozenset[UUID]:
        return frozenset().union(*self.by_role.values())

    @property
    def directie(self) -> frozenset[UUID]:
        return self.by_role.get(Role.DIRECTIE.value, frozenset())

    def of(self, due: Due) -> frozenset[UUID]:
        """Who has this deadline; those who may take it up when nobody here has it; else the directie."""
        takers = frozenset().union(*(self.by_role.get(role, frozenset()) for role in TAKERS[due.role]))
        return (self.all & frozenset(due.staff)) or takers or self.directie


def remind(actor: Actor, today: date) -> Mapping[str, int]:
    """Tell everybody what came near or went past, one digest a person; the daily job. Today is an Amsterdam day."""
    dues = worklists.due(today)
    asked = plan(dues, people_on(today), today, rules_on(today).reminder_days)
    before = digests.told({telling.subject for telling in asked})
    tellings = [telling for telling in asked if telling not in before]
    checkpoint("deadlines.asked")
    counts = {"looked": len(dues), "told": 0, "digests": 0}
    if tellings:
        with act(actor, "deadline.remind", kind="send") as deed:
            deed.saw({telling.subject for telling in tellings})
            counts |= digests.write(actor=actor, tellings=tellings, today=today)
    return counts


def plan(dues: Iterable[Due], people: People, today: date, thresholds: Sequence[int]) -> list[Telling]:
    """Return what each person should have been told by today, of each deadline the nearest threshold alone."""
    nearest: dict[tuple[Due, UUID], int] = {}
    for due in dues:
        threshold = reminder(due.work_by_on, today, thresholds)
        if threshold is not None:
            nearest |= dict.fromkeys(((due, staff) for staff in people.of(due)), threshold)
        if due.binding_on < today:
            nearest |= dict.fromkeys(((due, staff) for staff in people.directie), OVERDUE)
    return [
        Telling(due.kind, due.subject, staff, due.work_by_on, threshold) for (due, staff), threshold in nearest.items()
    ]


def people_on(today: date) -> People:
    """Return who has which appointment on this day."""
    rows = Appointment.objects.open_on(today).filter(staff__is_active=True).values_list("role", "staff_id")
    return People(_grouped(rows))


def _grouped(rows: Iterable[tuple[str, UUID]]) -> dict[str, frozenset[UUID]]:
    found: dict[str, Collection[UUID]] = {}
    for role, staff in rows:
        found[role] = {*found.get(role, ()), staff}
    return {role: frozenset(staff) for role, staff in found.items()}
