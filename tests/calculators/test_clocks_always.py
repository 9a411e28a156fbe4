"""The clocks of a request: what holds for every course of events, held against models that count day by day."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.calculators.strategies import Events, courses
from werkcontact.law.clocks import EVENTS, KINDS, Standing, replay
from werkcontact.law.holidays import SEEDED_CALENDAR

kinds = st.sampled_from(KINDS)
waits = st.integers(0, 200).map(lambda days: timedelta(days=days))
spring = st.dates(date(2026, 3, 1), date(2026, 6, 1))


def outcome(kind: str, events: Events, as_of: date) -> Standing | str:
    try:
        return replay(kind, events, as_of)
    except ValueError:
        return "ValueError"


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
    st.lists(st.tuples(st.sampled_from(EVENTS), spring), max_size=8),
    spring,
)
def test_any_events_give_a_standing_or_a_value_error(kind: str, events: Events, as_of: date) -> None:
    found = outcome(kind, [("received", date(2026, 3, 2)), *events], as_of)
    assert found == outcome(kind, [("received", date(2026, 3, 2)), *(e for e in events if e[1] <= as_of)], as_of)


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
