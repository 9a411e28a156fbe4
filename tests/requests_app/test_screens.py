"""Art. 9, 12-13: the screens of requests: who gets them, what a receipt tells, and how often they ask the database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clients.models import Involvement
from requests_app import answer, handling, inspection, second, worklist
from requests_app.models import RequestAsk, RequestItem, SubjectRequest
from requests_app.models.item import Verdict
from tests.people import browser_for, make_staff
from tests.requests_app.making import (
    INSPECTION,
    MOULIN,
    Office,
    asks,
    fill_dossier,
    in_hand,
    items,
    make_office,
    register_person,
    register_request,
    take,
)
from werkcontact.access.models import AccessLog

FORM = {
    "received_on": "v",
    "way": "letter",
    "kinds": ["inspection", "copy"],
    "asked": MOULIN.asked,
    "name": MOULIN.name,
    "birth": MOULIN.birth,
    "address": MOULIN.address,
    "capacity": "self",
    "answer_way": "post",
}
PER_REQUEST = [
    "request.view", "request.identity", "request.ask_identity", "request.refuse_identity", "request.link",
    "request.refuse", "request.extend", "request.specify", "request.specified", "request.received",
    "request.withdrawn", "request.assign",
]  # fmt: skip


@pytest.fixture
def now_office(db: None) -> Office:
    return make_office(timezone.now() - timedelta(minutes=1))


@pytest.fixture
def handler(now_office: Office) -> Browser:
    return browser_for(now_office.handler)


def words(response: Any) -> str:
    """The body without what differs each time: the form's token, the number."""
    text = re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    return re.sub(r"V-\d{4}-\d{6}", "V", text)


def test_the_receipt_is_the_same_for_who_is_known_and_for_a_stranger(now_office: Office) -> None:
    register_person(now_office)
    browser = browser_for(now_office.intake)
    pages = []
    for name in (MOULIN.name, "de heer X. Onbekend"):
        made = browser.post(reverse("request.register"), FORM | {"name": name})
        assert made.status_code == 302
        pages.append(words(browser.get(made["Location"])))
    assert pages[0] == pages[1]
    assert "Moulin" not in pages[0]
    assert "Onbekend" not in pages[1]
    other = browser_for(now_office.caseworker).get(reverse("request.receipt", args=[_first().pk]))
    assert other.status_code == 404


def _first() -> SubjectRequest:
    return SubjectRequest.objects.order_by("registered_at")[0]


def test_what_was_typed_stays_when_it_is_refused(now_office: Office) -> None:
    browser = browser_for(now_office.caseworker)
    answer = browser.post(reverse("request.register"), FORM | {"received_on": "31-12-2999", "address": ""})
    assert answer.status_code == 422
    assert MOULIN.asked in answer.content.decode()
    assert not SubjectRequest.objects.exists()


def test_from_a_clients_page_words_are_filled_in_and_only_for_who_sees_the_client(now_office: Office) -> None:
    involvement = register_person(now_office)
    url = f"{reverse('request.register')}?client={involvement.pk}"
    assert "Boterdiep" in browser_for(now_office.caseworker).get(url).content.decode()
    stranger = browser_for(make_staff("caseworker")).get(url)
    assert stranger.status_code == 200
    assert "Boterdiep" not in stranger.content.decode()
    assert browser_for(now_office.caseworker).get(f"{reverse('request.register')}?client=geen").status_code == 200


@pytest.mark.parametrize("name", PER_REQUEST)
def test_a_request_of_others_is_as_absent_as_one_that_is_not_there(now_office: Office, name: str) -> None:
    made = take(now_office, register_request(now_office))
    browser = browser_for(make_staff("caseworker"))
    found, absent = (browser.get(reverse(name, args=[pk])) for pk in (made.pk, uuid4()))
    if name == "request.assign":  # an act of the house: refused by appointment, whatever the request
        assert found.status_code == absent.status_code == 403
    else:
        assert found.status_code == absent.status_code == 404
    assert words(found) == words(absent).replace(str(absent.wsgi_request.path), str(found.wsgi_request.path))


@pytest.mark.parametrize("name", PER_REQUEST)
def test_the_handler_opens_every_page(now_office: Office, handler: Browser, name: str) -> None:
    made = take(now_office, register_request(now_office))
    assert handler.get(reverse(name, args=[made.pk])).status_code == 200


