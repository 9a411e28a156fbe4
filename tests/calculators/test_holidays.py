"""Working days: the Atw and Regulation 1182/71, held against the library `holidays` where that is right."""

from __future__ import annotations

from datetime import date, timedelta

import holidays as library
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.calculators.strategies import days
from werkcontact.law.holidays import SEEDED_DECREE_DAYS, SYSTEMS, Calendar, System, public_holidays

CALENDAR = Calendar()


@pytest.mark.parametrize("year", range(2014, 2100))
def test_the_library_knows_the_same_holidays_but_for_liberation_day(year: int) -> None:
    known = set(library.country_holidays("NL", years=year, categories=("public", "optional")))
    liberation = date(year, 5, 5)
    # The library counts the Sundays of Easter and Whitsun, which are free as Sundays.
    assert {day for day in known if day.weekday() != 6} - {liberation} == {
        day for day in public_holidays(year) if day.weekday() != 6
    } - {liberation}
    assert liberation in public_holidays(year)


@pytest.mark.parametrize(
    ("day", "because"),
    [
        (date(2025, 4, 26), "kings_day"),
        (date(2026, 4, 27), "kings_day"),
        (date(2026, 4, 3), "good_friday"),
        (date(2026, 5, 5), "liberation_day"),
        (date(2026, 5, 14), "ascension"),
        (date(2026, 5, 25), "whit_monday"),
        (date(2026, 12, 26), "second_christmas_day"),
        (date(2026, 11, 28), "saturday"),
        (date(2026, 4, 5), "sunday"),
        (date(2028, 5, 1), None),
        (date(2025, 4, 28), None),
    ],
)
def test_a_free_day_says_why(day: date, because: str | None) -> None:
    assert CALENDAR.free_because(day, "eu_1182_71") == because
    assert CALENDAR.free_because(day, "atw") == because


@pytest.mark.parametrize("day", sorted(SEEDED_DECREE_DAYS))
def test_a_decree_day_is_free_under_the_atw_only(day: date) -> None:
    assert CALENDAR.is_workday(day, "eu_1182_71")
    assert CALENDAR.free_because(day, "atw") == "decree_day"
    assert Calendar([]).is_workday(day, "atw")


def test_a_new_decree_day_moves_the_day_to_work_by() -> None:
    extended = Calendar({*SEEDED_DECREE_DAYS, date(2029, 5, 11)})
    assert CALENDAR.last_workday_on_or_before(date(2029, 5, 11)) == date(2029, 5, 11)
    assert extended.last_workday_on_or_before(date(2029, 5, 11)) == date(2029, 5, 9)


def test_calendars_of_the_same_days_are_equal() -> None:
    assert Calendar([date(2026, 1, 2), date(2026, 1, 2)]) == Calendar({date(2026, 1, 2)})
    assert hash(Calendar([])) == hash(Calendar(()))


@given(days, st.sampled_from(SYSTEMS))
def test_rolling_stops_at_the_first_working_day(day: date, system: System) -> None:
    rolled = CALENDAR.first_workday_on_or_after(day, system)
    assert CALENDAR.is_workday(rolled, system)
    between = [day + timedelta(days=n) for n in range((rolled - day).days)]
    assert not any(CALENDAR.is_workday(each, system) for each in between)


@given(days)
def test_working_by_stops_at_the_last_day_that_is_free_in_no_system(day: date) -> None:
    work_by = CALENDAR.last_workday_on_or_before(day)
    assert all(CALENDAR.is_workday(work_by, system) for system in SYSTEMS)
    between = [day - timedelta(days=n) for n in range((day - work_by).days)]
    assert not any(CALENDAR.is_workday(each, "atw") for each in between)


def test_working_days_left_counts_from_tomorrow() -> None:
    assert CALENDAR.workdays_left(date(2026, 11, 24), date(2026, 11, 30)) == 4
    assert CALENDAR.workdays_left(date(2026, 11, 30), date(2026, 11, 30)) == 0
    assert CALENDAR.workdays_left(date(2026, 12, 1), date(2026, 11, 30)) == 0
    assert CALENDAR.workdays_left(date(2026, 5, 13), date(2026, 5, 18)) == 1


def test_an_unknown_system_is_refused() -> None:
    with pytest.raises(ValueError, match="system"):
        CALENDAR.is_workday(date(2026, 1, 1), "none")  # type: ignore[arg-type] # the point of the test
