"""Art. 4, 9, 16: the page of one involvement, its BSN, address and contact data, and the screens that assign."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clients import assignments, worklist
from clients.delivery.fields import Value
from clients.models import Assignment, Involvement, Registration
from clients.registered import CONTACT
from tests.clients.rows import OPENED, assign, make_principal, open_clients, person
from tests.people import TODAY, actor_of, as_actor, browser_for, make_staff
from werkcontact.staff.models import Staff

pytestmark = pytest.mark.django_db
BSN = "999992740"
FIELDS: dict[str, Value] = {
    "prefix": "de",
    "bsn": BSN,
    "birth": "00-02-1995",
    "street": "Leyweg",
    "house_number": "1485",
    "postcode": "2584AE",
    "city": "Den Haag",
    "country": "6030",
    "email": "client@example.nl",
    "service": "Naar werk",
}


def one(**fields: Value) -> Involvement:
    [client] = open_clients(make_principal(), [person("Jager") | FIELDS | fields])
    return client


def guided(**fields: Value) -> tuple[Involvement, Staff, Browser]:
    client, guide = one(**fields), make_staff("caseworker", name="N. Visser")
    assign(client, guide, from_on=OPENED, by=make_staff("intake", name="D. Willems"))
    return client, guide, browser_for(guide)


def page(browser: Browser, client: Involvement, rest: str = "") -> str:
    answer = browser.get(f"/clienten/{client.pk}/{rest}")
    assert answer.status_code == 200
    return answer.content.decode()


def last_row() -> tuple[str, str, str, str]:
    with connection.cursor() as cursor:
        cursor.execute("select act, kind, purpose, outcome from access_log order by id desc limit 1")
        return cursor.fetchone()  # type: ignore[no-any-return]


def ground() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select ground from access_log order by id desc limit 1")
        return str(cursor.fetchone()[0])


def text_of(content: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", content).split())


def test_the_page_says_whose_file_it_is_why_one_sees_it_and_where_each_fact_comes_from() -> None:
    client, _guide, browser = guided()
    content = page(browser, client)
    text = text_of(content)
    for said in (
        "de heer J. de Jager",
        "00-02-1995",
        "31 jaar",
        "REF-00001",
        "D-2026-",
        "******740",
        "Toegewezen aan u sinds 1 november 2026.",
        "D. Willems heeft deze cliënt vanaf 1 november 2026 aan u toegewezen. Reden: regio.",
        "volgens UWV, aanlevering van 1 november 2026",
        "Geachte heer De Jager",
        "Leyweg 1485",
        "Naar werk",
        "N. Visser toegewezen sinds 1 november 2026",
    ):
        assert said in text, said
    assert BSN not in content
    assert "Toewijzen" not in text  # a caseworker does not assign


def test_art16_the_bsn_is_shown_for_a_stated_purpose_and_that_is_logged() -> None:
    client, _guide, browser = guided()
    where = f"/clienten/{client.pk}/bsn/"
    for answer in (browser.get(where), browser.post(where), browser.post(where, {"purpose": "curiosity"})):
        assert BSN not in answer.content.decode()
        assert last_row()[0] == "bsn.reveal"
        assert last_row()[3] == "purpose"
    shown = browser.post(where, {"purpose": "guidance"})
    assert BSN in shown.content.decode()
    assert last_row() == ("bsn.reveal", "read", "guidance", "done")
    assert BSN in browser.post(where).content.decode()  # it holds for an hour
    assert BSN not in browser.get(where).content.decode()
    officer = browser_for(make_staff("officer"))
    assert officer.post(where, {"purpose": "oversight"}).status_code == 200  # the question for the page itself
    assert b"740" not in officer.post(where, {"purpose": "oversight"}).content


@pytest.mark.parametrize("code", range(1, 8))
def test_a_secret_address_is_hidden_until_asked_for_and_that_is_logged(code: int) -> None:
    client, _guide, browser = guided(secrecy=code)
    content = page(browser, client)
    assert f"Geheim adres (code {code})." in content
    assert "Leyweg" not in content
    assert "Leyweg" not in page(browser, client, "wijzigen/")
    shown = browser.post(f"/clienten/{client.pk}/adres/")
    assert b"Leyweg 1485" in shown.content
    assert last_row() == ("registration.view", "read", "guidance", "done")
    assert ground() == "address"
    assert "Leyweg" in page(browser, client, "wijzigen/?adres=1")


def test_contact_data_are_changed_with_their_source_and_mistakes_keep_what_was_typed() -> None:
    client, _guide, browser = guided()
    where = f"/clienten/{client.pk}/wijzigen/"
    address = ("street", "house_number", "postcode", "city", "country")
    form = {name: getattr(client.registration, name) for name in address} | {"seen": seen(browser, client)}
    form |= {"secrecy": "0", "email": "geen adres", "telephone": "06-12345678"}
    wrong = browser.post(where, {**form, "telephone": "tel", "house_number": "12A"})
    assert wrong.status_code == 422
    said = text_of(wrong.content.decode())
    assert 'value="geen adres"' in wrong.content.decode()
    for words in ("3 dingen", "geen e-mailadres", "geen telefoonnummer", "geen huisnummer"):
        assert words in said
    assert "kolom" not in said
    assert browser.post(where, {**form, "email": "nieuw@example.nl"}).status_code == 302
    now = Registration.objects.get(pk=client.pk)
    assert (now.email, now.telephone, now.city) == ("nieuw@example.nl", "06-12345678", "Den Haag")
    assert now.sources["email"]["kind"] == "staff"
    assert now.sources["city"]["kind"] == "delivery"
    assert "door ons vastgelegd op" in page(browser, client)


def seen(browser: Browser, client: Involvement, rest: str = "") -> str:
    found = re.search(r'name="seen" value="([0-9]+)"', page(browser, client, f"wijzigen/{rest}"))
    assert found
    return found[1]


def contact_of(client: Involvement) -> dict[str, str]:
    return {name: str(getattr(Registration.objects.get(pk=client.pk), name)) for name in CONTACT}


def test_of_two_edits_at_once_the_second_is_told_and_nothing_is_overwritten_unseen() -> None:
    client, _guide, browser = guided()
    where, other = f"/clienten/{client.pk}/wijzigen/", browser_for(make_staff("intake"))
    first = contact_of(client) | {"seen": seen(browser, client)}
    second = contact_of(client) | {"seen": seen(other, client)}
    assert other.post(where, {**second, "email": "ander@example.nl", "city": "Delft"}).status_code == 302
    told = browser.post(where, {**first, "email": "mijn@example.nl", "telephone": "06-12345678"})
    assert told.status_code == 422
    said = told.content.decode()
    assert "terwijl u typte" in said
    assert "Nu staat hier: ander@example.nl." in said
    for kept in ("mijn@example.nl", "06-12345678", "Delft"):
        assert f'value="{kept}"' in said
    assert Registration.objects.get(pk=client.pk).email == "ander@example.nl"
    again = re.search(r'name="seen" value="([0-9]+)"', said)
    assert again
    assert again[1] != first["seen"]
    mine = contact_of(client) | {"email": "mijn@example.nl", "telephone": "06-12345678", "seen": again[1]}
    assert browser.post(where, mine).status_code == 302
    now = contact_of(client)
    assert (now["email"], now["telephone"], now["city"]) == ("mijn@example.nl", "06-12345678", "Delft")


def test_an_edit_rests_on_an_entry_of_this_client_only_and_misses_no_field_that_was_not_on_the_form() -> None:
    client, _guide, browser = guided(secrecy=3)
    where, before = f"/clienten/{client.pk}/wijzigen/", contact_of(client)
    [stranger] = open_clients(make_principal("Gemeente"), [person("Vries", 2)])
    other = Registration.history.filter(involvement=stranger.pk).latest("history_id").history_id
    shown = {name: before[name] for name in ("secrecy", "email", "telephone")}
    for forged in ("", "x", "-1", "9" * 30, "\u0663", str(other)):
        assert browser.post(where, {**shown, "seen": forged, "telephone": "06-12345678"}).status_code == 422
    old = seen(browser, client)
    intake = browser_for(make_staff("intake"))
    assert intake.post(where, {**shown, "seen": seen(intake, client), "secrecy": "0"}).status_code == 302
    late = browser.post(where, {**shown, "seen": old, "telephone": "06-12345678"})  # its form had no address
    assert late.status_code == 422
    assert contact_of(client) == before | {"secrecy": "0"}


def test_a_secret_address_in_the_form_is_logged_as_such() -> None:
    client, _guide, browser = guided(secrecy=1)
    page(browser, client, "wijzigen/")
    assert ground() != "address"
    page(browser, client, "wijzigen/?adres=1")
    assert ground() == "address"


def test_what_a_client_had_corrected_is_not_edited() -> None:
    client, _guide, browser = guided()
    as_actor()
    sources = client.registration.sources | {"email": {"kind": "correction", "on": "2026-11-02"}}
    Registration.objects.filter(pk=client.pk).update(sources=sources)
    assert 'name="email"' not in page(browser, client, "wijzigen/")
    form = contact_of(client) | {"seen": seen(browser, client), "email": "x@example.nl", "telephone": "06-12345678"}
    assert browser.post(f"/clienten/{client.pk}/wijzigen/", form).status_code == 302
    assert Registration.objects.get(pk=client.pk).email == "client@example.nl"


def test_intake_assigns_one_and_ends_it_on_screen() -> None:
    client, browser, guide = one(), browser_for(make_staff("intake")), make_staff("caseworker")
    where = f"/clienten/{client.pk}/toewijzen/"
    form = {"caseworker": str(guide.pk), "from_on": "vandaag", "reason": "regio"}
    assert browser.post(where, {**form, "reason": ""}).status_code == 422
    assert browser.post(where, form).status_code == 302
    given = Assignment.objects.get()
    assert str(given.pk) in page(browser, client)
    end = f"/clienten/toewijzingen/{given.pk}/beeindigen/"
    assert browser.post(end, {"until_on": ""}).status_code == 422
    assert browser.post(end, {"until_on": "1-1-2000"}).status_code == 422
    assert page(browser_for(guide), client)
    assert str(client.pk) not in browser.get("/clienten/toewijzen/").content.decode()
    assert browser.post(end, {"at_once": "on"}).status_code == 302
    assert str(client.pk) in browser.get("/clienten/toewijzen/").content.decode()
    assert "nog niemand" in page(browser, client)
    assert browser_for(guide).get(f"/clienten/{client.pk}/").status_code == 404


def test_many_are_assigned_from_the_list_of_those_without_anybody() -> None:
    clients = open_clients(make_principal(), [person(f"Naam{n}", n) for n in range(4)])
    browser, guide = browser_for(make_staff("intake")), make_staff("caseworker")
    where, form = "/clienten/toewijzen/", {"caseworker": str(guide.pk), "from_on": "vandaag", "reason": "regio"}
    assert browser.post(where, form).status_code == 422
    kept = browser.post(where, {**form, "reason": "", "client": [str(clients[1].pk)]}).content.decode()
    assert re.search(rf'value="{clients[1].pk}" checked', kept)
    assert browser.post(where, {**form, "client": [str(c.pk) for c in clients[:3]]}).status_code == 302
    rest = browser.get(where).content.decode()
    assert [str(c.pk) in rest for c in clients] == [False, False, False, True]
    assert browser.get(where, {"na": "geen-id"}).status_code == 404
    for stranger in ("caseworker", "lead", "archivist"):
        assert browser_for(make_staff(stranger)).get(where).status_code == 404
    assert "Waarvoor" in browser_for(make_staff("directie")).get(where).content.decode()


def test_vandaag_names_the_clients_to_meet_until_they_were_opened_and_counts_those_to_assign() -> None:
    clients = open_clients(make_principal(), [person(f"Naam{n}", n) for n in range(3)])
    intake, guide = make_staff("intake"), make_staff("caseworker")
    [row] = worklist.mine(actor_of(intake), TODAY)
    assert row.kind == "unassigned"
    assert "3" in str(row.meta[0].text)
    assign(clients[0], guide, by=intake)
    [row] = worklist.mine(actor_of(guide), TODAY)
    assert (row.kind, row.who) == ("assignment", "Naam0, J.")
    page(browser_for(guide), clients[0])
    assert worklist.mine(actor_of(guide, at=timezone.now()), TODAY) == []
    for role in ("archivist", "officer", "lead"):
        assert worklist.mine(actor_of(make_staff(role)), TODAY) == []


@pytest.mark.parametrize(
    ("where", "typed"), [("/clienten/", ""), ("/clienten/zoeken/", "naam"), ("/clienten/toewijzen/", "")]
)
def test_a_list_of_a_thousand_costs_as_many_queries_as_one_of_ten(where: str, typed: str) -> None:
    principal, intake = make_principal(), make_staff("intake")
    open_clients(principal, [person(f"Naam{n}", n) for n in range(10)])
    browser = browser_for(intake)

    def status() -> int:
        return (browser.post(where, {"q": typed}) if typed else browser.get(where)).status_code

    status()  # the first request of a session also notes when it began
    counts = []
    for more in range(2):
        if more:
            open_clients(principal, [person(f"Naam{n}", n) for n in range(10, 1000)])
        with CaptureQueriesContext(connection) as queries:
            assert status() == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 25


def test_my_own_list_of_a_thousand_costs_as_many_queries_as_one_of_ten_and_no_page_over_25() -> None:
    principal, intake, guide = make_principal(), make_staff("intake"), make_staff("caseworker")
    browser, counts = browser_for(guide), []
    browser.get("/clienten/")  # the first request of a session also notes when it began
    words = {"caseworker": guide, "from_on": TODAY, "reason": "regio", "today": TODAY}
    for amount, first in ((10, 0), (990, 10)):
        clients = open_clients(principal, [person(f"Naam{n}", n) for n in range(first, first + amount)])
        assignments.give_many(actor=actor_of(intake), involvements=[c.pk for c in clients], **words)  # type: ignore[arg-type]
        with CaptureQueriesContext(connection) as queries:
            assert browser.get("/clienten/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 25
    for who in (guide, intake):
        browser = browser_for(who)
        page(browser, clients[0])  # the first time, it is noted that they met
        with CaptureQueriesContext(connection) as queries:
            page(browser, clients[0])
        assert len(queries) <= 25, [query["sql"][:90] for query in queries]


def test_a_future_assignment_opens_nothing_yet() -> None:
    client, guide = one(), make_staff("caseworker")
    assign(client, guide, from_on=TODAY + timedelta(days=30))
    assert browser_for(guide).get(f"/clienten/{client.pk}/").status_code == 404


def test_intake_sees_whose_appointment_ended_and_ends_the_assignment_too() -> None:
    client, guide, browser = guided()
    as_actor()
    Staff.objects.filter(pk=guide.pk).update(is_active=False)
    assert "niet meer aangesteld" not in page(browser_for(make_staff("officer")), client)  # who does not assign
    intake = browser_for(make_staff("intake"))
    content = page(intake, client)
    assert "niet meer aangesteld" in content
    assert "nog niemand" in content
    given = Assignment.objects.get()
    assert str(given.pk) in content
    assert intake.post(f"/clienten/toewijzingen/{given.pk}/beeindigen/", {"at_once": "on"}).status_code == 302
    assert "niet meer aangesteld" not in page(intake, client)
    assert browser.get(f"/clienten/{client.pk}/").status_code in {302, 404}
