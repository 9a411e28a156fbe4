"""Art. 6.1, 11, 13-15: THE calculator of terms: from a day and a term to the day on which it ends.

Counting is that of Regulation 1182/71: the first day does not count (art. 3.1), n weeks end on the same weekday,
n months on the same day number or the month's last day, in one step from the start (art. 3.2). Dates are days in
Europe/Amsterdam; a moment (datetime) is refused, since which day it is has then not been decided.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal, get_args

from werkcontact.law.holidays import SEEDED_CALENDAR, Calendar

if TYPE_CHECKING:
    from werkcontact.law.rules import Rules

Roll = Literal["none", "eu_1182_71", "atw"]
Unit = Literal["weeks", "months", "years"]

ROLL_SOURCES: Mapping[str, str] = {"eu_1182_71": "1182/71 art. 3.4", "atw": "Atw art. 1"}

_TERM = re.compile(r"([1-9][0-9]{0,3}) (week|month|year)s?")


@dataclass(frozen=True)
class Step:
    """One step of a calculation: what happened (code), the day it led to, and the rule it rests on."""

    code: str
    on: date
    source: str
    params: Mapping[str, str | int | date] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Deadline:
    """The end of a term, as counted and as rolled, and the working day to steer on."""

    unrolled: date
    rolled: date
    work_by: date
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Retention:
    """Until when a dossier is kept, and from which day it must be destroyed."""

    retained_through: date
    destroy_from: date
    steps: tuple[Step, ...]


def parse_term(term: str) -> tuple[int, Unit]:
    """Read "4 weeks", "1 month", "5 years"; ValueError for anything else."""
    found = _TERM.fullmatch(term)
    if found is None:
        raise ValueError(f"not a term: {term!r}")
    units: Mapping[str, Unit] = {"week": "weeks", "month": "months", "year": "years"}
    return int(found[1]), units[found[2]]


def plain_day(day: date) -> date:
    """Return the day; ValueError for a moment (datetime is a subclass of date)."""
    if isinstance(day, datetime):
        raise ValueError("a day is needed, not a moment: decide in Europe/Amsterdam which day it is")
    return day


def add_term(start: date, term: str) -> date:
    """Return the day on which a term from `start` ends, never rolled (1182/71 art. 3.1, 3.2)."""
    count, unit = parse_term(term)
    if unit == "weeks":
        try:
            return start + timedelta(weeks=count)
        except OverflowError as error:
            raise ValueError("the term ends after the last day of the calendar") from error
    months = start.year * 12 + start.month - 1 + count * (12 if unit == "years" else 1)
    year, month = months // 12, months % 12 + 1
    # ValueError by itself for a year after 9999
    first = date(year, month, 1)
    return first.replace(day=min(start.day, monthrange(year, month)[1]))


def term_steps(start: date, term: str, source: str) -> tuple[Step, ...]:
    """Return the steps of `add_term`; the second leads to its day, and says when the month had no such day."""
    count, unit = parse_term(term)
    end = add_term(start, term)
    cut = unit != "weeks" and end.day != start.day
    return (
        Step("received", start, "1182/71 art. 3.1"),
        Step("term_added_month_end" if cut else "term_added", end, source, {"count": count, "unit": unit}),
    )


def roll_steps(end: date, roll: Roll, calendar: Calendar) -> tuple[Step, ...]:
    """Return the step that rolls an end to the next working day; empty when it stays where it is."""
    if roll not in get_args(Roll):
        raise ValueError(f"unknown way of rolling: {roll!r}")
    if roll == "none":
        return ()
    because = calendar.free_because(end, roll)
    if because is None:
        return ()
    rolled = calendar.first_workday_on_or_after(end, roll)
    return (Step("rolled", rolled, ROLL_SOURCES[roll], {"from": end, "because": because}),)


def deadline(
    received: date, term: str, roll: Roll, *, calendar: Calendar = SEEDED_CALENDAR, source: str = "1182/71 art. 3.2"
) -> Deadline:
    """Return the end of a term ("4 weeks", "1 month") from the day of receipt, which does not count.

    `source` is the rule that sets the term, for the steps. ValueError: an unknown term or way of rolling, a moment
    instead of a day, an end after the last day of the calendar.
    """
    steps = term_steps(plain_day(received), term, source)
    unrolled = steps[-1].on
    steps += roll_steps(unrolled, roll, calendar)
    return Deadline(unrolled, steps[-1].on, calendar.last_workday_on_or_before(unrolled), steps)


def retention(ended: date, *, period: str = "5 years") -> Retention:
    """Art. 6.1: return until when a dossier is kept after involvement ended. That day does not count; never rolled."""
    through = add_term(plain_day(ended), period)
    destroy_from = through + timedelta(days=1)
    count, unit = parse_term(period)
    return Retention(
        through,
        destroy_from,
        (
            Step("involvement_ended", ended, "reglement art. 6.1"),
            Step("retained_through", through, "reglement art. 6.1", {"count": count, "unit": unit}),
            Step("destroy_from", destroy_from, "reglement art. 6.1"),
        ),
    )


def year_before(received: date) -> date:
    """Art. 14.2, 15.1: return the first day of "the year before the request": 29 February becomes 28. Never rolled."""
    day = plain_day(received)
    earlier = date(day.year - 1, day.month, 1)
    return earlier.replace(day=min(day.day, monthrange(earlier.year, earlier.month)[1]))


def notice_due(first_registered: date, rules: Rules, calendar: Calendar) -> Deadline:
    """Art. 11: return by when the client must have been told of the registration.

    Rolled only if the rulebook says so. Should a version give more time than the month of AVG 14.3.a, the month is
    the end: the house cannot promise more than the law leaves it.
    """
    weeks = f"{rules.notice_weeks} weeks"
    house = deadline(first_registered, weeks, rules.reglement_roll, calendar=calendar, source="reglement art. 11.1")
    law = deadline(first_registered, f"{rules.avg_months} months", "none", calendar=calendar, source="AVG art. 14.3.a")
    return law if law.unrolled < house.unrolled else house
