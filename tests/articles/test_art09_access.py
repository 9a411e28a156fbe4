"""Art. 9: a client is open to who guides them, their team lead and who is appointed to it; to nobody else at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client as Browser

from clients import assignments
from clients.models import Involvement
from tests.clients.rows import OPENED, assign, make_principal, open_clients, person
from tests.people import NOW, TODAY, actor_of, as_actor, browser_for, make_staff
from werkcontact.access import Actor
from werkcontact.access.gate import decision_for
from werkcontact.access.records import list_scope
from werkcontact.access.table import ACTS, columns_with, states_of, verdict
from werkcontact.access.verdicts import COLUMNS
from werkcontact.staff.models import Role, Staff, Team, TeamMember

pytestmark = pytest.mark.django_db
PAGES = ("", "wijzigen/", "bsn/", "toewijzen/")
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


def told(answer: Any) -> tuple[int, bytes, dict[str, str]]:
    """All that an answer tells, but for the form's token."""
    body = _TOKEN.sub(b"", answer.content)
    headers = {name: value for name, value in answer.headers.items() if name != "Content-Length"}
    return answer.status_code, body, headers


@pytest.mark.parametrize("role", ["caseworker", "franchisee", "lead", "archivist", "research", "technical"])
def test_art09_a_strangers_client_answers_as_one_that_does_not_exist(role: str) -> None:
    [client] = open_clients(make_principal(), [person("Jager", bsn="999992740", secrecy=1)])
    given = assign(client, make_staff("caseworker"))
    browser = browser_for(make_staff(role))
    browser.get("/")
    for pattern, real in ((f"/clienten/%s/{rest}", client.pk) for rest in PAGES):
        for ask in (browser.get, browser.post):
            mine, absent = told(ask(pattern % real)), told(ask(pattern % uuid4()))
            assert mine == absent, pattern
            assert mine[0] == (405 if ask == browser.post and not pattern.partition("%s/")[2] else 404)
    end = "/clienten/toewijzingen/%s/beeindigen/"
    assert told(browser.get(end % given.pk)) == told(browser.get(end % uuid4()))
    assert told(browser.get(f"/clienten/?na={client.pk}")) == told(browser.get(f"/clienten/?na={uuid4()}"))
    assert told(browser.post(f"/clienten/{client.pk}/adres/")) == told(browser.post(f"/clienten/{uuid4()}/adres/"))


def test_art09_a_revoked_assignment_closes_at_the_next_request() -> None:
    [client] = open_clients(make_principal(), [person("Jager")])
    guide, lead, intake = make_staff("caseworker"), make_staff("lead"), make_staff("intake")
    as_actor()
    TeamMember.objects.create(team=Team.objects.create(name="Noord", lead=lead), staff=guide)
    given = assign(client, guide, from_on=OPENED, by=intake)
    browsers = [browser_for(guide), browser_for(lead)]
    where = f"/clienten/{client.pk}/"
    assert [browser.get(where).status_code for browser in browsers] == [200, 200]
    yesterday = TODAY - timedelta(days=1)
    assignments.end(actor=actor_of(intake), assignment=given, until_on=yesterday, today=TODAY)
    assert [browser.get(where).status_code for browser in browsers] == [404, 404]
    for browser in browsers:
        assert str(client.pk).encode() not in browser.post("/clienten/zoeken/", {"q": "jager"}).content


def test_art09_whoever_is_made_inactive_sees_nothing_at_the_next_request() -> None:
    [client] = open_clients(make_principal(), [person("Jager")])
    guide = make_staff("caseworker")
    assign(client, guide, from_on=OPENED)
    browser = browser_for(guide)
    assert browser.get(f"/clienten/{client.pk}/").status_code == 200
    as_actor()
    Staff.objects.filter(pk=guide.pk).update(is_active=False)
    assert b"Jager" not in browser.get(f"/clienten/{client.pk}/").content


def test_art09_nobody_signed_in_sees_nothing() -> None:
    [client] = open_clients(make_principal(), [person("Jager")])
    answers = [Browser().get(f"/clienten/{pk}/") for pk in (client.pk, uuid4())]
    assert [answer.status_code for answer in answers] == [302, 302]


@pytest.fixture
def world(db: None) -> list[Involvement]:
    """Clients that are guided now, were guided, will be, are led, have nobody; and one whose guidance has ended."""
    return open_clients(make_principal(), [person(f"Naam{n}", n) for n in range(6)])


def everybody(world: list[Involvement]) -> Iterator[Actor]:
    intake, guide, led = make_staff("intake"), make_staff("caseworker"), make_staff("franchisee")
    both, undeclared = make_staff("caseworker", "lead"), make_staff("caseworker", declared=False)
    lead, formerly_lead = make_staff("lead"), make_staff("caseworker")
    as_actor()
    for number, who in enumerate((lead, formerly_lead, both)):
        TeamMember.objects.create(team=Team.objects.create(name=f"Team {number}", lead=who), staff=led)
    assign(world[0], guide, by=intake)
    past = assign(world[1], guide, from_on=OPENED, by=intake)
    assignments.end(actor=actor_of(intake), assignment=past, until_on=TODAY - timedelta(days=2), today=TODAY)
    assign(world[2], guide, from_on=TODAY + timedelta(days=3), by=intake)
    for who in (led, both, undeclared):
        assign(world[3], who, by=intake)
    assign(world[5], guide, by=intake)
    Involvement.objects.filter(pk=world[5].pk).update(ended_on=TODAY)
    yield from (actor_of(who) for who in (guide, led, both, undeclared, lead, formerly_lead))
    yield from (actor_of(make_staff(role)) for role in Role.values)
    yield actor_of(make_staff())
    yield actor_of(guide, at=NOW + timedelta(days=10))


def listed_acts() -> list[str]:
    """One act for each line of the table that differs from the others, as far as a list shows it."""
    acts: dict[tuple[str, ...], str] = {}
    for act in sorted(ACTS):
        # who was assigned keeps acts on what they wrote themselves; those lists know the author (dossiers/access.py)
        if "registered" in states_of(act) and "formerly" not in columns_with(act, "registered", "yes"):
            acts.setdefault(tuple(verdict(act, "registered", column) for column in COLUMNS), act)
    return [*acts.values(), "client.list"]


def test_art09_lists_show_exactly_what_the_gate_would_open(world: list[Involvement]) -> None:
    actors = list(everybody(world))
    fresh = list(Involvement.objects.filter(pk__in=[one.pk for one in world], ended_on=None))
    assert len(fresh) == len(world) - 1  # what has ended is the archive's: it stands in no list of these
    for act in listed_acts():
        stated = {list_scope(act): "legal_duty"}
        for each in [*actors, *(actor_of(a.staff, purposes=stated) for a in actors if a.staff)]:
            purpose = each.purpose_for(list_scope(act))
            opened = {one.pk for one in fresh if decision_for(each, act, one, purpose).allowed}
            listed = set(Involvement.objects.visible_to(each, act).values_list("pk", flat=True))
            assert listed == opened, (act, each.roles, bool(purpose))
