"""A request for inspection in a real browser: registered, found, decided upon by three people, and answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload

from requests_app.models import SubjectRequest
from tests.browser.conftest import Walker
from tests.requests_app.making import PDF, fill_dossier, make_office, register_person

pytestmark = pytest.mark.slow  # the walk sees the main pages in the quick run; this sees every page

As = Callable[..., Walker]


def test_from_the_letter_that_came_in_to_the_answer_that_went_out(as_: As) -> None:
    office = make_office(timezone.now() - timedelta(minutes=1))
    fill_dossier(office, register_person(office))
    register_person(office, "Molenaar", reference="UWV-2026-00009")
    _register(as_(office.caseworker))
    one = SubjectRequest.objects.get()
    handler = as_(office.handler)
    _take_and_identify(handler, one)
    _find_and_collect(handler, one)
    _decide(handler, one)
    _decide_note(as_(office.caseworker))
    handler.go(f"/verzoeken/{one.pk}/")
    handler.press("Alles is beslist: ga verder")
    handler.reads("Wacht op een tweede persoon")
    _second(as_(office.director), one)
    _answer(handler, one)


def _register(walker: Walker) -> None:
    page = walker.go("/verzoeken/nieuw/")
    walker.press("Leg vast")
    page.wait_for_selector("#errors")
    walker.look("70-verzoek-vastleggen-fout", narrow=True)
    page.locator("main").get_by_label("Wanneer kwam het bij ons binnen?").fill("g")
    page.locator("main").get_by_label("per brief").check()
    page.locator("main").get_by_label("inzage", exact=True).check()
    page.locator("main").get_by_label("afschrift", exact=True).check()
    page.locator("main").get_by_label("In eigen woorden").fill(
        "Ik wil graag alles zien wat u over mij heeft, en een kopie."
    )
    page.locator("main").get_by_label("Wie vraagt het?").fill("mevrouw S. Moulin")
    page.locator("main").get_by_label("Geboortedatum").fill("1 december 1985")
    page.locator("main").get_by_label("Adres").first.fill("Boterdiep 31\n3077 AW Rotterdam")
    walker.look("71-verzoek-vastleggen")
    walker.press("Leg vast")
    walker.reads("V-20")
    walker.look("72-ontvangst", narrow=True)


def _take_and_identify(handler: Walker, one: SubjectRequest) -> None:
    handler.go("/verzoeken/")
    handler.look("73-verzoeken", narrow=True)
    handler.press("mevrouw S. Moulin")
    handler.look("74-verzoek-nieuw", narrow=True)
    handler.press("Ik behandel het")
    handler.reads("U behandelt dit verzoek nu")
    handler.press("Legitimatie vastleggen")
    handler.page.locator("main").get_by_label("gezien aan de balie").check()
    handler.look("75-legitimatie", narrow=True)
    handler.page.locator("main").get_by_role("button", name="Leg vast").click()
    handler.reads("De legitimatie is vastgelegd")


def _find_and_collect(handler: Walker, one: SubjectRequest) -> None:
    handler.press("Zoek de persoon")
    handler.page.locator("main").get_by_label("Naam, geboortedatum of nummer").fill("mo 01-12-1985")
    handler.page.locator("main").get_by_role("button", name="Zoek", exact=True).click()
    handler.look("76-persoon-zoeken", narrow=True)
    handler.page.locator("main").get_by_label("Moulin, S.").check()
    handler.press("Dit is de persoon")
    handler.press("Verzamel alles")
    handler.reads("onderdelen beslist")
    handler.look("77-verzoek-beslissen", narrow=True)


def _decide(handler: Walker, one: SubjectRequest) -> None:
    page = handler.page
    handler.press("Verslag met werkgever")
    page.locator("main").get_by_label("deels geven").check()
    handler.press("Bewaar besluit")
    page.wait_for_selector("#errors")
    page.locator("main").get_by_label("Grond").select_option("13.4.a|AVG 15.4")
    page.locator("main").get_by_label("Waarom is dit nodig").fill(
        "Een collega vertelt over haar eigen verzuim. Alleen dat is weggelakt."
    )
    copy = FilePayload(name="gelakt.pdf", mimeType="application/pdf", buffer=PDF)
    page.locator("main").get_by_label("Kopie met weggelakte delen").set_input_files(copy)
    handler.look("78-onderdeel", narrow=True)
    handler.press("Bewaar besluit")
    while (buttons := page.get_by_role("button", name="Alles in deze groep geven")).count():
        buttons.first.click()
        page.wait_for_load_state()
    handler.reads("Wacht op N. Visser")
    handler.look("79-verzoek-bijna", narrow=True)
    page.get_by_text("Waarom deze datum?").click()
    handler.look("79-waarom-deze-datum", narrow=True)


def _decide_note(author: Walker) -> None:
    author.go("/")
    author.press("Beslis over uw eigen werkaantekening voor een verzoek")
    author.reads("Even over nadenken")
    author.page.locator("main").get_by_label("geven", exact=True).check()
    author.look("80-eigen-aantekening", narrow=True)
    author.press("Bewaar besluit")


def _second(second: Walker, one: SubjectRequest) -> None:
    second.go(f"/verzoeken/{one.pk}/")
    second.press("Bekijk en beslis")
    second.reads("Een collega vertelt")
    second.look("81-tweede-persoon", narrow=True)
    second.page.locator("main").get_by_label("Akkoord").check()
    second.page.get_by_role("button", name="Beslissen").click()
    second.reads("Uw besluit is vastgelegd")


def _answer(handler: Walker, one: SubjectRequest) -> None:
    handler.go(f"/verzoeken/{one.pk}/")
    handler.press("Maak het antwoord")
    handler.reads("Het antwoord ligt klaar")
    handler.look("82-antwoord-klaar", narrow=True)
    with handler.page.expect_download() as download:
        handler.page.get_by_role("link", name="De brief (PDF)").first.click()
    assert download.value.suggested_filename == f"{one.number}-brief.pdf"
    handler.page.get_by_role("link", name="Verstuurd").first.click()
    handler.look("83-verstuurd", narrow=True)
    handler.page.locator("main").get_by_role("button", name="Leg vast").click()
    handler.reads("Beantwoord op")
    handler.look("84-verzoek-beantwoord", narrow=True)
