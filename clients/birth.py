"""Art. 4: a birth date of which parts may be unknown, as the BRP keeps it ("00-02-1995", "13-00-1966", "00-00-0000").

Parts are kept apart and exactly as they were given: nothing is filled in. Standard library only.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

LEAP_YEAR = 2000  # stands in for an unknown year: 29 February may then exist
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
_SHAPES = (
    re.compile(r"(?P<day>[0-9]{1,2})(?P<sep>[-/. ])(?P<month>[0-9]{1,2})(?P=sep)(?P<year>[0-9]{4})"),
    re.compile(r"(?P<day>[0-9]{2})(?P<month>[0-9]{2})(?P<year>[0-9]{4})"),
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"),
    re.compile(r"(?P<day>[0-9]{1,2}) (?P<name>[a-z]+) (?P<year>[0-9]{4})"),
)


class UnreadableDate(ValueError):  # noqa: N818 - what it is, not that it is an error
    """The text has no shape of a date at all. It carries no text: what was typed may be anything."""


@dataclass(frozen=True)
class BirthDate:
    """Year, month and day; None is unknown. It may be impossible (31 February): ask `is_possible` before keeping it."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> BirthDate:
        """Read dd-mm-jjjj (0 = unknown), d-m-jjjj, ddmmjjjj, jjjj-mm-dd or "1 maart 1980".

        Raises UnreadableDate for any other shape; 31-02-1980 is read, since its shape is right.
        """
        parts = read_parts(text)
        if parts is None:
            raise UnreadableDate
        year, month, day = parts
        return cls(year or None, month or None, day or None)

    @property
    def text(self) -> str:
        """dd-mm-jjjj, with zeros for what is unknown."""
        return f"{self.day or 0:02}-{self.month or 0:02}-{self.year or 0:04}"

    @property
    def is_unknown(self) -> bool:
        return self.year is None and self.month is None and self.day is None

    @property
    def is_possible(self) -> bool:
        """Whether some day exists that has these parts."""
        if self.month is not None and not 1 <= self.month <= 12:
            return False
        if self.year is not None and not 1 <= self.year <= 9999:
            return False
        # An unknown month has at most 31 days, as January.
        return self.day is None or 1 <= self.day <= monthrange(self.year or LEAP_YEAR, self.month or 1)[1]

    def is_future(self, today: date) -> bool:
        """Whether every day with these parts lies after today (a date in Europe/Amsterdam)."""
        span = self._span()
        return span is not None and span[0] > today

    def age_on(self, on: date) -> int | None:
        """Completed years on that day; None when the known parts leave two answers, or lie after it."""
        span = self._span()
        if span is None or span[1] > on:
            return None
        oldest, youngest = _years(span[0], on), _years(span[1], on)
        return oldest if oldest == youngest else None

    def _span(self) -> tuple[date, date] | None:
        """The first and the last day that it can be; None when the year is unknown or no such day exists."""
        if self.year is None or not self.is_possible:
            return None
        if self.month is None:
            # Day 31 exists in January and December, so the ends hold for every day.
            return date(self.year, 1, self.day or 1), date(self.year, 12, self.day or 31)
        last = self.day or monthrange(self.year, self.month)[1]
        return date(self.year, self.month, self.day or 1), date(self.year, self.month, last)


def read_parts(text: str) -> tuple[int, int, int] | None:
    """(year, month, day) of a written date, zeros kept and nothing judged; None when it has no shape of a date."""
    plain = " ".join(text.split()).lower()
    for shape in _SHAPES:
        if found := shape.fullmatch(plain):
            parts = found.groupdict()
            if "name" in parts:
                if parts["name"] not in MONTHS:
                    return None
                return int(parts["year"]), MONTHS.index(parts["name"]) + 1, int(parts["day"])
            return int(parts["year"]), int(parts["month"]), int(parts["day"])
    return None


def _years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
