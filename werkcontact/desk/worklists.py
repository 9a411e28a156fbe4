"""Art. 2, 11, 13: what each app's worklist gives, merged: nobody looks in four places for what must be done today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import ModuleType
from typing import Literal

from clients import worklist as clients
from clients import worklist_deliveries as deliveries
from clients import worklist_notices as notices
from dossiers import worklist as dossiers
from requests_app import worklist as requests_app
from werkcontact.access import Actor
from werkcontact.ui.work import Due, Waiting, Work

When = Literal["late", "today", "week", "later"]
WHENS: tuple[When, ...] = ("late", "today", "week", "later")

# Each gives what applies to it: mine(actor, today), due(today), waiting(actor, today).
MODULES: tuple[ModuleType, ...] = (notices, deliveries, requests_app, dossiers, clients)


@dataclass(frozen=True)
class Tally:
    """How much work there is: by kind, and how much of it is late."""

    kinds: Counter[str]
    late: int

    @property
    def total(self) -> int:
        return self.kinds.total()


def mine(actor: Actor, today: date) -> list[Work]:
    """Return all that this person must do, nearest work-by date first, then what has none."""
    found = [work for module in MODULES if hasattr(module, "mine") for work in module.mine(actor, today)]
    return sorted(found, key=lambda work: work.work_by_on or date.max)


def due(today: date) -> list[Due]:
    """Return every deadline of the house that is open, whoever has it."""
    return [each for module in MODULES if hasattr(module, "due") for each in module.due(today)]


def waiting(actor: Actor, today: date) -> list[Waiting]:
    """Return what waits for this person's decision, nearest date first."""
    found = [each for module in MODULES if hasattr(module, "waiting") for each in module.waiting(actor, today)]
    return sorted(found, key=lambda each: (each.work_by_on or date.max, each.since))


def tally(works: Sequence[Work], today: date) -> Tally:
    """Count work by kind."""
    return Tally(Counter(work.kind for work in works), sum(when(work, today) == "late" for work in works))


def last_day(work: Work) -> date | None:
    """Return the day after which it is late."""
    return work.binding_on or work.work_by_on


def when(work: Work, today: date) -> When:
    """Say in which part of the list work stands: late, today, this week (to Sunday) or later.

    Work whose work-by date has passed, but not its last day (a weekend in between), must be done today.
    """
    end = last_day(work)
    if end is not None and end < today:
        return "late"
    if work.work_by_on is None:
        return "later"
    if work.work_by_on <= today:
        return "today"
    sunday = today + timedelta(days=6 - today.weekday())
    return "week" if work.work_by_on <= sunday else "later"
