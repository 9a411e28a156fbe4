"""Art. 12-15, AVG 12.3: what lists stand on is what a replay of the events says, after every event and every night."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from requests_app import clocks, handling, jobs, more_time, sending
from requests_app.models import RequestAsk, RequestEvent, SubjectRequest
from requests_app.models.ask import EventKind
from requests_app.more_time import Because
from tests.people import NOW, TODAY, actor_of, as_actor, system
from tests.requests_app.making import INSPECTION, RECEIVED, Office, asks, register_request, take
from werkcontact.access import act
from werkcontact.law.clocks import replay
from werkcontact.mail.models import OutgoingLetter
from werkcontact.refused import Refused
from werkcontact.rulebook.models import DecreeDay
from werkcontact.staff.models import SYSTEM_ID

EVENTS = [
    EventKind.IDENTITY_ASKED,
    EventKind.IDENTITY_SHOWN,
    EventKind.SPECIFICATION_ASKED,
    EventKind.SPECIFICATION_GIVEN,
    EventKind.EXTENSION_TOLD,
    EventKind.REFUSED_IDENTITY,
    EventKind.DECISION_SENT,
]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(EVENTS), st.integers(0, 22)), max_size=6))
def test_the_dates_of_lists_are_those_of_a_replay_after_every_event(
    office: Office, wanted: list[tuple[EventKind, int]]
) -> None:
    subject_request = take(office, register_request(office))
    accepted: list[tuple[str, date]] = [("received", RECEIVED)]
    for event, days in wanted:
        on = RECEIVED + timedelta(days=days)
        with_it = sorted([*accepted, (event.value, on)], key=lambda each: each[1])
        if _possible(with_it):
            accepted = with_it
            _record(office, subject_request, event, on)
        else:
            with pytest.raises(Refused, match="impossible"):
                _record(office, subject_request, event, on)
        _check(subject_request, accepted)


def _possible(events: list[tuple[str, date]]) -> bool:
    try:
        replay("inspection", events, TODAY)
    except ValueError:
        return False
    return True


def _record(office: Office, subject_request: SubjectRequest, event: EventKind, on: date) -> None:
    with act(office.actor(office.handler), "request.handle", subject_request):
        clocks.record(actor=office.actor(office.handler), subject_request=subject_request, event=event, on=on)


def _check(subject_request: SubjectRequest, accepted: list[tuple[str, date]]) -> None:
    for ask in asks(subject_request):
        found = replay(ask.kind, accepted, TODAY)
        assert (ask.binding_on, ask.work_by_on) == (found.binding, found.work_by)


def test_a_corrected_day_of_receipt_supersedes_and_the_first_event_stays(office: Office) -> None:
    subject_request = take(office, register_request(office))
    on = date(2026, 10, 30)
    handling.correct_received(actor=office.actor(office.handler), subject_request=subject_request, on=on)
    assert [(e.on, e.supersedes_id is not None) for e in RequestEvent.objects.order_by("sequence")] == [
        (RECEIVED, False),
        (on, True),
    ]
    assert {(ask.binding_on, ask.work_by_on) for ask in asks(subject_request)} == {
        (date(2026, 11, 27), date(2026, 11, 27))
    }


def test_a_corrected_day_stays_the_first_of_its_day(office: Office) -> None:
    """The letter of 6 November came after the receipt, also when that turns out to be of the same day."""
    subject_request = take(office, register_request(office))
    _record(office, subject_request, EventKind.IDENTITY_ASKED, date(2026, 11, 6))
    actor = office.actor(office.handler)
    handling.correct_received(actor=actor, subject_request=subject_request, on=date(2026, 11, 6))
    assert asks(subject_request)[0].binding_on == date(2026, 12, 4)
    with pytest.raises(Refused, match="impossible"):
        handling.correct_received(actor=actor, subject_request=subject_request, on=date(2026, 11, 7))


def test_an_event_to_come_is_refused(office: Office) -> None:
    subject_request = take(office, register_request(office))
    with pytest.raises(Refused, match="future"):
        _record(office, subject_request, EventKind.IDENTITY_ASKED, TODAY + timedelta(days=1))


def test_the_night_follows_a_changed_calendar_and_then_finds_nothing(office: Office) -> None:
    subject_request = register_request(office)
    as_actor()
    DecreeDay.objects.create(on=date(2026, 11, 30), decree="Stb. 2026, 1", by_id=SYSTEM_ID)
    assert jobs.CLOCKS.run(system("clocks"), TODAY) == {"requests": 1, "changed": 2}
    assert {(ask.binding_on, ask.work_by_on) for ask in asks(subject_request)} == {
        (date(2026, 11, 30), date(2026, 11, 27))
    }
    assert jobs.CLOCKS.run(system("clocks"), TODAY) == {"requests": 1, "changed": 0}


def test_the_night_asks_as_often_for_many_as_for_few(office: Office) -> None:
    def queries() -> int:
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as captured:
            jobs.CLOCKS.run(system("clocks"), TODAY)
        return len(captured)

    register_request(office)
    few = queries()
    for _number in range(12):
        register_request(office)
    assert queries() == few


def _extension(office: Office, subject_request: SubjectRequest) -> OutgoingLetter:
    return more_time.tell_extension(
        actor=office.actor(office.handler),
        subject_request=subject_request,
        because=Because.COMPLEX,
        words="Uw dossier bestaat uit drie delen.",
        today=TODAY,
    )


def test_more_time_counts_once_and_from_the_letter_that_was_sent(office: Office) -> None:
    subject_request = take(office, register_request(office))
    letter = _extension(office, subject_request)
    standing = clocks.standings(subject_request, asks(subject_request), TODAY)
    assert not any(one.avg.extended for one in standing.values())
    actor = office.actor(office.handler)
    sending.mark_sent(actor=actor, subject_request=subject_request, letter_id=letter.pk, on=TODAY, way="post")
    (found, *_rest) = clocks.standings(subject_request, asks(subject_request), TODAY).values()
    assert (found.avg.extended, found.avg.unrolled) == (True, date(2027, 2, 2))
    assert found.binding == date(2026, 11, 30)  # the reglement knows no extension
    with pytest.raises(Refused, match="too_late"):
        _extension(office, subject_request)


def test_more_time_cannot_be_told_after_the_first_month(office: Office) -> None:
    subject_request = take(office, register_request(office, received_on=date(2026, 10, 1)))
    with pytest.raises(Refused, match="too_late"):
        _extension(office, subject_request)


def test_a_request_that_was_taken_back_has_no_clocks(office: Office) -> None:
    subject_request = take(office, register_request(office))
    handling.withdraw(actor=office.actor(office.handler), subject_request=subject_request, on=TODAY)
    assert {(ask.state, ask.binding_on) for ask in asks(subject_request)} == {("withdrawn", None)}
    subject_request.refresh_from_db()
    assert subject_request.state == "closed"
    with pytest.raises(Refused, match="closed"):
        handling.correct_received(actor=office.actor(office.handler), subject_request=subject_request, on=RECEIVED)


def test_only_the_clocks_write_the_dates() -> None:
    from pathlib import Path

    root = Path(clocks.__file__).parent
    writers = [
        path.name
        for path in sorted(root.rglob("*.py"))
        if "migrations" not in path.parts and "models" not in path.parts
        if any(
            f"{name}=" in path.read_text(encoding="utf-8")
            for name in ("update(binding_on", ".binding_on ", ".work_by_on ")
        )
    ]
    assert writers == ["clocks.py"]


def test_each_kind_has_a_row_and_the_same_dates(office: Office) -> None:
    subject_request = register_request(office, kinds=INSPECTION)
    assert RequestAsk.objects.running().work_due_by(date(2026, 11, 30)).count() == len(asks(subject_request)) == 2
    later = actor_of(office.handler, at=NOW)
    assert later.today == TODAY