def test_who_guides_sees_that_there_is_a_request_and_nothing_inside(now_office: Office) -> None:
    involvement = register_person(now_office)
    fill_dossier(now_office, involvement)
    made = in_hand(now_office, [involvement.pk])
    page = browser_for(now_office.caseworker).get(reverse("request.view", args=[made.pk])).content.decode()
    assert made.number in page
    assert MOULIN.asked not in page
    assert "Verslag met werkgever" not in page
    assert "Verzamel" not in re.sub(r"<ol class=\"wc-steps.*?</ol>", "", page, flags=re.S)


def test_the_handler_never_reads_a_work_note_and_its_author_does(now_office: Office, handler: Browser) -> None:
    involvement = register_person(now_office)
    fill_dossier(now_office, involvement)
    made = in_hand(now_office, [involvement.pk])
    (note,) = items(made, "note")
    url = reverse("request.decide_own_note", args=[note.pk])
    assert "Even over nadenken" not in handler.get(reverse("request.view", args=[made.pk])).content.decode()
    assert handler.get(url).status_code == 403
    assert browser_for(make_staff("caseworker")).get(url).status_code == 404
    author = browser_for(now_office.caseworker)
    assert "Even over nadenken" in author.get(url).content.decode()
    assert author.post(url, {"verdict": "give", "seen": ""}).status_code == 302
    note.refresh_from_db()
    assert note.verdict == "give"


def test_coming_from_the_request_the_purpose_is_filled_in(now_office: Office, handler: Browser) -> None:
    involvement = register_person(now_office)
    made = in_hand(now_office, [involvement.pk])
    part = made.parts.get()
    page = reverse("registration.view", args=[involvement.pk])
    asked = handler.get(page).content.decode()
    assert f"request:{made.number}" in asked  # "waarvoor?" offers it
    assert "Boterdiep" not in asked
    handler.get(reverse("request.open_part", args=[made.pk, part.pk]))
    assert "Moulin" in handler.get(page).content.decode()
    row = AccessLog.objects.filter(act="registration.view", outcome="200").latest("at")
    assert row.purpose == f"request:{made.number}"
    other = browser_for(now_office.second)
    assert other.get(reverse("request.open_part", args=[made.pk, part.pk])).status_code in (403, 404)


def test_a_search_for_the_person_is_in_the_log_with_whom_it_showed(now_office: Office, handler: Browser) -> None:
    involvement = register_person(now_office)
    made = take(now_office, register_request(now_office))
    handler.post(reverse("request.link", args=[made.pk]), {"q": "moulin"})
    row = AccessLog.objects.filter(act="request.link").latest("at")
    assert {involvement.pk, made.pk} <= set(row.subjects)
    assert row.purpose == f"request:{made.number}"


def test_a_button_that_comes_too_early_says_why(now_office: Office, handler: Browser) -> None:
    made = take(now_office, register_request(now_office))
    page = handler.post(reverse("request.collect", args=[made.pk]), follow=True).content.decode()
    assert "Leg eerst vast hoe deze persoon" in page
    assert AccessLog.objects.filter(outcome="refused:handling.identity_first").exists()


def _queries(browser: Browser, url: str) -> int:
    browser.get(url)  # a new session writes itself once
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(url).status_code == 200
    return len(captured)


def test_the_list_asks_as_often_for_many_as_for_few(now_office: Office, handler: Browser) -> None:
    for _number in range(2):
        take(now_office, register_request(now_office))
    few = _queries(handler, reverse("request.list"))
    for _number in range(30):
        take(now_office, register_request(now_office))
    assert _queries(handler, reverse("request.list")) == few
    assert few <= 25


def test_the_page_asks_as_often_for_many_items_as_for_few(now_office: Office, handler: Browser) -> None:
    involvement = register_person(now_office)
    fill_dossier(now_office, involvement)
    made = in_hand(now_office, [involvement.pk])
    url = reverse("request.view", args=[made.pk])
    few = _queries(handler, url)
    for _number in range(3):
        fill_dossier(now_office, involvement)
    assert _queries(handler, url) == few
    assert few <= 25


