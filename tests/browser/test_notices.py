"""The notice in a real browser: one letter, a whole delivery, an exception; each page readable for everybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from clients.models import Involvement, Notice, Principal
from tests.browser.conftest import Walker
from tests.clients.rows import make_principal
from tests.clients.told import delivery_of, registered, resident, run_filing
from tests.people import make_staff
from werkcontact.staff.models import Staff

pytestmark = pytest.mark.slow  # the walk sees the main pages in the quick run; this sees every page

As = Callable[..., Walker]


@pytest.fixture
def involved(as_: As) -> list[Involvement]:
    """Registered eight days ago: with an address, with a secret one, with none."""
    return registered(
        resident("Groenen", prefix="van den", first_names="Cornelia Anna", gender="V"),
        resident("Veld", 2, prefix="in 't", secrecy=1),
        resident("Thuisloos", 3, street=".", house_number="", postcode="", city=""),
        on=timezone.now().date() - timedelta(days=8),
        principal=make_principal(f"UWV {Principal.objects.count() + 1}"),
    )


@pytest.fixture
def intake(as_: As) -> Staff:
    return make_staff("intake", name="D. Willems")


def path(involvement: Involvement) -> str:
    return f"/clienten/{involvement.pk}/kennisgeving/"


def test_a_letter_by_keyboard(as_: As, involved: list[Involvement], intake: Staff) -> None:
    walker = as_(intake)
    page = walker.go(path(involved[0]))
    walker.press("Maak de brief")
    walker.look("31-kennisgeving-brief", narrow=True)
    page.get_by_label("Verstuurd op").fill("1-1-2099")
    page.get_by_label("Verstuurd op").press("Enter")
    page.wait_for_selector("#errors")
    walker.look("31-kennisgeving-fout")
    page.get_by_label("Verstuurd op").fill("v")
    page.get_by_label("Verstuurd op").press("Enter")
    walker.reads("De brief ligt in het dossier")
    walker.look("31-kennisgeving-verstuurd")
    walker.go(path(involved[1]))
    walker.press("Maak de brief")
    page.wait_for_selector("#errors")
    walker.look("32-kennisgeving-geheim", narrow=True)


def test_an_exception_from_asking_to_the_decision(as_: As, involved: list[Involvement], intake: Staff) -> None:
    walker, wanted = as_(intake), involved[2]
    page = walker.go(path(wanted) + "al-bekend/")
    walker.look("34-al-bekend")
    walker.go(path(wanted) + "uitzondering/")
    walker.look("35-uitzondering-vragen", narrow=True)
    page.get_by_label("Grond, en de wet waarop die steunt").select_option(index=2)
    page.get_by_label("Waarom is het nodig").fill("Een gezinslid loopt gevaar als deze brief wordt bezorgd.")
    walker.press("Vraag de directie")
    walker.reads("Het is aan de directie gevraagd")
    directie = as_(make_staff("directie", name="M. de Graaf"))
    directie.go("/clienten/kennisgevingen/uitzonderingen/")
    directie.look("36-uitzonderingen")
    directie.go(f"/clienten/kennisgevingen/uitzonderingen/{Notice.objects.get(involvement=wanted).pk}/")
    directie.look("36-uitzondering-beslissen", narrow=True)
    directie.page.get_by_label("Uitzondering toestaan").check()
    directie.press("Leg het besluit vast")
    directie.reads("Het besluit is vastgelegd.")


def test_a_whole_delivery(as_: As, involved: list[Involvement], intake: Staff) -> None:
    delivery = delivery_of(involved, intake, timezone.now())
    walker = as_(intake)
    walker.go("/clienten/kennisgevingen/")
    walker.look("37-kennisgevingen", narrow=True)
    walker.go(f"/clienten/kennisgevingen/aanlevering/{delivery.pk}/")
    walker.press("Maak 1 brief")
    walker.look("38-brieven-gemaakt", narrow=True)
    walker.press("Leg 1 brief vast als verstuurd")
    walker.reads("1 brief is vastgelegd als verstuurd.")
    walker.look("38-brieven-verstuurd")
    assert run_filing(timezone.now()) == 1
    walker.press("Ververs deze pagina")
    walker.reads("1 van 1")
