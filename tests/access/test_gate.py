"""Art. 9: the gate has no way round: no answer without it, no tie without an appointment, no list wider than it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from typing import Any
from uuid import uuid4

import pytest

from clients import notice_exceptions
from clients.models import Involvement, Notice
from tests.access import doorless
from tests.clients.rows import OPENED, assign, make_principal, open_clients, person
from tests.clients.told import registered, resident
from tests.people import NOW, TODAY, actor_of, as_actor, browser_for, make_staff
from werkcontact.access import Absent, Actor, enter_all, find
from werkcontact.access.actor import StatedPurpose
from werkcontact.access.decide import BEFORE_DECLARING, Facts, decide
from werkcontact.access.records import list_scope, reach
from werkcontact.access.table import ACTS, states_of
from werkcontact.refused import Refused
from werkcontact.staff.models import Appointment, Role


@pytest.fixture
def forgetful(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.access.doorless"


@pytest.mark.django_db
@pytest.mark.parametrize("name", doorless.FORGETFUL)
def test_a_screen_that_forgets_the_gate_shows_nothing(forgetful: None, name: str) -> None:
    browser = browser_for(make_staff("intake" if name != "caught" else "archivist"))
    browser.raise_request_exception = False
    answer = browser.get(f"/proef/{name}/")
    assert answer.status_code == 500
    assert doorless.BODY not in answer.content
    assert browser.get("/proef/a_list/").content == b"fine"


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete", "options", "trace"])
def test_no_method_goes_past_the_gate(forgetful: None, method: str) -> None:
    browser = browser_for(make_staff("intake"))
    browser.raise_request_exception = False
    answer = getattr(browser, method)("/proef/silent/")
    assert answer.status_code == 500
    assert doorless.BODY not in answer.content


@pytest.mark.django_db
def test_art09_an_assignment_opens_nothing_once_its_caseworker_has_no_appointment() -> None:
    """The appointment ended, and nobody thought of the assignments."""
    [client] = open_clients(make_principal(), [person("Jager")])
    guide = make_staff("caseworker")
    assign(client, guide, from_on=OPENED)
    assert find(actor_of(guide), "registration.view", Involvement, pk=client.pk)
    as_actor()
    Appointment.objects.filter(staff=guide).update(until_on=TODAY - timedelta(days=1))
    for role in ("", "archivist"):  # an appointment of another kind does not bring it back
        if role:
            Appointment.objects.create(
                staff=guide, role=role, from_on=date(2020, 1, 1), reason="proef", by=make_staff("directie")
            )
        actor = actor_of(guide)
        with pytest.raises(Absent):
            find(actor, "registration.view", Involvement, pk=client.pk)
        assert not Involvement.objects.visible_to(actor, "registration.view").exists()


@pytest.mark.django_db
def test_nobody_decides_on_their_own_among_many() -> None:
    [client] = registered(resident("Jager"), on=TODAY)
    both = make_staff("intake", "directie")
    notice = Notice.objects.get(involvement=client)
    notice_exceptions.ask(actor=actor_of(both), notice=notice, ground="11.1.c", carrier="UAVG 41.1.j", why="Nodig.")
    rows = Notice.objects.filter(pk=notice.pk).select_related("asked")
    assert enter_all(actor_of(make_staff("directie")), "notice.except", rows)
    with pytest.raises(Refused) as refused:
        enter_all(actor_of(both), "notice.except", rows)
    assert refused.value.code == "access.own"


def test_an_emergency_opens_nothing_before_the_promise_of_secrecy() -> None:
    asked = {
        "roles": frozenset({"caseworker"}),
        "job": "",
        "signed_in": True,
        "act": "document.read",
        "facts": Facts("registered", frozenset({"glass"})),
        "purpose": "",
    }
    assert decide(**asked, declared=True).allowed  # type: ignore[arg-type]
    assert decide(**asked, declared=False).reason == "declaration"  # type: ignore[arg-type]


TIES: tuple[tuple[str, ...], ...] = ((), ("assigned",), ("lead",), ("assigned", "lead"), ("formerly",))


def role_sets() -> Iterator[frozenset[str]]:
    """Nobody, every appointment and every two of them: the widest answer is one of some appointment."""
    for many in range(3):
        yield from map(frozenset, combinations(Role.values, many))


@pytest.mark.parametrize("stated", [False, True])
@pytest.mark.parametrize("declared", [False, True])
def test_art09_a_list_reaches_exactly_as_far_as_the_gate(stated: bool, declared: bool) -> None:
    until = NOW + timedelta(hours=1)
    wrong = []
    formerly = set()
    for roles in role_sets():
        for act in sorted(ACTS):
            purposes = {list_scope(act): StatedPurpose("guidance", until)} if stated else {}
            actor = Actor(uuid4(), NOW, roles=roles, declared=declared, purposes=purposes)
            for state in states_of(act):
                far = reach(actor, act, state)  # type: ignore[arg-type]
                for ties in TIES if state != "none" else [()]:
                    found = decide(
                        roles=roles,
                        job="",
                        declared=declared,
                        signed_in=True,
                        act=act,
                        facts=Facts(state, frozenset(ties)),  # type: ignore[arg-type]
                        purpose="guidance" if stated else "",
                    )
                    listed = far.everything or bool(far.permissions & set(ties))
                    if found.allowed != listed and act not in BEFORE_DECLARING:
                        if ties == ("formerly",):
                            formerly.add(act)
                        else:
                            wrong.append((sorted(roles), act, state, ties, found.rule, far))
    assert wrong == []
    # who was assigned keeps acts on what they wrote themselves; those lists go by their author
    assert formerly == ({"work_note.drop", "request.decide_own_note"} if declared else set())


@pytest.mark.django_db
def test_art03_a_purpose_can_be_stated_only_as_it_was_offered() -> None:
    """No posted form invents a scope, a purpose or an answer to somebody else's question."""
    clients = open_clients(make_principal(), [person("Jager"), person("Visser", 2)])
    pages = [f"/clienten/{client.pk}/" for client in clients]
    officer, other = browser_for(make_staff("officer")), browser_for(make_staff("officer"))
    offer = officer.get(pages[0]).context["form"]["offer"].value()
    refused = [
        (other, {"offer": offer, "purpose": "guidance"}),
        (officer, {"offer": offer, "purpose": "iets anders"}),
        (officer, {"offer": offer[:-2] + "xx", "purpose": "guidance"}),
        (officer, {"scope": str(clients[0].pk), "purpose": "guidance"}),
        (officer, {}),
    ]
    for browser, posted in refused:
        browser.post("/waarvoor/", posted)
        assert "purposes" not in browser.session
    code = officer.get(pages[0]).context["choices"][0].code
    officer.post("/waarvoor/", {"offer": offer, "purpose": code})
    assert list(officer.session["purposes"]) == [str(clients[0].pk)]
    assert b"Jager" in officer.get(pages[0]).content
    assert b"Visser" not in officer.get(pages[1]).content
