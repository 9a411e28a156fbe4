"""Art. 19: the rules and the calendar that bind today, for the acts to pass on to the calculators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from werkcontact.law.clocks import Rules
from werkcontact.law.holidays import Calendar
from werkcontact.rulebook.models import DecreeDay, Rulebook


@dataclass(frozen=True)
class Purpose:
    """Art. 3: something the registration may be used for."""

    code: str
    title: str
    article: str


def rulebook_on(on: date) -> Rulebook:
    """Return the version in force on this day."""
    return Rulebook.objects.in_force(on)


def rules_on(on: date) -> Rules:
    """Return the terms of the version in force on this day."""
    return Rules.from_data(rulebook_on(on).rules)


def calendar() -> Calendar:
    """Return the public holidays with the decree days that the directie has entered."""
    return Calendar(frozenset(DecreeDay.objects.filter(withdrawn=False).values_list("on", flat=True)))


def purposes_on(on: date) -> list[Purpose]:
    """Return the purposes (art. 3) of the version in force on this day."""
    return [Purpose(**entry) for entry in rulebook_on(on).purposes]
