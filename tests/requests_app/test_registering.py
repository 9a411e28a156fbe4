"""Art. 12.1, 13.1: whoever a request reaches registers it; the receipt tells nothing of who is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from requests_app import registering
from requests_app.models import RequestEvent, SubjectRequest
from requests_app.models.ask import AskKind
from requests_app.models.subject_request import Capacity, Way
from requests_app.sealed import open_asker
from tests.people import TODAY, make_staff
from tests.requests_app.making import MOULIN, RECEIVED, Office, asks, register_person, register_request
from werkcontact.access import Absent
from werkcontact.ids import uuid7
from werkcontact.refused import Refused

FACTS: dict[str, Any] = {
    "received_on": TODAY,
    "way": Way.DESK,
    "kinds": [AskKind.COPY],
    "asker": MOULIN,
    "today": TODAY,
}


def test_every_kind_asked_gets_its_own_clock_from_the_day_of_receipt(office: Office) -> None:
    made = register_request(office, kinds=(AskKind.COPY, AskKind.INSPECTION, AskKind.CONFIRMATION))
    assert made.number == "V-2026-000001"
    assert [ask.kind for ask in asks(made)] == ["confirmation", "copy", "inspection"]
    assert {(str(ask.binding_on), str(ask.work_by_on)) for ask in asks(made)} == {("2026-11-30", "2026-11-30")}
    assert [(e.event, e.on, e.ask_id) for e in RequestEvent.objects.all()] == [("received", RECEIVED, None)]
    assert open_asker(made) == MOULIN
    assert b"Moulin" not in bytes(made.name_cipher)


@pytest.mark.parametrize("role", ["caseworker", "franchisee", "lead", "intake", "archivist", "research", "officer"])
def test_everybody_who_works_here_registers(office: Office, role: str) -> None:
    assert register_request(office, by=make_staff(role)).number


def test_the_same_form_sent_twice_is_one_request(office: Office) -> None:
    actor, request_id = office.actor(office.caseworker), uuid7()
    first = registering.register(actor=actor, request_id=request_id, **FACTS)
    second = registering.register(actor=actor, request_id=request_id, **FACTS)
    assert first.pk == second.pk
    assert SubjectRequest.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"received_on": TODAY + timedelta(days=1)}, "registering.future"),
        ({"kinds": []}, "registering.nothing_asked"),
        ({"kinds": [AskKind.CORRECTION]}, "registering.nothing_asked"),
        ({"capacity": Capacity.PARENT}, "registering.for_whom"),
        ({"asker": replace(MOULIN, about="mijn zoon")}, "registering.for_whom"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(office: Office, change: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        registering.register(actor=office.actor(office.caseworker), request_id=uuid7(), **{**FACTS, **change})
    assert (refused.value.code, bool(refused.value.field)) == (code, True)
    assert not SubjectRequest.objects.exists()


def test_the_receipt_is_the_registrars_alone(office: Office) -> None:
    register_person(office)
    made = register_request(office)
    assert registering.receipt(actor=office.actor(office.caseworker), request_id=made.pk).number == made.number
    with pytest.raises(Absent):
        registering.receipt(actor=office.actor(office.intake), request_id=made.pk)
    with pytest.raises(Absent):
        registering.receipt(actor=office.actor(office.caseworker), request_id=uuid7())
