"""Art. 4: dates as people here type, read and keep them, partial birth dates too. Standard library only.

Dates are calendar days in Europe/Amsterdam; which day is "today" is always told by the caller.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
MONTHS_SHORT = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")

_MONTH_BY_NAME = {
    **{name: number for number, name in enumerate(MONTHS, start=1)},
    **{name: number for number, name in enumerate(MONTHS_SHORT, start=1)},
    "sept": 9,
    "maa": 3,
}
_DAYS_BACK_BY_WORD = {"v": 0, "vandaag": 0, "g": 1, "gisteren": 1}
_NUMBERS = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,4})")
_RUN = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_WORDS = re.compile(r"([0-9]{1,2}) ?([a-z]{3,9})\.? ?([0-9]{1,4})")


class PartialDate(NamedTuple):
    """A date of which parts may be unknown (None), as the BRP keeps them; all three unknown is a date too."""

    year: int | None
    month: int | None
    day: int | None

    @property
    def whole(self) -> date | None:
        """The calendar day, when no part is unknown."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)

    def __str__(self) -> str:
        """dd-mm-jjjj, with zeros for what is unknown: 00-03-1980."""
        return f"{self.day or 0:02d}-{self.month or 0:02d}-{self.year or 0:04d}"


class DateError(ValueError):
    """What was typed is no date. `code`: unreadable, short_year, no_month, no_day, incomplete or needs_today."""

    def __init__(self, code: str, *, day: int = 0, month: int = 0, year: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.day, self.month, self.year = day, month, year

    @property
    def month_word(self) -> str:
        """The month's name, when there is such a month."""
        return MONTHS[self.month - 1] if 1 <= self.month <= 12 else ""


def parse_partial(text: str) -> PartialDate:
    """Read 1-3-1980, 01031980, 1 maart 1980, 1980-03-01 or, with zeros for the unknown, 00-00-1980.

    Raises DateError. The year may be unknown only when all is (00-00-0000).
    """
    day, month, year = _parts(text)
    known = PartialDate(year or None, month or None, day or None)
    if month > 12:
        raise DateError("no_month", day=day, month=month, year=year)
    if year == 0 and (month or day):
        raise DateError("incomplete", day=day, month=month, year=year)
    if day > _longest(year, month):
        raise DateError("no_day", day=day, month=month, year=year)
    return known


def parse_date(text: str, today: date | None = None) -> date:
    """Read a whole date, or vandaag (v) and gisteren (g) when the caller tells which day it is.

    Raises DateError.
    """
    word = " ".join(text.casefold().split())
    if word in _DAYS_BACK_BY_WORD:
        if today is None:
            raise DateError("needs_today")
        return today - timedelta(days=_DAYS_BACK_BY_WORD[word])
    partial = parse_partial(text)
    if partial.whole is None:
        raise DateError("incomplete", day=partial.day or 0, month=partial.month or 0, year=partial.year or 0)
    return partial.whole


def nl_date(day: date) -> str:
    """30-11-2026"""
    return f"{day.day:02d}-{day.month:02d}-{day.year:04d}"


def nl_date_long(day: date) -> str:
    """maandag 30 november 2026"""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def nl_date_words(day: date) -> str:
    """30 november 2026"""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def nl_day(day: date) -> str:
    """vr 20 november"""
    return f"{WEEKDAYS[day.weekday()][:2]} {day.day} {MONTHS[day.month - 1]}"


def nl_day_short(day: date) -> str:
    """20 nov"""
    return f"{day.day} {MONTHS_SHORT[day.month - 1]}"


def ages(birth: PartialDate, today: date) -> tuple[int, int] | None:
    """Lowest and highest age in whole years that somebody born then can have today; None when no year is known.

    They are equal when the date is whole. On 28 February somebody born on the 29th is not yet a year older.
    """
    if birth.year is None:
        return None
    earliest = (birth.month or 1, birth.day or 1)
    latest = (birth.month or 12, birth.day or _longest(birth.year, birth.month or 12))
    now = (today.month, today.day)
    oldest = today.year - birth.year - (now < earliest)
    youngest = today.year - birth.year - (now < latest)
    return max(youngest, 0), max(oldest, 0)


def _parts(text: str) -> tuple[int, int, int]:
    """Day, month and year as typed, unchecked but for the length of the year."""
    plain = " ".join(text.casefold().split())
    plain = re.sub(r"(?<=[-/.]) | (?=[-/.])", "", plain)
    if match := _ISO.fullmatch(plain):
        return int(match[3]), int(match[2]), int(match[1])
    if match := _NUMBERS.fullmatch(plain) or _RUN.fullmatch(plain):
        day, month, year = int(match[1]), int(match[2]), match[3]
    elif (match := _WORDS.fullmatch(plain)) and match[2] in _MONTH_BY_NAME:
        day, month, year = int(match[1]), _MONTH_BY_NAME[match[2]], match[3]
    else:
        raise DateError("unreadable")
    if len(year) != 4 or 0 < int(year) < 1000:
        raise DateError("short_year", day=day, month=month)
    return day, month, int(year)


def _longest(year: int, month: int) -> int:
    """The highest day number that the month can have; unknown parts (0) leave it open."""
    if month == 2:
        leap = year == 0 or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
        return 29 if leap else 28
    return 30 if month in (4, 6, 9, 11) else 31
