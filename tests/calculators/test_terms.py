"""The calculator of terms: the vectors worked out by hand, and models that count day by day."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.calculators.strategies import days, terms
from werkcontact.law.holidays import SEEDED_CALENDAR, Calendar
from werkcontact.law.rules import DECEMBER_2017, Rules
from werkcontact.law.terms import ROLL_SOURCES, Roll, add_term, deadline, notice_due, retention, year_before

DATA = Path(__file__).parents[1] / "data"
ROLLS: tuple[Roll, ...] = ("none", "eu_1182_71", "atw")


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("roll", ROLLS)
@pytest.mark.parametrize("row", rows("terms.csv"), ids=lambda row: f"{row['received']}+{row['term']}")
def test_every_term_worked_out_by_hand(row: dict[str, str], roll: Roll) -> None:
    found = deadline(date.fromisoformat(row["received"]), row["term"], roll)
    assert found.unrolled.isoformat() == row["nominal"]
    assert found.rolled.isoformat() == row["nominal" if roll == "none" else roll]
    assert found.steps[-1].on == found.rolled


@pytest.mark.parametrize("row", rows("retention.csv"), ids=lambda row: row["involvement_ended"])
def test_every_retention_worked_out_by_hand(row: dict[str, str]) -> None:
    found = retention(date.fromisoformat(row["involvement_ended"]))
    assert found.retained_through.isoformat() == row["retained_through"]
    assert found.destroy_from.isoformat() == row["destroy_from"]
    assert [step.code for step in found.steps] == ["involvement_ended", "retained_through", "destroy_from"]


def test_a_shorter_retention_of_the_rulebook() -> None:
    assert retention(date(2024, 2, 29), period="2 years").retained_through == date(2026, 2, 28)
    assert retention(date(2024, 8, 31), period="18 months").destroy_from == date(2026, 3, 1)


@given(days, st.integers(1, 60))
def test_weeks_end_on_the_same_weekday(received: date, weeks: int) -> None:
    day = received
    for _ in range(weeks * 7):
        day += timedelta(days=1)
    assert deadline(received, f"{weeks} weeks", "none").unrolled == day
    assert day.weekday() == received.weekday()


@given(days, st.integers(1, 60))
def test_months_end_on_the_same_day_number_or_the_months_last(received: date, months: int) -> None:
    year, month = received.year, received.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    end = deadline(received, f"{months} months", "none").unrolled
    assert (end.year, end.month) == (year, month)
    if end.day != received.day:
        assert end.day < received.day
        assert (end + timedelta(days=1)).day == 1


@given(days, st.integers(1, 9))
def test_a_year_is_twelve_months(received: date, years: int) -> None:
    assert add_term(received, f"{years} years") == add_term(received, f"{years * 12} months")


@given(days, terms, st.sampled_from(ROLLS))
def test_an_end_rolls_forward_only_and_onto_a_working_day(received: date, term: str, roll: Roll) -> None:
    found = deadline(received, term, roll)
    assert found.work_by <= found.unrolled <= found.rolled
    assert SEEDED_CALENDAR.is_workday(found.work_by, "atw")
    if roll == "none":
        assert found.rolled == found.unrolled
    else:
        assert SEEDED_CALENDAR.is_workday(found.rolled, roll)


@given(days, terms)
def test_what_the_atw_forgives_is_never_less(received: date, term: str) -> None:
    assert deadline(received, term, "atw").rolled >= deadline(received, term, "eu_1182_71").rolled


@given(days, terms, st.sampled_from(ROLLS))
def test_the_steps_lead_from_receipt_to_the_end(received: date, term: str, roll: Roll) -> None:
    found = deadline(received, term, roll, source="AVG art. 12.3")
    first, added, *rolled = found.steps
    assert (first.code, first.on, first.source) == ("received", received, "1182/71 art. 3.1")
    assert (added.on, added.source) == (found.unrolled, "AVG art. 12.3")
    assert [(step.code, step.on, step.params["from"]) for step in rolled] == (
        [("rolled", found.rolled, found.unrolled)] if found.rolled != found.unrolled else []
    )


def test_the_steps_say_why() -> None:
    end = deadline(date(2027, 1, 31), "1 month", "eu_1182_71").steps
    assert [step.code for step in end] == ["received", "term_added_month_end", "rolled"]
    assert end[1].params == {"count": 1, "unit": "months"}
    assert end[2].params == {"from": date(2027, 2, 28), "because": "sunday"}
    assert end[2].source == ROLL_SOURCES["eu_1182_71"]
    assert deadline(date(2026, 4, 17), "4 weeks", "atw").steps[-1].params["because"] == "decree_day"


def test_a_calendar_given_decides() -> None:
    without = Calendar([])
    assert deadline(date(2026, 4, 17), "4 weeks", "atw", calendar=without).rolled == date(2026, 5, 15)
    assert deadline(date(2026, 4, 17), "4 weeks", "none", calendar=without).work_by == date(2026, 5, 15)


@pytest.mark.parametrize(
    "term", ["", "4", "weeks", "0 weeks", "-1 weeks", "4 days", "4  weeks", "1.5 months", "٤ weeks"]
)
def test_what_is_no_term_is_refused(term: str) -> None:
    with pytest.raises(ValueError, match="not a term"):
        deadline(date(2026, 1, 1), term, "none")


def test_a_moment_is_no_day() -> None:
    moment = datetime(2026, 3, 5, 23, 30, tzinfo=UTC)
    for count in (lambda: deadline(moment, "1 month", "none"), lambda: retention(moment), lambda: year_before(moment)):
        with pytest.raises(ValueError, match="moment"):
            count()


def test_an_unknown_way_of_rolling_is_refused() -> None:
    with pytest.raises(ValueError, match="rolling"):
        deadline(date(2026, 1, 1), "1 month", "gregorian")  # type: ignore[arg-type] # the point of the test


@pytest.mark.parametrize("term", ["9999 weeks", "9999 months", "9999 years"])
def test_an_end_after_the_last_day_there_is_is_refused(term: str) -> None:
    with pytest.raises(ValueError, match=r"last day of the calendar|year"):
        deadline(date(9990, 1, 1), term, "none")


@pytest.mark.parametrize(
    ("received", "since"),
    [
        (date(2026, 3, 5), date(2025, 3, 5)),
        (date(2028, 2, 29), date(2027, 2, 28)),
        (date(2029, 2, 28), date(2028, 2, 28)),
    ],
)
def test_the_year_before_a_request(received: date, since: date) -> None:
    assert year_before(received) == since


def test_a_notice_is_due_four_weeks_after_registration() -> None:
    found = notice_due(date(2026, 4, 17), DECEMBER_2017, SEEDED_CALENDAR)
    assert (found.unrolled, found.rolled, found.work_by) == (date(2026, 5, 15), date(2026, 5, 15), date(2026, 5, 13))
    assert found.steps[-1].source == "reglement art. 11.1"


def test_a_notice_rolls_only_if_the_rulebook_says_so() -> None:
    rolling = Rules(reglement_roll="atw")
    assert notice_due(date(2026, 4, 17), rolling, SEEDED_CALENDAR).rolled == date(2026, 5, 18)


def test_a_rulebook_cannot_give_a_notice_more_than_the_month_of_the_law() -> None:
    found = notice_due(date(2026, 11, 23), Rules(notice_weeks=6), SEEDED_CALENDAR)
    assert found.unrolled == date(2026, 12, 23)
    assert found.steps[-1].source == "AVG art. 14.3.a"
