"""Art. 11-15: which days are working days: the Algemene termijnenwet (Atw), art. 3, and Regulation 1182/71, art. 3.4.

Both systems know the weekend and the Dutch public holidays, Good Friday among them. Only the Atw also knows the days
that a royal decree equates with them; these are data, kept by the directie and handed over as a `Calendar`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from dateutil.easter import easter

System = Literal["eu_1182_71", "atw"]
SYSTEMS: tuple[System, ...] = ("eu_1182_71", "atw")

# Equated by royal decree for the years that are known; the table in the database starts with these.
SEEDED_DECREE_DAYS = frozenset(
    {
        date(2024, 12, 27),
        date(2025, 5, 30),
        date(2026, 1, 2),
        date(2026, 5, 15),
        date(2027, 5, 7),
        date(2028, 4, 28),
        date(2028, 5, 26),
    }
)

_DAY = timedelta(days=1)
_WEEKEND = {5: "saturday", 6: "sunday"}


@lru_cache(maxsize=256)
def public_holidays(year: int) -> Mapping[date, str]:
    """Return the public holidays of a year (Atw art. 3.1 and 3.2), each with its code.

    5 May counts in every year. King's Day is told as it is since 2014. ValueError for a year without a Gregorian
    Easter (before 1583, after 4099).
    """
    sunday = easter(year)
    kings_day = date(year, 4, 27)
    if kings_day.weekday() == 6:
        kings_day -= _DAY
    return MappingProxyType(
        {
            date(year, 1, 1): "new_year",
            sunday - 2 * _DAY: "good_friday",
            sunday + _DAY: "easter_monday",
            kings_day: "kings_day",
            date(year, 5, 5): "liberation_day",
            sunday + 39 * _DAY: "ascension",
            sunday + 50 * _DAY: "whit_monday",
            date(year, 12, 25): "christmas_day",
            date(year, 12, 26): "second_christmas_day",
        }
    )


@dataclass(frozen=True)
class Calendar:
    """The working days, given the days equated by royal decree."""

    decree_days: frozenset[date] = SEEDED_DECREE_DAYS

    def __init__(self, decree_days: Iterable[date] = SEEDED_DECREE_DAYS) -> None:
        object.__setattr__(self, "decree_days", frozenset(decree_days))

    def free_because(self, day: date, system: System) -> str | None:
        """Return why no term ends on this day ("good_friday", "decree_day", "sunday"), None for a working day."""
        if system not in SYSTEMS:
            raise ValueError(f"unknown system of working days: {system!r}")
        if holiday := public_holidays(day.year).get(day):
            return holiday
        if system == "atw" and day in self.decree_days:
            return "decree_day"
        return _WEEKEND.get(day.weekday())

    def is_workday(self, day: date, system: System) -> bool:
        """Say whether a term may end on this day."""
        return self.free_because(day, system) is None

    def first_workday_on_or_after(self, day: date, system: System) -> date:
        """Return the day to which an end on this day rolls."""
        while not self.is_workday(day, system):
            day += _DAY
        return day

    def last_workday_on_or_before(self, day: date) -> date:
        """Return the day to work by: no weekend, no public holiday and no decree day, whatever the term's system."""
        while not self.is_workday(day, "atw"):
            day -= _DAY
        return day

    def workdays_left(self, today: date, until: date) -> int:
        """Count the working days after today, up to and including `until`; 0 when it has passed."""
        days = range(1, (until - today).days + 1)
        return sum(self.is_workday(today + n * _DAY, "atw") for n in days)


SEEDED_CALENDAR = Calendar()
