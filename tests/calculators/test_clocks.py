"""The clocks of a request: every vector, what cannot have happened, the steps, and reminders."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.calculators.strategies import days
from werkcontact.law.clocks import Standing, reminder, replay
from werkcontact.law.holidays import Calendar
from werkcontact.law.rules import Rules

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "clocks.json").read_text(encoding="utf-8"))


def d(text: str) -> date:
    return date.fromisoformat(text)


def standing(kind: str, as_of: str, *events: tuple[str, str], **given: Any) -> Standing:
    return replay(kind, [(event, d(on)) for event, on in events], d(as_of), **given)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["why"])
def test_every_course_worked_out_by_hand(vector: dict[str, Any]) -> None:
    found: dict[str, Any] | str
    events = [(event, d(on)) for event, on in vector["events"]]
    try:
        found = replay(vector["kind"], events, d(vector["as_of"])).to_dict()
    except ValueError:
        found = "ValueError"
    assert found == vector["expected"]


@pytest.mark.parametrize(
    ("kind", "as_of", "events", "why"),
    [
        ("insight", "2026-03-20", [("received", "2026-03-05")], "kind"),
        ("inspection", "2026-03-20", [("received", "2026-03-05"), ("lost", "2026-03-06")], "unknown event"),
        ("inspection", "2026-03-20", [], "first event"),
        ("inspection", "2026-03-20", [("received", "2026-03-05"), ("received", "2026-03-06")], "twice"),
        ("inspection", "2026-03-20", [("received", "2026-03-05"), ("identity_asked", "2026-03-04")], "first event"),
        ("inspection", "2026-03-20", [("identity_asked", "2026-03-05"), ("received", "2026-03-05")], "first event"),
        ("inspection", "2026-03-04", [("received", "2026-03-05")], "first event"),
        ("copy", "2026-03-20", [("received", "2026-03-05"), ("specification_given", "2026-03-06")], "without its"),
        ("copy", "2026-05-20", [("received", "2026-03-05"), ("specification_asked", "2026-04-08")], "after the end"),
        ("copy", "2026-03-20", [("received", "2026-03-05"), ("refused_identity", "2026-03-09")], "not asked"),
        (
            "copy",
            "2026-03-20",
            [("received", "2026-03-05"), ("withdrawn", "2026-03-09"), ("decision_sent", "2026-03-09")],
            "after the end",
        ),
        (
            "copy",
            "2026-03-20",
            [
                ("received", "2026-03-05"),
                ("identity_asked", "2026-03-06"),
                ("identity_shown", "2026-03-07"),
                ("refused_identity", "2026-03-09"),
            ],
            "not asked",
        ),
    ],
)
def test_what_cannot_have_happened_is_refused(kind: str, as_of: str, events: list[tuple[str, str]], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        standing(kind, as_of, *events)


def test_a_question_may_be_asked_on_the_rolled_end() -> None:
    found = standing("inspection", "2026-04-08", ("received", "2026-03-05"), ("identity_asked", "2026-04-07"))
    assert found.avg.state == "paused"
    assert found.avg.paused_days == 1


@pytest.mark.parametrize("second", ["specification_asked", "identity_asked"])
def test_while_the_clock_stands_still_there_is_no_end_that_a_question_could_miss(second: str) -> None:
    # Asked on the rolled end: days of pause alone bring the unrolled end to 20 April, before the second question.
    asked = [("received", "2026-03-05"), ("identity_asked", "2026-04-07")]
    found = standing("inspection", "2026-04-30", *asked, (second, "2026-04-22"))
    assert [(pause.since, pause.until) for pause in found.avg.pauses] == [(d("2026-04-07"), d("2026-04-30"))]


def test_a_refusal_in_time_keeps_the_house_promise_whatever_comes_later() -> None:
    found = standing(
        "inspection",
        "2026-04-24",
        ("received", "2026-03-05"),
        ("identity_asked", "2026-03-09"),
        ("refused_identity", "2026-04-02"),
        ("identity_shown", "2026-04-14"),
        ("decision_sent", "2026-04-24"),
    )
    assert found.to_dict()["kept"] == {"avg": True, "reglement": True}


def test_an_extension_may_be_told_up_to_the_rolled_end() -> None:
    received = ("received", "2026-03-05")
    assert standing("objection", "2026-04-07", received).avg.extend_by == d("2026-04-07")
    assert standing("objection", "2026-04-08", received).avg.extend_by is None
    assert standing("objection", "2026-04-07", received, ("extension_told", "2026-04-01")).avg.extend_by is None
    assert standing("objection", "2026-04-01", received, ("withdrawn", "2026-04-01")).avg.extend_by is None


def test_an_open_pause_is_told_as_standing_still_and_not_added() -> None:
    found = standing(
        "objection",
        "2026-03-25",
        ("received", "2026-03-05"),
        ("identity_asked", "2026-03-09"),
        ("identity_shown", "2026-03-11"),
        ("identity_asked", "2026-03-16"),
        ("specification_asked", "2026-03-20"),
    )
    assert [step.code for step in found.avg.steps] == ["received", "term_added", "pause_added", "paused"]
    last = found.avg.steps[-1]
    assert (last.on, last.source) == (d("2026-03-16"), "AVG art. 12.6, AVG recital 63")
    assert last.params == {"days": 9, "since": d("2026-03-16"), "questions": "identity,specification"}


@pytest.mark.parametrize("again", ["identity_asked", "refused_identity", "extension_told"])
def test_what_is_said_again_changes_nothing(again: str) -> None:
    events = [
        ("received", "2026-03-05"),
        ("extension_told", "2026-03-06"),
        ("identity_asked", "2026-03-09"),
        ("refused_identity", "2026-04-02"),
    ]
    once = standing("inspection", "2026-05-20", *events)
    assert standing("inspection", "2026-05-20", *events, (again, "2026-05-12")) == once


def test_withdrawn_after_a_refusal_leaves_the_refusal_answering_the_reglement() -> None:
    found = standing(
        "inspection",
        "2026-04-20",
        ("received", "2026-03-05"),
        ("identity_asked", "2026-03-09"),
        ("refused_identity", "2026-04-03"),
        ("withdrawn", "2026-04-10"),
    )
    assert found.to_dict()["kept"] == {"avg": None, "reglement": False}
    assert found.avg.state == "ended"
    assert found.avg.paused_days == 32


def test_the_steps_tell_both_clocks() -> None:
    found = standing(
        "inspection",
        "2026-11-24",
        ("received", "2026-11-02"),
        ("identity_asked", "2026-11-06"),
        ("identity_shown", "2026-11-09"),
    )
    assert found.reglement is not None
    told = [(step.code, step.on.isoformat(), step.source) for step in found.reglement.steps]
    assert told == [
        ("received", "2026-11-02", "1182/71 art. 3.1"),
        ("term_added", "2026-11-30", "reglement art. 13.2"),
        ("not_rolled", "2026-11-30", "reglement"),
    ]
    told = [(step.code, step.on.isoformat(), step.source) for step in found.avg.steps]
    assert told == [
        ("received", "2026-11-02", "1182/71 art. 3.1"),
        ("term_added", "2026-12-02", "AVG art. 12.3"),
        ("pause_added", "2026-12-05", "AVG art. 12.6"),
        ("rolled", "2026-12-07", "1182/71 art. 3.4"),
    ]
    assert found.steps[0].params == {"clock": "reglement"}


def test_the_steps_tell_an_extension_too_late_and_why_the_clock_stands_still() -> None:
    found = standing(
        "objection",
        "2026-12-28",
        ("received", "2026-11-23"),
        ("identity_asked", "2026-11-24"),
        ("identity_shown", "2026-11-26"),
        ("specification_asked", "2026-12-28"),
        ("extension_told", "2026-12-28"),
    )
    # Two days of pause: 25 December, rolled to the 28th, is still in time.
    assert found.avg.extended
    late = standing("objection", "2026-12-24", ("received", "2026-11-23"), ("extension_told", "2026-12-24"))
    assert ("extension_too_late", {"until": d("2026-12-23")}) in [(step.code, step.params) for step in late.avg.steps]
    last = found.avg.steps[-1]
    assert (last.code, last.on, last.source) == ("paused", d("2026-12-28"), "AVG recital 63")
    assert last.params == {"days": 0, "since": d("2026-12-28"), "questions": "specification"}


def test_late_is_said_after_the_binding_day() -> None:
    assert not standing("copy", "2026-12-21", ("received", "2026-11-23")).is_late
    assert standing("copy", "2026-12-22", ("received", "2026-11-23")).is_late
    assert not standing("copy", "2026-12-30", ("received", "2026-11-23"), ("withdrawn", "2026-12-28")).is_late


def test_rules_and_calendar_given_decide() -> None:
    weeks = dict(Rules().reglement_weeks) | {"restriction": 2, "copy": None}
    rules = Rules(reglement_weeks=weeks, reglement_roll="atw", avg_extended_months=2)
    found = standing("restriction", "2026-05-02", ("received", "2026-05-01"), rules=rules, calendar=Calendar([]))
    assert found.reglement is not None
    assert (found.reglement.unrolled, found.reglement.end) == (d("2026-05-15"), d("2026-05-15"))
    found = standing("restriction", "2026-05-02", ("received", "2026-05-01"), rules=rules)
    assert found.reglement is not None
    assert (found.reglement.unrolled, found.reglement.end) == (d("2026-05-15"), d("2026-05-18"))
    assert (found.binding, found.work_by) == (d("2026-05-15"), d("2026-05-13"))
    sent = standing(
        "restriction", "2026-05-18", ("received", "2026-05-01"), ("decision_sent", "2026-05-18"), rules=rules
    )
    assert sent.to_dict()["kept"] == {"avg": True, "reglement": True}
    told = [("received", "2026-11-23"), ("extension_told", "2026-11-24")]
    found = standing("copy", "2026-11-25", *told, rules=rules)
    assert found.reglement is None
    assert found.avg.unrolled == d("2027-01-23")


def test_a_moment_is_no_day() -> None:
    moment = datetime(2026, 3, 5, 23, 30, tzinfo=UTC)
    with pytest.raises(ValueError, match="moment"):
        replay("copy", [("received", moment)], d("2026-03-06"))
    with pytest.raises(ValueError, match="moment"):
        replay("copy", [("received", d("2026-03-05"))], moment)


@pytest.mark.parametrize(
    ("today", "threshold"),
    [
        ("2026-11-15", None),
        ("2026-11-16", 14),
        ("2026-11-22", 14),
        ("2026-11-23", 7),
        ("2026-11-28", 2),
        ("2026-11-29", 2),
        ("2026-11-30", 0),
        ("2026-12-30", 0),
    ],
)
def test_the_nearest_threshold_passed_reminds(today: str, threshold: int | None) -> None:
    assert reminder(d("2026-11-30"), d(today)) == threshold


def test_a_rulebook_without_day_zero_keeps_its_last_threshold() -> None:
    assert reminder(d("2026-11-30"), d("2026-12-30"), (3, 10)) == 3


@given(days, st.integers(-40, 40), st.lists(st.integers(0, 30), max_size=5))
def test_reminders_only_come_nearer(work_by: date, offset: int, thresholds: list[int]) -> None:
    today = work_by - timedelta(days=offset)
    now, tomorrow = reminder(work_by, today, thresholds), reminder(work_by, today + timedelta(days=1), thresholds)
    assert now is None or (now in thresholds and offset <= now)
    assert now is None or (tomorrow is not None and tomorrow <= now)
