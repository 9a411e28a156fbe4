"""Art. 11: the screens of the notice, the worklists that it fills, and what a list of many costs."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clients import assignments, notice_exceptions, notice_runs, notices, worklist_notices
from clients.models import Involvement, Notice
from dossiers.models import Document, Dossier
from tests.clients.rows import make_principal
from tests.clients.told import delivery_of, intake, notice_of, registered, resident, run_filing
from tests.people import NOW, TODAY, actor_of, browser_for, make_staff
from werkcontact.access.actor import AMSTERDAM
from werkcontact.access.models import AccessLog
from werkcontact.staff.models import Staff

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


def today() -> date:
    """The day of the clock, which screens read."""
    return timezone.now().astimezone(AMSTERDAM).date()


def queries(browser: Browser, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert browser.get(url).status_code == 200
    return len(captured)


def guided(involvement: Involvement) -> Staff:
    """Somebody who guides this client at this moment."""
    caseworker, now = make_staff("caseworker"), timezone.now()
    assignments.give(
        actor=actor_of(make_staff("intake"), at=now),
        involvement=involvement,
        caseworker=caseworker,
        from_on=today(),
        reason="regio",
        today=today(),
    )
    return caseworker


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def test_one_letter_from_page_to_dossier() -> None:
    (involvement,) = registered(resident("Vries"), on=today() - timedelta(days=3))
    browser = browser_for(guided(involvement))
    page_url = reverse("notice.send", args=[involvement.pk])
    overview = browser.get(reverse("registration.view", args=[involvement.pk])).content.decode()
    assert page_url in overview
    assert "Kennisgeving van opname" in overview

    page = browser.get(page_url).content.decode()
    assert f"{today() + timedelta(days=25):%d-%m-%Y}" in page
    assert browser.get(reverse("notice.letter", args=[involvement.pk])).status_code == 404
    assert browser.post(reverse("notice.letter_make", args=[involvement.pk])).status_code == 302
    page = browser.get(page_url).content.decode()
    pdf = browser.get(reverse("notice.letter", args=[involvement.pk]))
    assert pdf.content.startswith(b"%PDF")
    assert pdf.headers["Cache-Control"] == "no-store, private"
    assert AccessLog.objects.filter(act="notice.send", kind="print", subjects__contains=[involvement.pk]).exists()

    said = {"on": "vandaag", "way": "post", "made_at": hidden(page, "made_at")}
    sent = browser.post(reverse("notice.letter_sent", args=[involvement.pk]), said, follow=True).content.decode()
    assert "De brief ligt in het dossier" in sent
    assert "op tijd" in sent
    assert Document.objects.filter(dossier__involvement=involvement).count() == 1
    again = browser.post(reverse("notice.letter_sent", args=[involvement.pk]), said)
    assert again.status_code == 422
    assert "Dit is al gedaan" in again.content.decode()


@pytest.mark.parametrize(("days", "words"), [(1, "Deze dag moet nog komen"), (-9, "Deze dag ligt vóór de registratie")])
def test_a_day_that_cannot_be_is_told_at_the_field_with_what_was_typed(days: int, words: str) -> None:
    (involvement,) = registered(resident("Vries"), on=today() - timedelta(days=3))
    browser = browser_for(make_staff("intake"))
    browser.post(reverse("notice.letter_make", args=[involvement.pk]))
    page = browser.get(reverse("notice.send", args=[involvement.pk])).content.decode()
    typed = f"{today() + timedelta(days=days):%d-%m-%Y}"
    said = {"on": typed, "way": "post", "made_at": hidden(page, "made_at")}
    response = browser.post(reverse("notice.letter_sent", args=[involvement.pk]), said)
    page = response.content.decode()
    assert response.status_code == 422
    assert 'id="id_on_error"' in page
    assert words in page
    assert f'value="{typed}"' in page


def test_a_secret_address_is_warned_of_and_must_be_ticked() -> None:
    (involvement,) = registered(resident("Vries", secrecy=2), on=today())
    browser = browser_for(make_staff("intake"))
    page = browser.get(reverse("notice.send", args=[involvement.pk])).content.decode()
    assert "Dit adres is geheim" in page
    assert "Boterdiep" not in page
    make = reverse("notice.letter_make", args=[involvement.pk])
    refused = browser.post(make)
    assert refused.status_code == 422
    assert 'id="id_secret_seen_error"' in refused.content.decode()
    assert browser.post(make, {"secret_seen": "on"}).status_code == 302


@pytest.mark.parametrize(
    "name", ["notice.send", "notice.letter", "notice.otherwise", "notice.known", "notice.ask_exception"]
)
def test_a_stranger_gets_what_nobody_gets(name: str) -> None:
    (involvement,) = registered(resident("Vries"), on=today())
    browser = browser_for(make_staff("caseworker"))
    foreign, absent = (browser.get(reverse(name, args=[pk])) for pk in (involvement.pk, uuid4()))
    assert (foreign.status_code, absent.status_code) == (404, 404)
    assert TOKEN.sub("", foreign.content.decode()) == TOKEN.sub("", absent.content.decode())


def test_a_stranger_prints_and_sends_nothing() -> None:
    involved = registered(resident("Vries"), on=today())
    delivery = delivery_of(involved, make_staff("intake"))
    browser = browser_for(make_staff("caseworker"))
    assert browser.get(reverse("notice.run", args=[delivery.pk])).status_code == 403
    assert browser.get(reverse("notice.run_pdf", args=[delivery.pk, 1])).status_code == 403
    assert browser.post(reverse("notice.run_make", args=[delivery.pk])).status_code == 403
    assert browser.post(reverse("notice.run_sent", args=[delivery.pk])).status_code == 403
    assert browser.post(reverse("notice.letter_make", args=[involved[0].pk])).status_code == 404


def test_a_delivery_is_printed_and_marked_sent_and_the_second_window_is_told() -> None:
    involved = registered(resident("Bakker"), resident("Aalbers", 2), resident("Geheim", 3, secrecy=5), on=today())
    delivery = delivery_of(involved, make_staff("intake"))
    browser = browser_for(make_staff("intake"))
    assert reverse("notice.run", args=[delivery.pk]) in browser.get(reverse("notice.list")).content.decode()
    run = reverse("notice.run", args=[delivery.pk])
    assert "Maak 2 brieven" in browser.get(run).content.decode()
    made = browser.post(reverse("notice.run_make", args=[delivery.pk]), follow=True).content.decode()
    assert "geheim adres: los versturen" in made
    pdf = browser.get(reverse("notice.run_pdf", args=[delivery.pk, 1]))
    assert pdf.content.startswith(b"%PDF")
    row = AccessLog.objects.get(act="notice.send", kind="print")
    assert {involved[0].pk, involved[1].pk} <= set(row.subjects)
    assert involved[2].pk not in row.subjects
    assert browser.get(reverse("notice.run_pdf", args=[delivery.pk, 2])).status_code == 404

    said = {"on": "v", "digest": hidden(made, "digest")}
    sent = reverse("notice.run_sent", args=[delivery.pk])
    assert "2 brieven zijn vastgelegd als verstuurd" in browser.post(sent, said, follow=True).content.decode()
    second = browser.post(sent, said)
    assert second.status_code == 422
    assert "al als verstuurd vastgelegd" in second.content.decode()
    assert "0 van 2" in browser.get(run).content.decode()
    assert run_filing(timezone.now()) == 2
    assert "2 van 2" in browser.get(run).content.decode()


def test_how_somebody_knows_is_recorded_on_its_page() -> None:
    (involvement,) = registered(resident("Vries"), on=today())
    browser = browser_for(make_staff("intake"))
    url = reverse("notice.known", args=[involvement.pk])
    empty = browser.post(url, {"on": "v", "how": " "})
    assert empty.status_code == 422
    done = browser.post(url, {"on": "v", "how": "Meegegeven in het eerste gesprek."}, follow=True).content.decode()
    assert "Meegegeven in het eerste gesprek." in done
    assert "weet het al (11.1.a)" in done


def test_an_exception_goes_from_asking_to_the_decision_of_the_directie() -> None:
    (involvement,) = registered(resident("Vries"), on=today())
    browser, directie = browser_for(make_staff("intake")), browser_for(make_staff("directie"))
    url = reverse("notice.ask_exception", args=[involvement.pk])
    asked = {"ground": "11.1.b|UAVG 41.1.i", "why": "Een gezinslid loopt gevaar."}
    assert browser.post(url, {**asked, "ground": "11.1.a|AVG 14.5.a"}).status_code == 422
    assert "wacht op de directie" in browser.post(url, asked, follow=True).content.decode()

    notice = Notice.objects.get(involvement=involvement)
    decide = reverse("notice.except", args=[notice.pk])
    assert browser.get(decide).status_code == 403
    listed = directie.get(reverse("notice.exceptions")).content.decode()
    assert decide in listed
    assert Dossier.objects.get(involvement=involvement).number in listed
    page = directie.get(decide).content.decode()
    assert "Een gezinslid loopt gevaar." in page
    assert "Vries" not in page  # a number is enough to decide
    said = {"granted": "yes", "seen": hidden(page, "seen")}
    assert directie.post(decide, said).status_code == 302
    assert directie.post(decide, said).status_code == 422
    assert "uitzondering (11.1.b)" in browser.get(reverse("notice.send", args=[involvement.pk])).content.decode()


def test_late_stands_on_top_and_the_list_is_narrowed_by_principal_delivery_and_state() -> None:
    uwv, other = make_principal(), make_principal("Gemeente")
    late = registered(resident("Laat"), on=today() - timedelta(days=40), principal=uwv)
    soon = registered(resident("Straks", 2), on=today(), principal=uwv)
    theirs = registered(resident("Anders", 3), on=today(), principal=other)
    delivery = delivery_of(soon, make_staff("intake"))
    browser, base = browser_for(make_staff("intake")), reverse("notice.list")

    def names(query: str = "") -> list[str]:
        page = browser.get(base + query).content.decode()
        return re.findall(r'wc-row__title" href="[^"]+/kennisgeving/">([^,<]+)', page)

    assert names()[0] == "Laat"
    assert sorted(names()) == ["Anders", "Laat", "Straks"]
    assert names(f"?opdrachtgever={other.pk}") == ["Anders"]
    assert names(f"?aanlevering={delivery.pk}") == ["Straks"]
    assert names("?stand=afgerond") == []
    assert "12 dagen te laat" in browser.get(base).content.decode()
    actor = actor_of(make_staff("intake"), at=timezone.now())
    notices.mark_known(actor=actor, notice=notice_of(actor, late[0]), on=today(), how="Verteld.", today=today())
    assert names("?stand=afgerond") == ["Laat"]
    assert browser.get(f"{base}?na={uuid4()}").status_code == 404
    assert browser.get(f"{base}?opdrachtgever=x").status_code == 404
    assert len(theirs) == 1


def test_pages_follow_each_other_without_gap_or_double() -> None:
    registered(*(resident(f"Naam{number}", number) for number in range(120)), on=today())
    browser, url, seen = browser_for(make_staff("intake")), reverse("notice.list"), []
    while url:
        page = browser.get(url).content.decode()
        seen += re.findall(r'wc-row__title" href="([^"]+/kennisgeving/)"', page)
        following = re.search(r'href="([^"]+)" rel="next"', page)
        url = following[1].replace("&amp;", "&") if following else ""
    assert len(seen) == len(set(seen)) == 120


def test_no_page_costs_more_for_a_thousand_than_for_ten() -> None:
    principal, person = make_principal(), make_staff("intake")
    few = registered(*(resident(f"A{n}", n) for n in range(10)), on=today(), principal=principal)
    small = delivery_of(few, person)
    browser, actor = browser_for(person), actor_of(person, at=timezone.now())

    def cost(delivery_pk: object) -> dict[str, int]:
        return {
            "list": queries(browser, reverse("notice.list")),
            "run": queries(browser, reverse("notice.run", args=[delivery_pk])),
            "today": queries(browser, reverse("home")),
        }

    cost(small.pk)
    before = cost(small.pk)
    with CaptureQueriesContext(connection) as ten:
        notice_runs.make_run(actor=actor, delivery=small, today=today())
    many = registered(*(resident(f"B{n}", n) for n in range(100, 1090)), on=today(), principal=principal)
    large = delivery_of([*few, *many], person)
    after = cost(large.pk)
    with CaptureQueriesContext(connection) as thousand:
        notice_runs.make_run(actor=actor, delivery=large, today=today())
    assert after == before
    assert max(after.values()) <= 25
    assert len(thousand) <= len(ten) + 3  # the notices that have a letter already are compared, and new ones written
    run = notice_runs.read_run(actor, large)
    with CaptureQueriesContext(connection) as sending:
        notice_runs.mark_run_sent(actor=actor, delivery=large, digest=run.digest, on=today(), way="post", today=today())
    assert len(sending) <= 15
    assert [len(part) for part in run.parts] == [500, 500]


def test_what_one_must_do_today_is_ones_own_and_intake_has_what_nobody_has_by_principal_and_day() -> None:
    involved = registered(*(resident(f"Naam{n}", n) for n in range(4)), on=TODAY - timedelta(days=20))
    guide = make_staff("caseworker")
    by = intake()
    assignments.give(actor=by, involvement=involved[0], caseworker=guide, from_on=TODAY, reason="regio", today=TODAY)
    at = NOW + timedelta(minutes=1)
    (mine,) = worklist_notices.mine(actor_of(guide, at=at), TODAY)
    assert mine.url == reverse("notice.send", args=[involved[0].pk])
    assert mine.who == "Naam0, J."
    assert mine.work_by_on == mine.binding_on == TODAY + timedelta(days=8)
    assert by.staff
    (theirs,) = worklist_notices.mine(actor_of(by.staff, at=at), TODAY)
    assert "3 brieven" in str(theirs.title)
    assert worklist_notices.mine(actor_of(make_staff("caseworker"), at=at), TODAY) == []

    due = {each.subject: (each.staff, each.role) for each in worklist_notices.due(TODAY)}
    ids = dict(Notice.objects.values_list("pk", "involvement"))
    assert {ids[pk]: told for pk, told in due.items()} == {
        each.pk: ((guide.pk,) if each == involved[0] else (), "intake") for each in involved
    }
    assert worklist_notices.due(TODAY - timedelta(days=7)) == []  # the longest reminder is fourteen days before


def test_what_waits_for_the_directie_is_named_by_number() -> None:
    actor, directie = intake(), make_staff("directie")
    (involvement,) = registered(resident("Vries"), on=TODAY)
    notice_exceptions.ask(
        actor=actor, notice=notice_of(actor, involvement), ground="11.1.c", carrier="UAVG 41.1.j", why="Nodig."
    )
    (waits,) = worklist_notices.waiting(actor_of(directie), TODAY)
    assert waits.number == Dossier.objects.get(involvement=involvement).number
    assert (waits.since, waits.work_by_on) == (TODAY, TODAY + timedelta(days=28))
    assert worklist_notices.waiting(actor, TODAY) == []
