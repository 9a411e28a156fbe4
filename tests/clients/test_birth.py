"""Art. 4: birth dates with unknown parts are kept as given, never filled in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.birth import BirthDate, UnreadableDate


@pytest.mark.parametrize(
    ("text", "year", "month", "day"),
    [
        ("01-12-1985", 1985, 12, 1),
        ("00-00-1980", 1980, None, None),
        ("00-02-1995", 1995, 2, None),
        ("13-00-1966", 1966, None, 13),
        ("00-00-0000", None, None, None),
        ("1-3-1980", 1980, 3, 1),
        ("01031980", 1980, 3, 1),
        (" 1  maart 1980 ", 1980, 3, 1),
        ("1/3/1980", 1980, 3, 1),
        ("1980-03-01", 1980, 3, 1),
        ("31-02-1980", 1980, 2, 31),
    ],
)
def test_dates_are_read_with_their_parts_apart(text: str, year: int | None, month: int | None, day: int | None) -> None:
    assert BirthDate.parse(text) == BirthDate(year, month, day)


@pytest.mark.parametrize("text", ["", "onbekend", "1-3-80", "1-3/1980", "1 march 1980", "1980", "3-1980", "٠١-٠٣-١٩٨٠"])
def test_what_has_no_shape_of_a_date_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableDate):
        BirthDate.parse(text)


@pytest.mark.parametrize(
    ("text", "possible"),
    [
        ("31-02-1980", False),
        ("29-02-1980", True),
        ("29-02-1981", False),
        ("29-02-0000", True),
        ("31-00-1980", True),
        ("32-00-1980", False),
        ("01-13-1980", False),
        ("00-00-0000", True),
    ],
)
def test_a_date_that_no_calendar_has_is_impossible(text: str, possible: bool) -> None:
    assert BirthDate.parse(text).is_possible is possible


@pytest.mark.parametrize(
    ("text", "future"),
    [("25-11-2026", True), ("24-11-2026", False), ("00-11-2026", False), ("00-12-2026", True), ("00-00-2027", True)],
)
def test_a_date_is_future_only_when_all_of_it_is(text: str, future: bool) -> None:
    assert BirthDate.parse(text).is_future(date(2026, 11, 24)) is future


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("24-11-1980", 46),
        ("25-11-1980", 45),
        ("00-11-1980", None),
        ("00-10-1980", 46),
        ("00-00-1980", None),
        ("13-00-1966", None),
        ("00-00-0000", None),
        ("29-02-2000", 26),
        ("01-01-2027", None),
        ("31-02-1980", None),
    ],
)
def test_age_is_said_only_when_it_is_certain(text: str, age: int | None) -> None:
    assert BirthDate.parse(text).age_on(date(2026, 11, 24)) == age


def test_the_age_at_the_end_of_a_year_is_certain_from_the_year_alone() -> None:
    assert BirthDate(1980).age_on(date(2026, 12, 31)) == 46


@given(
    st.one_of(st.none(), st.integers(1, 9999)), st.one_of(st.none(), st.integers(1, 99)), st.integers(1, 99) | st.none()
)
def test_its_text_reads_back_as_the_same(year: int | None, month: int | None, day: int | None) -> None:
    born = BirthDate(year, month, day)
    assert BirthDate.parse(born.text) == born


@given(st.dates(), st.integers(0, 40_000))
def test_a_whole_date_always_has_an_age_afterwards(born: date, days: int) -> None:
    try:
        on = born + timedelta(days=days)
    except OverflowError:
        return
    age = BirthDate(born.year, born.month, born.day).age_on(on)
    assert age is not None
    assert age * 365 <= days


@given(st.text(max_size=20))
def test_no_text_breaks_the_reading(text: str) -> None:
    try:
        born = BirthDate.parse(text)
    except UnreadableDate:
        return
    born.age_on(date(2026, 11, 24))
    born.is_future(date(2026, 11, 24))
