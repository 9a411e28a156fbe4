"""Art. 12-17: the database itself refuses what may not happen to a request or complaint, also below Django."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.db import IntegrityError

from clients.models import Involvement
from requests_app import models as r
from tests.dossiers.rows import AT, ON, World, refused, sql


def test_events_of_a_request_are_superseded_never_changed(world: World, asked: r.SubjectRequest) -> None:
    facts = {"subject_request": asked, "event": "received", "recorded_by": world.by, "recorded_at": AT}
    first = r.RequestEvent.objects.create(sequence=1, on=ON, **facts)
    refused(sql("update requests_app_requestevent set id = id"))
    refused(sql("truncate requests_app_requestevent"))
    second = r.RequestEvent.objects.create(sequence=2, on=date(2026, 11, 23), supersedes=first, **facts)
    refused(lambda: r.RequestEvent.objects.create(sequence=3, on=ON, supersedes=first, **facts), IntegrityError)
    assert list(r.RequestEvent.objects.standing()) == [second]


def test_one_handler_at_a_time_and_the_next_at_the_same_moment(world: World, asked: r.SubjectRequest) -> None:
    later = datetime(2026, 11, 25, 9, tzinfo=UTC)
    facts = {"subject_request": asked, "by": world.second}
    first = r.RequestAssignment.objects.create(handler=world.by, from_at=AT, **facts)
    refused(lambda: r.RequestAssignment.objects.create(handler=world.second, from_at=later, **facts), IntegrityError)
    r.RequestAssignment.objects.filter(pk=first.pk).update(until_at=later)
    second = r.RequestAssignment.objects.create(handler=world.second, from_at=later, **facts)
    assert list(r.RequestAssignment.objects.current(later)) == [second]


def test_withholding_without_ground_and_words_is_refused(world: World, asked: r.SubjectRequest) -> None:
    ask = r.RequestAsk.objects.create(subject_request=asked, kind="inspection", binding_on=ON, work_by_on=ON)
    part = r.RequestDossier.objects.create(
        subject_request=asked, dossier=world.dossier, linked_by=world.by, linked_at=AT
    )
    facts = {"ask": ask, "part": part, "kind": "version", "version": world.version}
    item = r.RequestItem.objects.create(**facts)
    refused(lambda: r.RequestItem.objects.create(**facts), IntegrityError)
    items = r.RequestItem.objects.filter(pk=item.pk)
    decided = {"decided_by": world.by, "decided_at": AT}
    refused(lambda: items.update(verdict="withhold", **decided), IntegrityError)
    refused(lambda: items.update(verdict="in_part", ground="g", words_cipher=b"w", **decided), IntegrityError)
    refused(lambda: items.update(verdict="give"), IntegrityError)
    items.update(verdict="withhold", ground="g", words_cipher=b"w", **decided)
    asks = r.RequestAsk.objects.filter(pk=ask.pk)
    refused(lambda: asks.update(state="writing"), IntegrityError)
    refused(lambda: asks.update(state="answered", decision="partly", **decided), IntegrityError)
    refused(lambda: asks.update(work_by_on=date(2026, 11, 25)), IntegrityError)


def test_a_complaint_is_never_handled_by_whom_it_is_about(world: World) -> None:
    complaint = r.Complaint.objects.create(
        number="K-2026-0003",
        about_staff=world.by,
        received_on=ON,
        way="letter",
        words_cipher=b"w",
        name_cipher=b"n",
        registered_by=world.second,
        registered_at=AT,
        acknowledge_by_on=date(2026, 12, 8),
        decide_by_on=date(2027, 1, 5),
    )
    complaints = r.Complaint.objects.filter(pk=complaint.pk)
    refused(lambda: complaints.update(handler=world.by), IntegrityError)
    refused(lambda: complaints.update(state="decided", decision="founded", decided_on=ON), IntegrityError)
    complaints.update(handler=world.second)


def test_when_the_person_goes_a_request_stays_without_them_also_in_its_history(
    world: World, asked: r.SubjectRequest
) -> None:
    assert asked.client_id
    Involvement.objects.update(ended_on=ON)
    sql("delete from clients_client")()
    asked.refresh_from_db()
    assert asked.client_id is None
    history = asked.history.first()
    assert history is not None
    assert not hasattr(history, "client_id")
