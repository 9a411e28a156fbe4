"""Art. 9, 12-15: what goes wrong when somebody comes late, comes back, mistypes, or means ill."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from requests_app import answer, finding, handling, identity_check, more_time, second, sending, worklist
from requests_app.models import RequestAsk, SubjectRequest
from requests_app.more_time import Because
from requests_app.transitions import AskState, RequestState
from tests.people import NOW, TODAY, actor_of, browser_for, make_staff
from tests.requests_app.making import (
    MOULIN,
    RECEIVED,
    Office,
    asks,
    fill_dossier,
    in_hand,
    make_office,
    register_person,
    register_request,
    show_identity,
    take,
)
from tests.requests_app.test_screens import FORM
from werkcontact.refused import Refused


@pytest.fixture
def now_office(db: None) -> Office:
    return make_office(timezone.now() - timedelta(minutes=1))


@pytest.fixture
def handler(now_office: Office) -> Browser:
    return browser_for(now_office.handler)


def page(browser: Browser, made: SubjectRequest) -> str:
    return browser.get(reverse("request.view", args=[made.pk])).content.decode()


def test_receipt_cannot_be_moved_behind_what_was_done_since(office: Office) -> None:
    made = take(office, register_request(office))
    show_identity(office, made, on=date(2026, 11, 5))
    with pytest.raises(Refused, match="impossible") as refused:
        handling.correct_received(actor=office.actor(office.handler), subject_request=made, on=date(2026, 11, 10))
    assert refused.value.field == "on"
    made.refresh_from_db()
    assert made.received_on == RECEIVED


def test_going_back_to_a_sent_form_and_changing_it_loses_no_request(now_office: Office) -> None:
    browser = browser_for(now_office.intake)
    form = FORM | {"request_id": "01890000-0000-7000-8000-000000000001"}
    first = browser.post(reverse("request.register"), form)
    assert browser.post(reverse("request.register"), form)["Location"] == first["Location"]
    changed = form | {"name": "de heer X. Onbekend"}
    told = browser.post(reverse("request.register"), changed)
    assert told.status_code == 422
    again = {name: told.context["form"][name].value() for name in form}
    assert again["request_id"] != form["request_id"]
    assert browser.post(reverse("request.register"), again).status_code == 302
    assert SubjectRequest.objects.count() == 2


def test_only_its_handler_searches_for_the_person_and_only_while_it_runs(now_office: Office, handler: Browser) -> None:
    register_person(now_office)
    made = take(now_office, register_request(now_office))
    url = reverse("request.link", args=[made.pk])
    assert "Moulin" in handler.post(url, {"q": "moulin"}).content.decode()
    other = browser_for(now_office.second).post(url, {"q": "boterdiep moulin"})
    assert other.status_code == 403
    handling.withdraw(
        actor=now_office.actor(now_office.handler), subject_request=made, on=now_office.today - timedelta(days=1)
    )
    made.refresh_from_db()
    closed = handler.post(url, {"q": "moulin"})
    assert closed.status_code in (403, 422)
    assert "01-12-1985" not in closed.content.decode()
    with pytest.raises(Refused):
        finding.search(now_office.actor(now_office.handler), made, "moulin")


def test_the_purpose_ends_with_the_request_and_with_its_handler(now_office: Office, handler: Browser) -> None:
    involvement = register_person(now_office)
    made = in_hand(now_office, [involvement.pk])
    opens, file = (
        reverse("request.open_part", args=[made.pk, made.parts.get().pk]),
        reverse("registration.view", args=[involvement.pk]),
    )
    handler.get(opens)
    assert "Boterdiep" in handler.get(file).content.decode()
    later = actor_of(now_office.second, at=timezone.now())
    handling.assign(actor=later, subject_request=made, handler=now_office.second, today=now_office.today)
    assert "Boterdiep" not in handler.get(file).content.decode()
    other = browser_for(now_office.second)
    other.get(opens)
    assert "Boterdiep" in other.get(file).content.decode()
    handling.withdraw(actor=actor_of(now_office.second, at=timezone.now()), subject_request=made, on=now_office.today)
    assert "Boterdiep" not in other.get(file).content.decode()


def _refused_for_identity(office: Office) -> SubjectRequest:
    """Asked 18 days ago for a request of 40 days ago, and refused a moment ago."""
    made = register_request(office, received_on=office.today - timedelta(days=25))
    then = office.at - timedelta(days=18)
    first = actor_of(office.handler, at=then)
    handling.assign(actor=first, subject_request=made, handler=office.handler, today=first.today)
    asked = identity_check.ask_for_proof(actor=first, subject_request=made, why="Twijfel.", today=first.today)
    sending.mark_sent(actor=first, subject_request=made, letter_id=asked.pk, on=first.today, way="post")
    actor = office.actor(office.handler)
    identity_check.refuse(actor=actor, subject_request=made, reasons="Niets gehoord.", today=office.today)
    second.decide(actor=office.actor(office.director), ask=_leading(made), granted=True, note="")
    letter = answer.make(actor=actor, subject_request=made, today=office.today)
    sending.mark_sent(actor=actor, subject_request=made, letter_id=letter.pk, on=office.today, way="post")
    return SubjectRequest.objects.get(pk=made.pk)


def _leading(made: SubjectRequest) -> RequestAsk:
    rows = RequestAsk.objects.select_related("subject_request", "approval")
    return rows.get(subject_request=made, kind="inspection")


@pytest.fixture
def refused(now_office: Office) -> SubjectRequest:
    from werkcontact.staff.models import Declaration

    Declaration.objects.create(staff=now_office.handler, signed_on=now_office.today - timedelta(days=30))
    return _refused_for_identity(now_office)


def test_proof_that_comes_after_the_refusal_can_be_recorded_from_the_page(
    refused: SubjectRequest, handler: Browser
) -> None:
    assert refused.state == RequestState.CLOSED
    url = reverse("request.identity", args=[refused.pk])
    assert url in page(handler, refused)
    assert handler.post(url, {"how": "desk", "on": "v"}).status_code == 302
    assert {ask.state for ask in asks(refused)} == {AskState.RECEIVED}


def test_proof_that_comes_when_the_handler_has_left_is_taken_up_by_another(
    refused: SubjectRequest, now_office: Office
) -> None:
    other = actor_of(now_office.second, at=timezone.now())
    handling.assign(actor=other, subject_request=refused, handler=now_office.second, today=now_office.today)
    refused.refresh_from_db()
    assert refused.state == RequestState.CLOSED
    browser = browser_for(now_office.second)
    assert browser.post(reverse("request.identity", args=[refused.pk]), {"how": "desk", "on": "v"}).status_code == 302
    refused.refresh_from_db()
    assert refused.state == RequestState.IN_HAND


def test_an_answered_request_is_given_to_nobody_any_more(office: Office) -> None:
    made = take(office, register_request(office))
    handling.withdraw(actor=office.actor(office.handler), subject_request=made, on=TODAY)
    with pytest.raises(Refused, match="closed"):
        handling.assign(actor=office.actor(office.second), subject_request=made, handler=office.second, today=TODAY)


def test_who_was_refused_for_want_of_identity_can_still_take_it_back(
    refused: SubjectRequest, now_office: Office
) -> None:
    handling.withdraw(actor=now_office.actor(now_office.handler), subject_request=refused, on=now_office.today)
    assert {ask.state for ask in asks(refused)} == {AskState.WITHDRAWN}
    refused.refresh_from_db()
    assert refused.state == RequestState.CLOSED


def test_a_refusal_for_want_of_identity_does_not_lead_to_the_decisions(now_office: Office) -> None:
    from requests_app import inspection
    from werkcontact.staff.models import Declaration

    Declaration.objects.create(staff=now_office.handler, signed_on=now_office.today - timedelta(days=30))
    made = register_request(now_office, received_on=now_office.today - timedelta(days=25))
    first = actor_of(now_office.handler, at=now_office.at - timedelta(days=18))
    handling.assign(actor=first, subject_request=made, handler=now_office.handler, today=first.today)
    asked = identity_check.ask_for_proof(actor=first, subject_request=made, why="Twijfel.", today=first.today)
    sending.mark_sent(actor=first, subject_request=made, letter_id=asked.pk, on=first.today, way="post")
    actor = now_office.actor(now_office.handler)
    identity_check.refuse(actor=actor, subject_request=made, reasons="Niets gehoord.", today=now_office.today)
    second.decide(actor=now_office.actor(now_office.director), ask=_leading(made), granted=True, note="")
    with pytest.raises(Refused):
        inspection.reopen(actor=actor, subject_request=made)
    assert {ask.state for ask in asks(made)} == {AskState.WRITING}


def test_who_was_linked_by_mistake_leaves_a_way_on(now_office: Office, handler: Browser) -> None:
    made = in_hand(now_office, [register_person(now_office).pk])
    actor = now_office.actor(now_office.handler)
    handling.unlink(actor=actor, subject_request=made, part=made.parts.get().pk)
    shown = page(handler, made)
    assert reverse("request.link", args=[made.pk]) in shown
    assert f'action="{reverse("request.collect", args=[made.pk])}"' not in shown


def test_an_extension_told_in_time_counts_though_it_is_recorded_late(office: Office) -> None:
    made = take(office, register_request(office))
    in_time = date(2026, 12, 2)
    teller = actor_of(office.handler, at=NOW + timedelta(days=7))
    told = more_time.tell_extension(
        actor=teller, subject_request=made, because=Because.COMPLEX, words="Veel dossiers.", today=date(2026, 12, 1)
    )
    recorder = actor_of(office.handler, at=NOW + timedelta(days=10))
    sending.mark_sent(actor=recorder, subject_request=made, letter_id=told.pk, on=in_time, way="post")
    assert {ask.binding_on for ask in asks(made)} == {date(2026, 11, 30)}  # the house's own promise runs on


def test_an_extension_sent_too_late_is_refused(office: Office) -> None:
    made = take(office, register_request(office))
    teller = actor_of(office.handler, at=NOW + timedelta(days=7))
    told = more_time.tell_extension(
        actor=teller, subject_request=made, because=Because.COMPLEX, words="Veel dossiers.", today=date(2026, 12, 1)
    )
    late = actor_of(office.handler, at=NOW + timedelta(days=10))
    with pytest.raises(Refused, match="too_late"):
        sending.mark_sent(actor=late, subject_request=made, letter_id=told.pk, on=date(2026, 12, 3), way="post")


def test_what_waits_for_a_second_person_names_whom_it_is_about_for_the_log(now_office: Office) -> None:
    from requests_app import inspection
    from requests_app.models.item import Verdict
    from tests.requests_app.making import items

    involvement = register_person(now_office)
    made = in_hand(now_office, [involvement.pk])
    actor = now_office.actor(now_office.handler)
    choice = inspection.Choice(Verdict.WITHHOLD, "13.4.a", "AVG 15.4", "Gaat over een ander.")
    inspection.decide(actor=actor, item=items(made)[0], seen=None, choice=choice)
    inspection.give_all(actor=actor, subject_request=made, items=[one.pk for one in items(made)])
    inspection.finish(actor=actor, subject_request=made)
    rows = worklist.mine(now_office.actor(now_office.second), now_office.today)
    assert [made.pk in row.subjects and involvement.pk in row.subjects for row in rows] == [True]


JUNK: list[Any] = ["", "\x00", "x" * 5000, "-1", "🙂", "31-02-2026", "01-01-0001", "9999-12-31", "' or 1=1", "<b>", "٣"]
PER_REQUEST = [
    "request.identity", "request.ask_identity", "request.refuse_identity", "request.link", "request.refuse",
    "request.extend", "request.specify", "request.specified", "request.received", "request.withdrawn",
    "request.assign",
]  # fmt: skip
FIELDS = [
    "on", "how", "why", "reasons", "necessity", "ground", "because", "words", "available", "handler", "q",
    "involvements", "choose", "seen", "verdict", "way", "granted", "note", "group", "received_on", "kinds", "asked",
    "name", "birth", "address", "email", "telephone", "capacity", "about", "answer_way", "request_id", "copy",
]  # fmt: skip


def test_no_form_of_a_request_crashes_on_whatever_is_typed(now_office: Office, handler: Browser) -> None:
    from tests.requests_app.making import items

    involvement = register_person(now_office)
    fill_dossier(now_office, involvement)
    made = in_hand(now_office, [involvement.pk])
    urls = [reverse(name, args=[made.pk]) for name in PER_REQUEST]
    urls += [
        reverse("request.register"),
        reverse("request.give_group", args=[made.pk]),
        reverse("request.decide", args=[made.pk, items(made, "version")[0].pk]),
        reverse("request.decide", args=[made.pk, items(made, "field")[0].pk]),
    ]
    for junk in JUNK:
        for url in urls:
            assert handler.post(url, dict.fromkeys(FIELDS, junk)).status_code < 500, (url, junk[:10])
        for name in ("toon", "pagina", "client"):
            for url in (reverse("request.list"), reverse("request.register")):
                assert handler.get(url, {name: junk}).status_code < 500


def test_each_date_that_can_be_typed_is_taken_or_refused(now_office: Office, handler: Browser) -> None:
    made = take(now_office, register_request(now_office))
    for day in ("01-01-0001", "31-12-1899", "1-1-1970", "13-12-2017", "14-12-2017", "v", "g"):
        for name in ("request.received", "request.identity", "request.specified", "request.withdrawn"):
            sent = {"on": day, "how": "desk"}
            assert handler.post(reverse(name, args=[made.pk]), sent).status_code < 500, (name, day)
        assert handler.post(reverse("request.register"), FORM | {"received_on": day}).status_code < 500, day


def test_a_stranger_gets_404_on_every_page_of_an_item_or_letter(now_office: Office) -> None:
    involvement = register_person(now_office)
    fill_dossier(now_office, involvement)
    made = in_hand(now_office, [involvement.pk])
    assert made.number != MOULIN.name
    browser = browser_for(make_staff("intake"))
    part = made.parts.get()
    for name in ("request.open_part", "request.unlink", "request.package"):
        answered = browser.post if name == "request.unlink" else browser.get
        assert answered(reverse(name, args=[made.pk, part.pk])).status_code in (403, 404)
