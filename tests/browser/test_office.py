"""Signing in by hand with both factors, one's own account, and the directie's admin; in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache

from clients.models import DeliveryLayout
from clients.principals import edit_principal
from tests.browser.conftest import Walker
from tests.office.conftest import code_now
from tests.people import PASSWORD, actor_of, make_staff
from werkcontact.staff.models import Staff

pytestmark = pytest.mark.slow  # the walk sees the main pages in the quick run; this sees every page


def test_the_first_time_one_sets_up_an_app_keeps_the_codes_and_promises_secrecy(nobody: Walker) -> None:
    cache.clear()
    staff = make_staff("caseworker", name="N. Visser", declared=False)
    page = nobody.go("/")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.get_by_label("E-mailadres").fill(staff.email)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    nobody.press("Verder")
    nobody.look("00-app-instellen", narrow=True)
    secret = page.locator("#secret").inner_text()
    page.get_by_label("Code uit uw app").fill(code_now(secret))
    nobody.press("Instellen")
    nobody.look("00-herstelcodes", narrow=True)
    nobody.press("Ik heb ze bewaard")
    nobody.look("00-geheimhouding", narrow=True)
    nobody.press("Tekenen")
    nobody.look("00-geheimhouding-fout", narrow=True)
    page.get_by_label("Ik heb dit gelezen en beloof het.").check()
    nobody.press("Tekenen")
    nobody.reads("Vandaag")
    assert not [line for line in said if "Content Security" in line]


def test_the_second_time_asks_for_password_and_code(nobody: Walker) -> None:
    from tests.office.conftest import give_factor

    cache.clear()
    staff = make_staff("caseworker", name="S. Bakker")
    give_factor(staff)
    page = nobody.go("/")
    page.get_by_label("E-mailadres").fill(staff.email)
    page.get_by_label("Wachtwoord", exact=True).fill("fout")
    nobody.press("Verder")
    nobody.look("00-inloggen-fout", narrow=True)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    nobody.press("Verder")
    page.get_by_label("Code uit uw app").fill("000000")
    nobody.press("Inloggen")
    nobody.look("00-code-fout", narrow=True)


def test_one_s_own_account(as_: Callable[[Staff], Walker]) -> None:
    walker = as_(make_staff("caseworker", name="K. Haddad"))
    for url, name in (
        ("/mijn-gegevens/", "00-mijn-gegevens"),
        ("/inloggen/password/change/", "00-nieuw-wachtwoord"),
        ("/inloggen/2fa/totp/deactivate/", "00-nieuwe-app"),
        ("/inloggen/reauthenticate/", "00-opnieuw-wachtwoord"),
    ):
        page = walker.go(url)
        assert page.url.endswith(url)
        walker.look(name, narrow=True)


def test_the_directie_s_admin(as_: Callable[[Staff], Walker]) -> None:
    director = make_staff("directie", name="M. Postma")
    walker = as_(director)
    edit_principal(
        actor=actor_of(director),
        principal=None,
        name="UWV Rotterdam",
        kind="uwv",
        layout=DeliveryLayout.objects.get(name="UWV"),
        bsn_basis="Wet SUWI, art. 54",
        services=["Werkfit"],
    )
    page = walker.page
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for url, name in (
        ("/beheer/staff/staff/", "07-medewerkers"),
        ("/beheer/staff/staff/add/", "07-medewerker-nieuw"),
        (f"/beheer/staff/staff/{director.pk}/change/", "07-medewerker"),
        (f"/beheer/staff/staff/{director.pk}/history/", "07-medewerker-geschiedenis"),
        ("/beheer/staff/appointment/", "07-aanstellingen"),
        ("/beheer/staff/appointment/add/", "07-aanstelling-nieuw"),
        ("/beheer/staff/team/add/", "07-team-nieuw"),
        ("/beheer/clients/principal/", "07-opdrachtgevers"),
        ("/beheer/clients/principal/add/", "07-opdrachtgever-nieuw"),
        ("/beheer/clients/deliverylayout/", "07-indelingen"),
        ("/beheer/rulebook/rulebook/", "07-reglement"),
        ("/beheer/rulebook/decreeday/", "07-aangewezen-dagen"),
        ("/beheer/jobs/jobrun/", "07-taken"),
    ):
        walker.go(url)
        assert page.url.endswith(url)
        assert not said  # nothing that the Content-Security-Policy stops, before axe adds its own
        walker.look(name)
        said.clear()
