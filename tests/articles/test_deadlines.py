"""Art. 11, 13, 14, 15: nobody misses a deadline because nobody was told, and nobody is told twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.people import TODAY, make_staff, system
from werkcontact.desk import worklists
from werkcontact.desk.jobs import DEADLINES
from werkcontact.desk.reminders import People, plan, remind
from werkcontact.jobs import checkpoints
from werkcontact.jobs.models import JobRun
from werkcontact.jobs.run import AMSTERDAM, run_job
from werkcontact.mail.digests import Telling
from werkcontact.mail.models import Digest, Reminder
from werkcontact.staff.models import Appointment, Staff
from werkcontact.ui.work import Due

THRESHOLDS = (14, 7, 2, 0)
OVERDUE = -1
Dues = Callable[..., None]


def due(
    days: int,
    *staff: Staff | UUID,
    kind: str = "notice",
    binding: int = 0,
    subject: UUID | None = None,
    role: str = "intake",
) -> Due:
    """A deadline to work towards in so many days from TODAY; its last day is `binding` days later."""
    return Due(
        kind=kind,  # type: ignore[arg-type]
        subject=subject or uuid4(),
        work_by_on=TODAY + timedelta(days=days),
        binding_on=TODAY + timedelta(days=days + binding),
        staff=tuple(one.pk if isinstance(one, Staff) else one for one in staff),
        role=role,  # type: ignore[arg-type]
    )


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> Dues:
    """Say which deadlines are open in the house."""

    def open_(*dues: Due) -> None:
        monkeypatch.setattr(worklists, "MODULES", (SimpleNamespace(due=lambda _today: list(dues)),))

    return open_


def night(day: int = 0) -> dict[str, int]:
    """Run the job on a day from TODAY."""
    at = datetime.combine(TODAY + timedelta(days=day), datetime.min.time(), AMSTERDAM).replace(hour=5)
    return dict(remind(system("deadlines", at=at), at.date()))


def told(staff: Staff) -> list[tuple[int, int]]:
    """What somebody was told: (day from TODAY, threshold), in order."""
    rows = Reminder.objects.filter(staff=staff).order_by("digest__on", "threshold")
    return [((on - TODAY).days, threshold) for on, threshold in rows.values_list("digest__on", "threshold")]


# --- the plan against a model that walks day by day ------------------------------------------------------------------

DIRECTOR, HANDLER = UUID(int=1), UUID(int=2)
PEOPLE = People({"directie": frozenset({DIRECTOR}), "caseworker": frozenset({HANDLER})})


def nearest_by_walking(due: Due, person: UUID, today: date) -> int | None:
    """The last threshold that somebody who looks every day would have seen pass."""
    seen, day = None, due.work_by_on - timedelta(days=100)
    while day <= today:
        if person in due.staff and (due.work_by_on - day).days in THRESHOLDS:
            seen = (due.work_by_on - day).days
        if person == DIRECTOR and (day - due.binding_on).days == 1:
            seen = OVERDUE
        day += timedelta(days=1)
    return seen


@given(
    ends=st.lists(st.tuples(st.integers(-20, 40), st.integers(0, 3), st.booleans()), min_size=1, max_size=4),
    gaps=st.lists(st.integers(1, 30), min_size=1, max_size=12),
)
def test_over_any_downtime_each_run_tells_the_nearest_threshold_and_nothing_twice(
    ends: Sequence[tuple[int, int, bool]], gaps: Sequence[int]
) -> None:
    dues = [
        due(days, HANDLER, *([DIRECTOR] if both else []), binding=binding, subject=UUID(int=number))
        for number, (days, binding, both) in enumerate(ends)
    ]
    before: set[Telling] = set()
    last: dict[tuple[UUID, UUID], int] = {}
    today = TODAY
    for gap in gaps:
        for telling in (each for each in plan(dues, PEOPLE, today, THRESHOLDS) if each not in before):
            before.add(telling)
            key = (telling.subject, telling.staff)
            assert telling.threshold < last.get(key, 99), "a threshold was told again, or an earlier one after a later"
            last[key] = telling.threshold
        for each in dues:
            for person in (HANDLER, DIRECTOR):
                assert last.get((each.subject, person)) == nearest_by_walking(each, person, today)
        today += timedelta(days=gap)


def test_a_house_that_runs_every_night_tells_each_threshold_on_its_own_day() -> None:
    one = due(20, HANDLER, binding=2)
    days: list[tuple[int, int]] = []
    before: set[Telling] = set()
    for day in range(30):
        asked = set(plan([one], PEOPLE, TODAY + timedelta(days=day), THRESHOLDS)) - before
        days += [(day, each.threshold) for each in asked]
        before |= asked
    assert days == [(6, 14), (13, 7), (18, 2), (20, 0), (23, OVERDUE)]


# --- the job on the database -----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_handler_is_told_14_7_2_and_0_days_before_and_the_directie_when_the_last_day_has_passed(
    house: Dues,
) -> None:
    handler, director = make_staff("caseworker"), make_staff("directie")
    house(due(16, handler, binding=1))
    for day in range(22):
        night(day)
    assert told(handler) == [(2, 14), (9, 7), (14, 2), (16, 0)]
    assert told(director) == [(18, OVERDUE)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("nights", "expected"),
    [
        ([0, 30], [(30, 0)]),
        ([0, 4, 15, 30], [(4, 14), (15, 2), (30, 0)]),
        ([9, 10, 11], [(9, 7)]),
        ([16, 16, 17], [(16, 0)]),
    ],
)
def test_days_on_which_the_house_was_down_are_caught_up_by_the_nearest_threshold_alone(
    house: Dues, nights: list[int], expected: list[tuple[int, int]]
) -> None:
    handler = make_staff("caseworker")
    house(due(16, handler, binding=60))
    for day in nights:
        night(day)
    assert told(handler) == expected


@pytest.mark.django_db
def test_a_person_gets_one_digest_a_day_whatever_is_due(house: Dues) -> None:
    handler = make_staff("caseworker")
    house(*(due(days, handler, binding=9) for days in (14, 7, 2, 0, -3)))
    assert night() == {"looked": 5, "told": 5, "digests": 1, "tomorrow": 0}
    assert night() == {"looked": 5, "told": 0, "digests": 0}
    assert Digest.objects.count() == 1


@pytest.mark.django_db
def test_what_comes_up_after_the_digest_of_the_day_is_told_the_next_day(house: Dues) -> None:
    handler = make_staff("caseworker")
    first, second = due(7, handler), due(7, handler)
    house(first)
    night()
    house(first, second)
    assert night() == {"looked": 2, "told": 0, "digests": 0, "tomorrow": 1}
    night(1)
    assert told(handler) == [(0, 7), (1, 7)]


@pytest.mark.django_db
def test_when_the_date_moves_it_is_told_for_the_new_date(house: Dues) -> None:
    handler, subject = make_staff("requests"), uuid4()
    house(due(7, handler, kind="request", role="directie", subject=subject))
    night()
    house(due(30, handler, kind="request", role="directie", subject=subject))
    night(1)
    night(16)
    assert told(handler) == [(0, 7), (16, 14)]


@pytest.mark.django_db
def test_what_nobody_has_is_told_to_those_appointed_to_take_it_up(house: Dues) -> None:
    intake, requests, director, stranger = (make_staff(r) for r in ("intake", "requests", "directie", "caseworker"))
    house(due(7), due(2, kind="request", role="directie"))
    night()
    assert (told(intake), told(requests), told(director), told(stranger)) == ([(0, 7)], [(0, 2)], [(0, 2)], [])


@pytest.mark.django_db
def test_what_somebody_has_who_left_is_told_to_those_who_may_take_it_up(house: Dues) -> None:
    gone, intake, director = make_staff("caseworker"), make_staff("intake"), make_staff("directie")
    Appointment.objects.filter(staff=gone).update(until_on=TODAY - timedelta(days=1))
    house(due(7, gone))
    night()
    assert (told(gone), told(intake)) == ([], [(0, 7)])
    Appointment.objects.filter(staff=intake).update(until_on=TODAY)
    night(5)
    assert told(director) == [(5, 2)], "nobody takes notices in any more: the directie must know"


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["deadlines.asked", "deadlines.digests_made", "deadlines.reminders_made"])
def test_a_night_that_breaks_off_anywhere_is_done_again_without_a_trace(
    house: Dues, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    handlers = [make_staff("caseworker") for _number in range(3)]
    house(*(due(7, handler) for handler in handlers))

    def power_cut(name: str) -> None:
        if name == place:
            raise KeyboardInterrupt

    monkeypatch.setattr(checkpoints, "hook", power_cut)
    with pytest.raises(KeyboardInterrupt):
        night()
    assert not Digest.objects.exists()
    monkeypatch.setattr(checkpoints, "hook", None)
    night()
    assert [told(handler) for handler in handlers] == [[(0, 7)]] * 3


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow_with_the_deadlines(
    house: Dues, django_assert_max_num_queries: Callable[..., object]
) -> None:
    handlers = [make_staff("caseworker") for _number in range(3)]
    for number in (10, 1000):
        house(*(due(7, handlers[each % 3], subject=UUID(int=number * 10_000 + each)) for each in range(number)))
        Digest.objects.all().delete()
        with django_assert_max_num_queries(14):  # type: ignore[attr-defined]
            assert night()["told"] == number


@pytest.mark.django_db
def test_the_daily_job_runs_once_a_day_and_leaves_its_counts(house: Dues) -> None:
    house(due(7, make_staff("caseworker")))
    at = datetime.combine(TODAY, datetime.min.time(), AMSTERDAM).replace(hour=5, minute=5)
    run = run_job(DEADLINES, now=at)
    assert run is not None
    assert (run.state, run.counts) == (JobRun.State.DONE, {"looked": 1, "told": 1, "digests": 1, "tomorrow": 0})
    assert run_job(DEADLINES, now=at + timedelta(hours=1)) is None
