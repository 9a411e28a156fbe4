"""The walk: the house's job from the first sign-in to the answered request, in order, on one database.

A delivery comes in, each client is told, one is guided and a dossier is kept, the client asks to see it and gets a
complete answer, and the deadlines are watched by night. Each step is a test, and stands on the one before it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import typst
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import expect

from clients.models import Assignment, Delivery, DeliveryLayout, Involvement, Notice
from clients.principals import edit_principal
from dossiers.models import Document
from requests_app.models import RequestAsk, SubjectRequest
from tests.browser.conftest import ROOT, Walker
from tests.office.conftest import code_now, give_factor
from tests.people import PASSWORD, actor_of, make_staff
from werkcontact.jobs.run import run_job
from werkcontact.mail.models import Digest, Reminder
from werkcontact.schedule import job_named
from werkcontact.staff.models import Staff

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

As = Callable[[Staff], Walker]
DATA = ROOT / "tests" / "data"


@pytest.fixture(scope="module")
def cast(house: LiveServer) -> dict[str, Staff]:
    """The people of this office, and the principals that deliver to it."""
    people = {
        "directie": make_staff("directie", name="M. Postma"),
        "directie2": make_staff("directie", name="H. de Wit"),
        "visser": make_staff("caseworker", name="N. Visser"),
        "bos": make_staff("caseworker", name="J. Bos"),
        "intake": make_staff("intake", name="D. Willems"),
        "requests": make_staff("requests", name="K. Haddad"),
        "requests2": make_staff("requests", name="L. Smit"),
    }
    for name, kind, layout in (("UWV", "uwv", "UWV"), ("Gemeente Rotterdam", "municipality", "Gemeente")):
        edit_principal(
            actor=actor_of(people["directie"], at=timezone.now()),
            principal=None,
            name=name,
            kind=kind,
            layout=DeliveryLayout.objects.get(name=layout),
            bsn_basis="Wet SUWI, artikel 54",
            services=["Naar werk"],
        )
    return people


def pdf(words: str) -> bytes:
    """A small PDF that says this."""
    return bytes(typst.compile(f"#set document(title: [proef])\n{words}".encode(), format="pdf"))


def by_night(name: str, days: int = 0) -> None:
    """Do what the worker would do, so many days from now."""
    run_job(job_named(name), now=timezone.now() + timedelta(days=days), again=True)


def guided() -> Involvement:
    """The client whom this walk follows."""
    return Involvement.objects.get(trajectories__reference="UWV-2026-00004")


def test_1_somebody_signs_in_and_sees_what_must_be_done(nobody: Walker, cast: dict[str, Staff]) -> None:
    cache.clear()
    secret = give_factor(cast["intake"])
    page = nobody.go("/")
    nobody.look("walk-1-inloggen", narrow=True)
    page.get_by_label("E-mailadres").fill(cast["intake"].email)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    nobody.press("Verder")
    nobody.look("walk-1-tweede-factor", narrow=True)
    page.get_by_label("Code uit uw app").fill(code_now(secret))
    nobody.press("Inloggen")
    expect(page).to_have_title("Vandaag - Werkcontact")
    nobody.look("walk-1-vandaag-leeg", narrow=True)


@pytest.mark.parametrize(
    ("file", "principal", "new", "wrong"),
    [("aanlevering-uwv.csv", "UWV", 277, 1), ("aanlevering-gemeente.xlsx", "Gemeente Rotterdam", 139, 0)],
)
def test_2_intake_takes_in_a_delivery(
    as_: As, cast: dict[str, Staff], file: str, principal: str, new: int, wrong: int
) -> None:
    walker = as_(cast["intake"])
    page = walker.go("/aanleveringen/nieuw/")
    page.get_by_label("Opdrachtgever").select_option(label=principal)
    page.get_by_label("Bestand").set_input_files(DATA / file)
    page.get_by_label("Ontvangen op").fill("v")
    walker.look(f"walk-2-{principal[:3]}-inlezen", narrow=True)
    walker.press("Uploaden en controleren")
    walker.reads(f"{new}")
    walker.look(f"walk-2-{principal[:3]}-gecontroleerd", narrow=True)
    delivery = Delivery.objects.get(principal__name=principal)
    assert (delivery.counts["new"], delivery.counts["wrong"]) == (new, wrong)
    if wrong:
        page.get_by_label("Toepassen zonder de regels die fout").check()
    walker.press("Toepassen")
    by_night("delivery_apply")
    page.reload()
    walker.look(f"walk-2-{principal[:3]}-toegepast", narrow=True)
    assert Involvement.objects.filter(principal__name=principal).count() == new


def test_2_the_same_file_again_changes_nothing(as_: As, cast: dict[str, Staff]) -> None:
    walker = as_(cast["intake"])
    page = walker.go("/aanleveringen/nieuw/")
    page.get_by_label("Opdrachtgever").select_option(label="UWV")
    page.get_by_label("Bestand").set_input_files(DATA / "aanlevering-uwv.csv")
    page.get_by_label("Ontvangen op").fill("v")
    walker.press("Uploaden en controleren")
    delivery = Delivery.objects.filter(principal__name="UWV").latest("uploaded_at")
    assert (delivery.counts["known"], delivery.counts["new"], delivery.counts["changed"]) == (277, 0, 0)


def test_3_a_client_is_assigned_and_for_another_does_not_exist(as_: As, cast: dict[str, Staff]) -> None:
    walker = as_(cast["intake"])
    page = walker.go(f"/clienten/{guided().pk}/toewijzen/")
    page.get_by_label("Wie begeleidt").select_option(label="N. Visser")
    page.get_by_label("Vanaf").fill("v")
    page.get_by_label("Waarom").fill("Woont in de regio.")
    walker.look("walk-3-toewijzen", narrow=True)
    walker.press("Toewijzen")
    assert Assignment.objects.get(involvement=guided()).staff == cast["visser"]
    other = as_(cast["bos"])
    other.go(f"/clienten/{guided().pk}/")
    expect(other.page).to_have_title("Deze pagina is er niet - Werkcontact")
    other.look("walk-3-niet-gevonden", narrow=True)


def test_4_the_caseworker_finds_the_client_and_sees_why(as_: As, cast: dict[str, Staff]) -> None:
    walker = as_(cast["visser"])
    page = walker.go("/")
    page.get_by_role("searchbox").fill("jager")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken/")
    walker.look("walk-4-zoeken", narrow=True)
    page.get_by_role("link", name="De Jager").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("mevrouw J. de Jager")
    page.get_by_text("Waarom zie ik dit?").click()
    walker.reads("D. Willems")
    walker.look("walk-4-client", narrow=True)


def test_5_everybody_is_told_within_four_weeks(as_: As, cast: dict[str, Staff]) -> None:
    walker = as_(cast["visser"])
    page = walker.go(f"/clienten/{guided().pk}/kennisgeving/")
    walker.look("walk-5-kennisgeving", narrow=True)
    walker.press("Maak de brief")
    page.get_by_label("Verstuurd op").fill("v")
    page.get_by_label("Verstuurd op").press("Enter")
    walker.reads("De brief ligt in het dossier")
    notice = Notice.objects.get(involvement=guided())
    assert notice.sent_on is not None
    assert Document.objects.filter(dossier__involvement=guided(), kind="letter").count() == 1

    intake = as_(cast["intake"])
    delivery = Delivery.objects.get(principal__name="UWV", state="applied")
    page = intake.go(f"/clienten/kennisgevingen/aanlevering/{delivery.pk}/")
    page.get_by_role("button", name="Maak", exact=False).first.click()
    intake.look("walk-5-afdruk", narrow=True)
    page.get_by_label("Op de post gedaan op").fill("v")
    page.get_by_label("Op de post gedaan op").press("Enter")
    by_night("notices_filed")
    page.reload()
    intake.look("walk-5-afdruk-verstuurd", narrow=True)
    left = Notice.objects.filter(involvement__principal__name="UWV", sent_on=None)
    assert left.exists()
    assert (
        not left.filter(involvement__registration__secrecy=0).exclude(involvement__registration__postcode="").exists()
    )


def test_6_a_dossier_is_kept(as_: As, cast: dict[str, Staff]) -> None:
    walker = as_(cast["visser"])
    page = walker.go(f"/dossiers/{guided().pk}/")
    page.keyboard.press("n")
    expect(page).to_have_title("Nieuw gespreksverslag - Werkcontact")
    page.get_by_label("Onderwerp").fill("Kennismaking")
    page.get_by_label("Tekst", exact=True).fill("Wil graag buiten werken, met vaste dagen.")
    page.get_by_label("Aantal minuten").fill("45")
    walker.look("walk-6-gespreksverslag", narrow=True)
    walker.press("Bewaar als definitief")
    walker.reads("Kennismaking")

    walker.press("Stuk toevoegen")
    page.get_by_label("Bestand").set_input_files(
        {"name": "belastbaarheid.pdf", "mimeType": "application/pdf", "buffer": pdf("Vier uur per dag staan")}
    )
    page.get_by_label("Wat is het?").fill("Wat kan in het werk")
    page.get_by_label("Waarom hoort dit in het dossier?").fill("Nodig om passend werk te vinden.")
    page.get_by_label("Dit gaat over gezondheid: extra beschermen").check()
    walker.look("walk-6-stuk", narrow=True)
    walker.press("Leg het in het dossier")
    walker.reads("Wat kan in het werk")

    page = walker.go(f"/dossiers/{guided().pk}/werkaantekeningen/")
    page.get_by_label("Nieuwe werkaantekening").fill("Vragen hoe het thuis gaat.")
    walker.press("Bewaar de werkaantekening")
    walker.look("walk-6-werkaantekeningen", narrow=True)

    page = walker.go(f"/dossiers/{guided().pk}/rapportage/")
    page.get_by_label("Onderwerp").fill("Voortgangsrapportage")
    page.get_by_label("Tekst", exact=True).fill("Werkt mee en komt afspraken na.")
    page.get_by_label("Waarom hoort dit in het dossier?").fill("Afgesproken met de opdrachtgever.")
    walker.press("Bewaar als concept")
    walker.reads("Concept")
    walker.go(f"/dossiers/{guided().pk}/")
    walker.look("walk-6-dossier", narrow=True)


def test_7_the_client_asks_to_see_it_and_gets_a_complete_answer(as_: As, cast: dict[str, Staff]) -> None:
    office = (as_(cast["visser"]), as_(cast["requests"]), as_(cast["directie"]))
    one = asked_for_inspection(office[0])
    handled(office[1], one)
    decided(office[1])
    noted(office[0])
    office[1].go(f"/verzoeken/{one.pk}/")
    office[1].press("Alles is beslist: ga verder")
    seconded(office[2], one)
    answered(office[1], one)
    one.refresh_from_db()
    assert one.state == "closed"
    assert not RequestAsk.objects.filter(subject_request=one).exclude(state="answered").exists()
    nobody_else = as_(cast["bos"])
    nobody_else.go(f"/verzoeken/{one.pk}/")
    expect(nobody_else.page).to_have_title("Deze pagina is er niet - Werkcontact")


def asked_for_inspection(walker: Walker) -> SubjectRequest:
    """Whoever it reaches writes it down, and sees a number and nothing more."""
    page = walker.go("/verzoeken/nieuw/").locator("main")
    page.get_by_label("Wanneer kwam het bij ons binnen?").fill("g")
    page.get_by_label("per brief").check()
    page.get_by_label("inzage", exact=True).check()
    page.get_by_label("afschrift", exact=True).check()
    page.get_by_label("In eigen woorden").fill("Ik wil graag alles zien wat u over mij heeft, en een kopie.")
    page.get_by_label("Wie vraagt het?").fill("mevrouw J. de Jager")
    page.get_by_label("Geboortedatum").fill("1 januari 2000")
    page.get_by_label("Adres").first.fill("Leyweg 1485\n2584 AE 's-Gravenhage")
    walker.look("walk-7-vastleggen", narrow=True)
    walker.press("Leg vast")
    walker.reads("V-20")
    walker.look("walk-7-ontvangst", narrow=True)
    return SubjectRequest.objects.get()


def handled(handler: Walker, one: SubjectRequest) -> None:
    """A handler takes it, knows who asks, finds the person and collects all that is held."""
    handler.go("/verzoeken/")
    handler.look("walk-7-verzoeken", narrow=True)
    handler.press("mevrouw J. de Jager")
    handler.press("Ik behandel het")
    handler.press("Legitimatie vastleggen")
    handler.page.get_by_label("gezien aan de balie").check()
    handler.page.get_by_role("button", name="Leg vast").click()
    handler.press("Zoek de persoon")
    handler.page.get_by_label("Naam, geboortedatum of nummer").fill("jager 01-01-2000")
    handler.page.get_by_role("button", name="Zoek", exact=True).click()
    handler.look("walk-7-persoon", narrow=True)
    handler.page.get_by_label("De Jager, J.").check()
    handler.press("Dit is de persoon")
    handler.press("Verzamel alles")
    handler.reads("onderdelen beslist")
    handler.look("walk-7-verzamelen", narrow=True)


def decided(handler: Walker) -> None:
    """One paper is given in part, all else is given; the author decides on the work note."""
    page = handler.page
    handler.press("Wat kan in het werk")
    page.get_by_label("deels geven").check()
    page.get_by_label("Grond").select_option("13.4.a|AVG 15.4")
    page.get_by_label("Waarom is dit nodig").fill("Er staat een collega in. Alleen haar naam is weggelakt.")
    page.get_by_label("Kopie met weggelakte delen").set_input_files(
        {"name": "gelakt.pdf", "mimeType": "application/pdf", "buffer": pdf("Vier uur per dag")}
    )
    handler.look("walk-7-onderdeel", narrow=True)
    handler.press("Bewaar besluit")
    handler.reads("onderdelen beslist")
    while (buttons := page.get_by_role("button", name="Alles in deze groep geven")).count():
        buttons.first.click()
        page.wait_for_load_state()
    page.get_by_text("Waarom deze datum?").click()
    handler.look("walk-7-klokken", narrow=True)


def noted(author: Walker) -> None:
    """The author of the work note finds it on "Vandaag"."""
    author.go("/")
    author.press("Beslis over uw eigen werkaantekening voor een verzoek")
    author.page.get_by_label("geven", exact=True).check()
    author.look("walk-7-eigen-aantekening", narrow=True)
    author.press("Bewaar besluit")


def seconded(second: Walker, one: SubjectRequest) -> None:
    """A second person looks at what is withheld."""
    second.go(f"/verzoeken/{one.pk}/")
    second.press("Bekijk en beslis")
    second.page.get_by_label("Akkoord").check()
    second.look("walk-7-tweede-persoon", narrow=True)
    second.page.get_by_role("button", name="Beslissen").click()
    second.reads("Uw besluit is vastgelegd")


def answered(handler: Walker, one: SubjectRequest) -> None:
    """The answer goes out of the door, and only then do the clocks end."""
    page = handler.go(f"/verzoeken/{one.pk}/")
    handler.press("Maak het antwoord")
    handler.reads("Het antwoord ligt klaar")
    handler.look("walk-7-antwoord", narrow=True)
    with page.expect_download() as download:
        page.get_by_role("link", name="De brief (PDF)").first.click()
    assert download.value.suggested_filename == f"{one.number}-brief.pdf"
    page.get_by_role("link", name="Verstuurd").first.click()
    page.get_by_role("button", name="Leg vast").click()
    handler.reads("Beantwoord op")
    handler.look("walk-7-beantwoord", narrow=True)


def test_8_the_night_tells_who_must_act_and_the_directie_what_is_late(as_: As, cast: dict[str, Staff]) -> None:
    left = Notice.objects.filter(sent_on=None, known_on=None).count()
    assert left
    by_night("deadlines", days=15)
    by_night("deadlines", days=15)
    assert Digest.objects.get(staff=cast["intake"]).reminders.count() == left
    by_night("deadlines", days=35)
    late = Reminder.objects.filter(staff=cast["directie"], kind="notice", threshold=-1)
    assert late.count() == left
    walker = as_(cast["directie"])
    walker.go("/beheer/")
    walker.look("walk-8-directie", narrow=True)
    intake = as_(cast["intake"])
    intake.go("/")
    intake.look("walk-8-vandaag", narrow=True)
