"""Clients in a real browser: assigned one by one and many at once, found, opened, and closed again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from clients.models import Assignment, Registration
from tests.browser.conftest import Walker
from tests.clients.rows import assign, make_principal, open_clients, person
from tests.clients.test_client_page import BSN, FIELDS
from tests.people import as_actor, make_staff
from werkcontact.staff.models import Team, TeamMember

pytestmark = pytest.mark.slow  # the walk sees the main pages in the quick run; this sees every page

As = Callable[..., Walker]


def test_from_the_list_of_those_without_anybody_to_the_page_of_who_guides(as_: As) -> None:
    uwv, city = make_principal(), make_principal("Gemeente Rotterdam")
    berg = {"first_names": "Catharina", "prefix": "van den", "gender": "V", "name_use": "N"}
    people = [
        person("Jager", 1) | FIELDS,
        person("Berg", 2, partner_prefix="de", partner_surname="Vries", **berg) | {"birth": "12-03-1945"},
        person("Veld", 3, prefix="in 't", secrecy=1) | {"street": "Boterdiep", "house_number": "31"},
        *(person(f"Achternaam{n}", n) for n in range(4, 9)),
    ]
    clients = open_clients(uwv, people, date(2026, 11, 3))
    open_clients(city, [person("Huis in 't Veld-Pietersz.", 99, reference="GEM-2026-00099")])
    guide, lead = make_staff("caseworker", name="N. Visser"), make_staff("lead", name="S. Bakker")
    as_actor()
    TeamMember.objects.create(team=Team.objects.create(name="Noord", lead=lead), staff=guide)

    intake = as_(make_staff("intake", name="D. Willems"))
    page = intake.go("/clienten/")
    intake.look("40-clienten", narrow=True)
    intake.press("Cliënten toewijzen")
    for box in page.get_by_role("checkbox").all()[:3]:
        box.check()
    intake.press("Toewijzen")
    page.wait_for_selector("#errors")
    intake.look("41-toewijzen-fout", narrow=True)
    page.get_by_label("Wie begeleidt").select_option(label="N. Visser")
    page.get_by_label("Waarom").fill("regio Noord")
    page.get_by_label("Waarom").press("Enter")
    intake.reads("3 cliënten zijn toegewezen")
    intake.look("41-toewijzen")
    assert Assignment.objects.count() == 3

    intake.go(f"/clienten/{clients[0].pk}/")
    page.get_by_role("link", name="Toewijzen", exact=True).first.click()
    intake.look("42-client-toewijzen")
    page.get_by_label("Wie begeleidt").select_option(label="N. Visser")
    page.get_by_label("Waarom").fill("vervangt E. Post")
    page.get_by_label("Waarom").press("Enter")
    intake.reads("De cliënt is toegewezen")
    intake.look("43-client-van-intake")

    walker = as_(guide)
    page = walker.go("/")
    walker.reads("Kennismaken")
    page.get_by_role("searchbox", name="Zoek een cliënt").fill("de jager")
    page.keyboard.press("Enter")
    walker.reads("achternaam")
    walker.look("45-gevonden", narrow=True)
    page.get_by_role("link", name="De Jager, J.").click()
    walker.look("46-client", narrow=True)
    page.locator(".wc-why summary").click()
    walker.reads("Reden: vervangt E. Post")
    page.locator(".wc-inline-button").click()
    walker.look("47-bsn-waarvoor")
    page.get_by_label("Begeleiding van deze cliënt").check()
    walker.press("BSN tonen")
    walker.reads(BSN)
    walker.press("Terug naar de cliënt")
    page.get_by_role("link", name="Wijzigen").first.click()
    walker.look("48-contact", narrow=True)
    as_actor()
    Registration.objects.filter(pk=clients[0].pk).update(email="ander@example.nl")  # somebody else, meanwhile
    page.get_by_label("E-mail").fill("mijn@example.nl")
    walker.press("Bewaren")
    page.wait_for_selector("#errors")
    walker.reads("Nu staat hier: ander@example.nl.")
    walker.look("48-contact-intussen")
    walker.press("Bewaren")
    walker.reads("De contactgegevens zijn bewaard")
    walker.go("/clienten/")
    page.locator("main").get_by_role("searchbox").fill("niemand 1-3-80")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken/")
    walker.look("49-niemand-gevonden")
    walker.go(f"/clienten/{clients[1].pk}/")
    walker.look("40-client-404")

    assign(clients[2], guide, from_on=date(2026, 11, 20))
    walker.go(f"/clienten/{clients[2].pk}/")
    walker.look("46-client-geheim", narrow=True)
    walker.press("Toon adres")
    walker.reads("Boterdiep")

    leading = as_(lead)
    page = leading.go(f"/clienten/{clients[0].pk}/")
    page.get_by_role("link", name="Beëindigen").first.click()
    leading.look("42-toewijzing-beeindigen")
    page.get_by_label("Sluit de toegang meteen").check()
    leading.press("Toewijzing beëindigen")
    leading.reads("De toewijzing eindigt")

    officer = as_(make_staff("officer", name="F. Gerritsen"))
    page = officer.go(f"/clienten/{clients[0].pk}/")
    officer.look("50-waarvoor")
    page.get_by_label("Toezicht op dit reglement").check()
    officer.press("Verder")
    officer.reads("Toezicht op dit reglement")
