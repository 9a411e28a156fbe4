"""Art. 4: dates are read as people type them, and partial ones keep their parts apart."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from werkcontact.ui.dates import (
    MONTHS,
    DateError,
    PartialDate,
    ages,
    nl_date,
    nl_date_long,
    nl_date_words,
    nl_day,
    nl_day_short,
    parse_date,
    parse_partial,
)

TODAY = date(2026, 11, 24)
DAYS = st.dates(min_value=date(1000, 1, 1))


@pytest.mark.parametrize(
    "typed",
    [
        "1-3-1980",
        "01-03-1980",
        "01031980",
        "1 maart 1980",
        "1 mrt 1980",
        "1 mrt. 1980",
        "1 MAART 1980",
        "1/3/1980",
        "1.3.1980",
        " 1 - 3 - 1980 ",
        "1980-03-01",
        "1maart 1980",
    ],
)
def test_every_usual_way_of_writing_a_day_is_read(typed: str) -> None:
    assert parse_date(typed) == date(1980, 3, 1)


@given(DAYS)
def test_what_we_show_can_be_typed_back(day: date) -> None:
    for shown in (nl_date(day), nl_date_words(day), nl_date(day).replace("-", ""), day.isoformat()):
        assert parse_date(shown) == day


@given(st.text(max_size=40) | st.from_regex(r"[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ][0-9]{1,4}", fullmatch=True))
def test_whatever_is_typed_is_a_date_or_a_date_error(text: str) -> None:
    with contextlib.suppress(DateError):
        partial = parse_partial(text)
        assert partial.whole is None or nl_date(partial.whole) == str(partial)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("31-02-1967", "no_day"),
        ("29-02-2023", "no_day"),
        ("31-04-2026", "no_day"),
        ("32-00-1980", "no_day"),
        ("1-13-1980", "no_month"),
        ("1-3-80", "short_year"),
        ("01-03-0080", "short_year"),
        ("gisteren", "unreadable"),
        ("1 blauw 1980", "unreadable"),
        ("", "unreadable"),
        ("٠١-٠٣-١٩٨٠", "unreadable"),
        ("01-03-0000", "incomplete"),
    ],
)
def test_what_does_not_exist_is_refused_with_its_reason(typed: str, code: str) -> None:
    with pytest.raises(DateError) as error:
        parse_partial(typed)
    assert error.value.code == code


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("00-00-1980", (1980, None, None)),
        ("00-03-1980", (1980, 3, None)),
        ("13-00-1966", (1966, None, 13)),
        ("00000000", (None, None, None)),
        ("00-00-0000", (None, None, None)),
        ("29-02-2000", (2000, 2, 29)),
    ],
)
def test_unknown_parts_stay_unknown(typed: str, parts: tuple[int | None, int | None, int | None]) -> None:
    assert parse_partial(typed) == parts


@given(DAYS, st.booleans(), st.booleans())
def test_a_partial_date_is_shown_with_zeros_and_read_back(day: date, month_known: bool, day_known: bool) -> None:
    partial = PartialDate(day.year, day.month if month_known else None, day.day if day_known else None)
    assert parse_partial(str(partial)) == partial
    assert partial.whole == (day if month_known and day_known else None)


def test_an_incomplete_date_is_no_day() -> None:
    with pytest.raises(DateError, match="incomplete"):
        parse_date("00-03-1980")


@pytest.mark.parametrize(("typed", "day"), [("vandaag", 24), ("V", 24), ("gisteren", 23), ("g", 23)])
def test_today_and_yesterday_are_one_key_away(typed: str, day: int) -> None:
    assert parse_date(typed, TODAY) == date(2026, 11, day)
    with pytest.raises(DateError, match="needs_today"):
        parse_date(typed)


def test_days_are_said_in_dutch() -> None:
    assert nl_date(date(2026, 3, 1)) == "01-03-2026"
    assert nl_date_long(date(2026, 11, 30)) == "maandag 30 november 2026"
    assert nl_day(date(2026, 11, 20)) == "vr 20 november"
    assert nl_day_short(date(2026, 3, 2)) == "2 mrt"
    assert len(MONTHS) == 12


@pytest.mark.parametrize(
    ("birth", "today", "span"),
    [
        (PartialDate(1990, 11, 24), TODAY, (36, 36)),
        (PartialDate(1990, 11, 25), TODAY, (35, 35)),
        (PartialDate(1980, None, None), TODAY, (45, 46)),
        (PartialDate(1980, 3, None), TODAY, (46, 46)),
        (PartialDate(1980, 11, None), TODAY, (45, 46)),
        (PartialDate(2004, 2, 29), date(2026, 2, 28), (21, 21)),
        (PartialDate(2004, 2, 29), date(2026, 3, 1), (22, 22)),
        (PartialDate(None, None, None), TODAY, None),
    ],
)
def test_age_is_as_sure_as_the_birth_date(birth: PartialDate, today: date, span: tuple[int, int] | None) -> None:
    assert ages(birth, today) == span
