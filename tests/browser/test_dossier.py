"""The dossier in a real browser: each of its pages readable for everybody, the main job with the keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from dossiers import documents, work_notes
from dossiers.models import Document
from dossiers.models.document import Source
from tests.browser.conftest import Walker
from tests.dossiers.guided import Guided, add_draft, add_pdf, add_talk, make_guided
from tests.people import TODAY
from werkcontact.personal_data.categories import Category

pytestmark = pytest.mark.slow  # the walk sees the main pages in the quick run; this sees every page

As = Callable[..., Walker]


@pytest.fixture
def world(as_: As) -> Guided:
    """A dossier with something of everything."""
    return make_guided()


def filled(world: Guided) -> Document:
    talk = add_talk(world)
    documents.revise(
        actor=world.actor(),
        document=talk,
        seen=1,
        content="Mevrouw wil drie dagen per week beginnen. Zij belt zelf de werkgever.",
        reason="verkeerd gehoord",
    )
    add_pdf(world, category=Category.HEALTH, source=Source.PRINCIPAL, happened_on=TODAY - timedelta(days=12))
    add_draft(world, happened_on=TODAY - timedelta(days=3))
    work_notes.write(actor=world.actor(), dossier=world.fresh(), text="Ik twijfel of dit haar wens is.", today=TODAY)
    return talk


def test_an_empty_dossier_and_a_contact_report_by_keyboard(as_: As, world: Guided) -> None:
    walker = as_(world.guide)
    page = walker.go(f"/dossiers/{world.involvement.pk}/")
    walker.look("20-dossier-leeg", narrow=True)
    page.keyboard.press("n")
    page.wait_for_url("**/gespreksverslag/")
    walker.look("21-gespreksverslag", narrow=True)
    walker.press("Bewaar als definitief")
    page.wait_for_selector("#errors")
    walker.look("21-gespreksverslag-fouten", narrow=True)
    page.get_by_label("Aantal minuten").fill("75")
    page.get_by_label("Onderwerp").fill("proefplaatsing kwekerij")
    page.get_by_label("Tekst").fill("Mevrouw wil twee dagen per week beginnen.")
    walker.press("Bewaar als definitief")
    walker.reads("Gespreksverslag: proefplaatsing kwekerij")


def test_every_page_of_a_dossier(as_: As, world: Guided) -> None:
    talk = filled(world)
    walker = as_(world.guide)
    walker.go(f"/dossiers/{world.involvement.pk}/")
    walker.look("22-dossier", narrow=True)
    walker.go(f"/dossiers/stukken/{talk.pk}/")
    walker.look("23-stuk", narrow=True)
    walker.go(f"/dossiers/stukken/{talk.pk}/?versie=1")
    walker.look("23-stuk-ouder")
    walker.go(f"/dossiers/stukken/{talk.pk}/verbeteren/")
    walker.look("24-verbeteren", narrow=True)
    draft, file = (world.dossier.documents.get(**which) for which in ({"state": "draft"}, {"kind": "file"}))
    walker.go(f"/dossiers/stukken/{file.pk}/")
    walker.look("25-bestand", narrow=True)
    walker.go(f"/dossiers/stukken/{draft.pk}/concept/")
    walker.look("26-concept", narrow=True)
    walker.press("Dit concept weggooien")
    walker.look("26-concept-weg")
    walker.go(f"/dossiers/{world.involvement.pk}/werkaantekeningen/")
    walker.look("27-werkaantekeningen", narrow=True)
    walker.page.get_by_role("link", name=re.compile("^Weggooien")).click()  # its name says which note too
    walker.look("27-werkaantekening-weg")
    walker.go(f"/dossiers/stukken/{talk.pk}/gegevens/")
    walker.look("28-gegevens", narrow=True)


def test_a_file_that_is_not_right_and_one_that_is(as_: As, world: Guided) -> None:
    walker = as_(world.guide)
    page = walker.go(f"/dossiers/{world.involvement.pk}/stuk/")
    page.get_by_label("Wat is het?").fill("Belastbaarheidsprofiel")
    page.set_input_files("input[type=file]", {"name": "a.exe", "mimeType": "application/pdf", "buffer": b"MZ"})
    walker.press("Leg het in het dossier")
    page.wait_for_selector("#errors")
    walker.look("28-stuk-fouten", narrow=True)
    page.get_by_label("Waarom hoort dit in het dossier?").fill("nodig om passend werk te zoeken")
    page.set_input_files(
        "input[type=file]", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF\n"}
    )
    walker.press("Leg het in het dossier")
    walker.reads("Het stuk ligt in het dossier")
    walker.look("28-stuk-erbij")


def test_the_lead_sees_that_it_is_about_health(as_: As, world: Guided) -> None:
    filled(world)
    walker = as_(world.lead)
    walker.go(f"/dossiers/{world.involvement.pk}/")
    walker.look("29-dossier-teamleider")
