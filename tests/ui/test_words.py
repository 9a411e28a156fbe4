"""Numbers, amounts and days are said in one way on every screen."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.template import TemplateSyntaxError
from hypothesis import given
from hypothesis import strategies as st

from werkcontact.ui import words
from werkcontact.ui.components import State
from werkcontact.ui.dates import PartialDate
from werkcontact.ui.templatetags import ui

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("days", "said"),
    [(-4, "4 dagen te laat"), (-1, "1 dag te laat"), (0, "vandaag"), (1, "morgen"), (6, "nog 6 dagen")],
)
def test_days_left_are_words(days: int, said: str) -> None:
    assert words.days_left(TODAY + timedelta(days=days), TODAY) == said


def test_late_is_red_soon_is_amber_and_the_rest_is_quiet() -> None:
    assert words.due(date(2026, 11, 20), TODAY) == State("late", "clock", "4 dagen te laat")
    assert words.due(TODAY, TODAY) == State("wait", "clock", "vandaag")
    assert words.due(date(2026, 11, 26), TODAY).tone == "wait"
    assert words.due(date(2026, 11, 27), TODAY) == State("", "", "nog 3 dagen")


@pytest.mark.parametrize(
    ("amount", "said"),
    [("12.5", "€ 12,50"), ("1012.505", "€ 1.012,51"), ("0", "€ 0,00"), ("-3.2", "€ -3,20"), ("-0.001", "€ 0,00")],
)
def test_money_has_a_comma_and_whole_cents(amount: str, said: str) -> None:
    assert words.money(Decimal(amount)) == said


@given(st.integers(min_value=0, max_value=10**12))
def test_a_number_keeps_its_digits(value: int) -> None:
    assert int(words.number(value).replace(".", "")) == value


@given(st.from_regex(r"[0-9]{9}", fullmatch=True))
def test_a_masked_bsn_tells_three_digits_only(bsn: str) -> None:
    assert words.mask_bsn(bsn) == f"******{bsn[6:]}"


def test_an_absent_bsn_is_not_drawn() -> None:
    assert words.mask_bsn("") == ""


@pytest.mark.parametrize(
    ("typed", "said"), [("1077ah", "1077 AH"), ("1077 AH", "1077 AH"), ("0077 AH", "0077 AH"), ("B-1000", "B-1000")]
)
def test_postcodes_have_a_space_and_capitals(typed: str, said: str) -> None:
    assert words.postcode(typed) == said


@pytest.mark.parametrize(
    ("size", "said"), [(1, "1 byte"), (512, "512 bytes"), (34_400, "34 kB"), (1_240_000, "1,2 MB")]
)
def test_file_sizes_are_short(size: int, said: str) -> None:
    assert words.file_size(size) == said


def test_age_of_a_partly_known_birth_date_says_what_it_can_be() -> None:
    assert words.age(date(2000, 1, 1), TODAY) == "26 jaar"
    assert words.age(PartialDate(1980, None, None), TODAY) == "45 of 46 jaar"
    assert words.age(PartialDate(None, None, None), TODAY) == ""


def test_a_moment_is_shown_as_it_is_in_amsterdam() -> None:
    late = datetime(2026, 3, 5, 23, 30, tzinfo=UTC)
    assert (ui.nl_date(late), ui.nl_time(late), ui.iso(late)) == ("06-03-2026", "00:30", "2026-03-06")


def test_what_is_absent_is_empty_and_nought_is_a_number() -> None:
    assert (ui.nl_date(None), ui.number(None), ui.money(None), ui.file_size(None), ui.age(None, TODAY)) == ("",) * 5
    assert (ui.number(0), ui.nl_day(None), ui.nl_date_long(None), ui.nl_date_words(None)) == ("0", "", "", "")


def test_an_icon_that_does_not_exist_is_a_mistake() -> None:
    with pytest.raises(TemplateSyntaxError):
        ui.icon("unicorn")
    assert 'aria-hidden="true"' in ui.icon("ok")