def test_no_page_of_a_request_asks_more_than_25_times(now_office: Office, handler: Browser) -> None:
    involvement = register_person(now_office)
    fill_dossier(now_office, involvement)
    made = in_hand(now_office, [involvement.pk])
    actor, (note,) = now_office.actor(now_office.handler), items(made, "note")
    pages = [reverse(name, args=[made.pk]) for name in PER_REQUEST if name != "request.refuse_identity"]
    pages.append(reverse("request.decide", args=[made.pk, items(made, "version")[0].pk]))
    counts = {page: _queries(handler, page) for page in [*pages, reverse("request.list"), reverse("request.register")]}
    author = browser_for(now_office.caseworker)
    counts["note"] = _queries(author, reverse("request.decide_own_note", args=[note.pk]))
    choice = inspection.Choice(Verdict.WITHHOLD, "13.4.a", "AVG 15.4", "Gaat over een ander.")
    inspection.decide_own_note(actor=now_office.actor(now_office.caseworker), item=note, seen=None, choice=choice)
    inspection.give_all(actor=actor, subject_request=made, items=[item.pk for item in items(made)])
    inspection.finish(actor=actor, subject_request=made)
    counts["waits"] = _queries(handler, pages[0])
    counts["second"] = _queries(
        browser_for(now_office.director), reverse("request.decide_second", args=[_leading(made)])
    )
    ask = RequestAsk.objects.select_related("approval", "subject_request").get(pk=_leading(made))
    second.decide(actor=now_office.actor(now_office.second), ask=ask, granted=True, note="")
    answer.make(actor=actor, subject_request=made, today=now_office.today)
    counts["answer"] = _queries(handler, pages[0])
    assert {page: count for page, count in counts.items() if count > 25} == {}


def test_work_shows_up_with_whom_it_waits_for(now_office: Office) -> None:
    involvement = register_person(now_office)
    fill_dossier(now_office, involvement)
    free = register_request(now_office)
    made = in_hand(now_office, [involvement.pk])
    mine = {name: list(_mine(now_office, getattr(now_office, name))) for name in ("handler", "second", "director")}
    assert sorted(mine["handler"]) == sorted([free.number, made.number])
    assert mine["second"] == mine["director"] == [free.number]
    (note,) = items(made, "note")
    rows = worklist.mine(now_office.actor(now_office.caseworker), now_office.today)
    assert [row.url for row in rows] == [reverse("request.decide_own_note", args=[note.pk])]
    due = worklist.due(now_office.today)
    assert {each.staff for each in due} == {(), (now_office.handler.pk,)}
    assert len(due) == 4


def _mine(office: Office, staff: Any) -> Iterator[str]:
    for row in worklist.mine(office.actor(staff), office.today):
        yield str(row.who_meta[0].text)


def test_what_waits_for_a_second_person_is_not_shown_to_who_prepared_it(now_office: Office, handler: Browser) -> None:
    involvement = register_person(now_office)
    made = in_hand(now_office, [involvement.pk])
    item = items(made, "field")[0]
    url = reverse("request.decide", args=[made.pk, item.pk])
    facts = {"verdict": "withhold", "ground": "13.4.a|AVG 15.4", "words": "Gaat over een ander."}
    assert handler.post(url, facts).status_code == 302
    for group in _groups(handler, made):
        handler.post(reverse("request.give_group", args=[made.pk]), {"group": group})
    handler.post(reverse("request.finish", args=[made.pk]))
    for staff, count in ((now_office.handler, 0), (now_office.second, 1), (now_office.director, 1)):
        assert len(worklist.waiting(now_office.actor(staff), now_office.today)) == count
        mine = [row.url for row in worklist.mine(now_office.actor(staff), now_office.today)]
        assert sum("/tweede/" in url for url in mine) == count
    assert worklist.waiting(now_office.actor(now_office.caseworker), now_office.today) == []
    second_url = reverse("request.decide_second", args=[_leading(made)])
    assert handler.get(second_url).status_code == 403
    assert "Gaat over een ander" in browser_for(now_office.second).get(second_url).content.decode()


def _groups(browser: Browser, made: SubjectRequest) -> list[str]:
    page = browser.get(reverse("request.view", args=[made.pk])).content.decode()
    return re.findall(r'name="group" value="([^"]+)"', page)


def _leading(made: SubjectRequest) -> Any:
    return next(ask.pk for ask in asks(made) if ask.kind == "inspection")


def test_a_decision_on_an_item_of_another_request_is_not_taken_here(now_office: Office, handler: Browser) -> None:
    one = in_hand(now_office, [register_person(now_office).pk])
    other = in_hand(now_office, [register_person(now_office, "Ander", reference="UWV-2").pk])
    item = items(other, "field")[0]
    for name in ("request.decide", "request.open_item", "request.redacted"):
        assert handler.get(reverse(name, args=[one.pk, item.pk])).status_code == 404
    assert RequestItem.objects.get(pk=item.pk).verdict == "undecided"


def test_signed_out_one_is_asked_to_sign_in(now_office: Office) -> None:
    made = register_request(now_office, kinds=INSPECTION)
    for name in PER_REQUEST:
        assert Browser().get(reverse(name, args=[made.pk])).status_code == 302
    assert Involvement.objects.count() == 0
    assert handling.current_handler(made, now_office.at) is None
