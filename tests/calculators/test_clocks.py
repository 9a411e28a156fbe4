"""The clocks of a request: the vectors, and what must hold for every course of events."""

from __future__ import annotations

import json
import random
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.calculators.strategies import Events, courses, days
from werkcontact.law.clocks import EVENTS, KINDS, Standing, reminder, replay
from werkcontact.law.holidays import SEEDED_CALENDAR, Calendar
from werkcontact.law.rules import Rules

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "clocks.json").read_text(encoding="utf-8"))
kinds = st.sampled_from(KINDS)
waits = st.integers(0, 200).map(lambda days: timedelta(days=days))


def d(text: str) -> date:
    return date.fromisoformat(text)


def standing(kind: str, as_of: str, *events: tuple[str, str], **given: Any) -> Standing:
    return replay(kind, [(event, d(on)) for event, on in events], d(as_of), **given)


def outcome(kind: str, events: Events, as_of: date) -> Standing | str:
    try:
        return replay(kind, events, as_of)
    except ValueError:
        return "ValueError"


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["why"])
def test_every_course_worked_out_by_hand(vector: dict[str, Any]) -> None:
    events = [(event, d(on)) for event, on in vector["events"]]
    found = outcome(vector["kind"], events, d(vector["as_of"]))
    assert (found if isinstance(found, str) else found.to_dict()) == vector["expected"]


@given(kinds, courses(), waits)
def test_the_earliest_running_end_binds(kind: str, events: Events, wait: timedelta) -> None:
    found = replay(kind, events, events[0][1] + wait)
    running = [clock.unrolled for clock in (found.avg, found.reglement) if clock and clock.state == "running"]
    assert found.binding == min((end for end in running if end), default=None)
    if found.binding:
        assert found.work_by == SEEDED_CALENDAR.last_workday_on_or_before(found.binding)
        assert [step.on for step in found.steps] == [found.binding, found.work_by]
    else:
        assert found.work_by is None
        assert found.steps == ()


@given(kinds, courses(), waits)
def test_what_lies_after_the_day_one_looks_changes_nothing(kind: str, events: Events, wait: timedelta) -> None:
    as_of = events[0][1] + wait
    past = [(event, on) for event, on in events if on <= as_of]
    nonsense = [("no_such_event", as_of + timedelta(days=1)), ("received", as_of + timedelta(days=2))]
    assert replay(kind, [*nonsense, *events], as_of) == replay(kind, past, as_of)


@given(
    kinds,
    st.lists(st.tuples(st.sampled_from(EVENTS), st.dates(d("2026-03-01"), d("2026-06-01"))), max_size=8),
    st.dates(d("2026-03-01"), d("2026-06-01")),
)
def test_any_events_give_a_standing_or_a_value_error(kind: str, events: Events, as_of: date) -> None:
    found = outcome(kind, [("received", d("2026-03-02")), *events], as_of)
    assert found == outcome(kind, [("received", d("2026-03-02")), *(e for e in events if e[1] <= as_of)], as_of)


@given(kinds, courses(), waits, st.randoms())
def test_events_are_taken_by_date(kind: str, events: Events, wait: timedelta, order: random.Random) -> None:
    as_of = events[0][1] + wait
    by_day: dict[date, Events] = {}
    for event, on in events:
        by_day.setdefault(on, []).append((event, on))
    groups = list(by_day.values())
    order.shuffle(groups)
    assert replay(kind, [event for group in groups for event in group], as_of) == replay(kind, events, as_of)


def open_days(events: Events, upto: date) -> set[date]:
    """Every day on which a question was open, one by one."""
    found: set[date] = set()
    for ask, answer in (("identity_asked", "identity_shown"), ("specification_asked", "specification_given")):
        day, is_open = events[0][1], False
        while day < upto:
            for event, on in events:
                if on == day and event in (ask, answer):
                    is_open = event == ask
            if is_open:
                found.add(day)
            day += timedelta(days=1)
    return found


@given(kinds, courses(), waits)
def test_paused_days_are_the_days_on_which_a_question_was_open(kind: str, events: Events, wait: timedelta) -> None:
    as_of = events[0][1] + wait
    found = replay(kind, events, as_of)
    expected = open_days(events, min(as_of, found.ended_on or as_of))
    assert found.avg.paused_days == len(expected)
    drawn = {pause.since + timedelta(days=n) for pause in found.avg.pauses for n in range(pause.days)}
    assert drawn == expected
    assert all(one.until < other.since for one, other in pairwise(found.avg.pauses))


@given(kinds, courses(), waits)
def test_the_avg_end_is_the_term_and_the_pauses_rolled_once(kind: str, events: Events, wait: timedelta) -> None:
    avg = replay(kind, events, events[0][1] + wait).avg
    if avg.state == "paused":
        assert avg.unrolled is None
        assert avg.rolled is None
        assert avg.steps[-1].code == "paused"
        return
    assert avg.unrolled is not None
    term = next(step for step in avg.steps if step.code.startswith("term_added"))
    assert term.params["count"] == (3 if avg.extended else 1)
    assert avg.unrolled == term.on + timedelta(days=avg.paused_days)
    assert avg.rolled == SEEDED_CALENDAR.first_workday_on_or_after(avg.unrolled, "eu_1182_71")
    assert [step.on for step in avg.steps if step.code != "ended"][-1] == avg.rolled


@given(kinds, courses(extension=False, end=False), st.integers(0, 60), waits)
def test_an_extension_never_brings_the_avg_end_nearer(kind: str, events: Events, told: int, wait: timedelta) -> None:
    as_of = events[0][1] + wait
    extended = [*events, ("extension_told", events[0][1] + timedelta(days=told))]
    without, with_it = replay(kind, events, as_of).avg, replay(kind, extended, as_of).avg
    assert with_it.state == without.state
    if with_it.unrolled and without.unrolled:
        assert with_it.unrolled >= without.unrolled
        assert (with_it.unrolled > without.unrolled) == with_it.extended


@given(kinds, courses(end=False), waits)
def test_the_reglement_knows_no_pause_and_no_extension(kind: str, events: Events, wait: timedelta) -> None:
    as_of = events[0][1] + wait
    assert replay(kind, events, as_of).reglement == replay(kind, events[:1], as_of).reglement


@given(courses(extension=False, end=False), waits)
def test_an_extension_told_on_the_last_day_that_is_shown_counts(events: Events, wait: timedelta) -> None:
    as_of = events[0][1] + wait
    last = replay("objection", events, as_of).avg.extend_by
    if last is None:
        assert not replay("objection", [*events, ("extension_told", as_of)], as_of).avg.extended
    else:
        assert as_of <= last
        assert replay("objection", [*events, ("extension_told", as_of)], as_of).avg.extended


@given(courses(end=False), waits)
def test_all_questions_answered_the_last_day_to_extend_is_the_end_itself(events: Events, wait: timedelta) -> None:
    avg = replay("restriction", events, events[0][1] + wait).avg
    if avg.state == "running" and avg.extend_by:
        assert avg.extend_by == avg.rolled


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


def test_a_second_question_may_be_asked_while_the_clock_stands_still() -> None:
    asked = [("received", "2026-03-05"), ("identity_asked", "2026-04-07")]
    found = standing("inspection", "2026-04-30", *asked, ("specification_asked", "2026-04-20"))
    assert [pause.questions for pause in found.avg.pauses] == [("identity", "specification")]


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
