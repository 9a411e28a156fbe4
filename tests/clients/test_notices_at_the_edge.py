"""Art. 11, AVG 14: notices where life goes another way: somebody dies, or a letter was made and never sent."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from clients import notice_runs, notices, worklist_notices
from clients.models import Client, Involvement, Notice
from tests.clients.told import delivery_of, intake, notice_of, registered, resident
from tests.letters.reading import pages
from tests.people import TODAY, as_actor, browser_for
from werkcontact.access import Actor
from werkcontact.mail import letters as mail

pytestmark = pytest.mark.django_db


def dies(involvement: Involvement) -> None:
    as_actor()
    Client.objects.filter(involvements=involvement).update(died_on=TODAY)


def letter(actor: Actor, involvement: Involvement) -> Notice:
    notices.make_letter(actor=actor, notice=notice_of(actor, involvement), secret_seen=False, today=actor.today)
    return notice_of(actor, involvement)


def told_aloud(actor: Actor, involvement: Involvement) -> None:
    notice = notice_of(actor, involvement)
    notices.tell_otherwise(actor=actor, notice=notice, on=actor.today, how="Voorgelezen.", today=actor.today)


def test_nobody_is_told_or_reminded_of_a_letter_to_somebody_who_has_died() -> None:
    actor = intake()
    assert actor.staff
    dead, alive = registered(resident("Dood"), resident("Levend", 2), on=TODAY - timedelta(days=40))
    dies(dead)
    open_ = list(Notice.objects.open().values_list("involvement", flat=True))
    assert open_ == [alive.pk]
    assert [each.subject for each in worklist_notices.due(TODAY)] == [Notice.objects.get(involvement=alive).pk]
    browser = browser_for(actor.staff)
    lists = [browser.get("/clienten/kennisgevingen/", {"stand": stand}).content.decode() for stand in ("", "afgerond")]
    assert ["Dood, J." in page for page in lists] == [False, True]
    assert "overleden" in lists[1]
    assert "te laat" not in browser.get(f"/clienten/{dead.pk}/kennisgeving/").content.decode().lower()


def test_a_letter_that_was_made_and_never_sent_is_not_called_sent() -> None:
    actor = intake()
    assert actor.staff
    (involvement,) = registered(resident("Vries"), on=TODAY)
    letter(actor, involvement)
    told_aloud(actor, involvement)
    page = browser_for(actor.staff).get(f"/clienten/{involvement.pk}/kennisgeving/").content.decode()
    assert "zoals hij is verstuurd" not in page
    assert "Brief verstuurd op" not in page
    assert "Verteld op" in page


def test_a_run_does_not_wait_for_a_letter_that_never_went_out() -> None:
    actor = intake()
    assert actor.staff
    (involvement,) = registered(resident("Vries"), on=TODAY)
    delivery = delivery_of([involvement], actor.staff)
    letter(actor, involvement)
    told_aloud(actor, involvement)
    run = notice_runs.read_run(actor, delivery)
    assert (run.sent, run.to_file) == ([], 0)


def test_the_letter_names_every_recipient_and_the_terms_of_the_reglement(settings: object) -> None:
    settings.PROCESSORS = ["Hostbedrijf Veilig B.V. (bewaart onze computersystemen)"]  # type: ignore[attr-defined]
    actor = intake()
    (involvement,) = registered(resident("Vries"), on=TODAY)
    made = letter(actor, involvement).letter
    assert made
    text = re.sub(r"\s+", " ", " ".join(pages(mail.pdf(made))))
    for words in (  # article 11.1, then AVG 14.1.a-f and 14.2.a-g
        "Het doel van de registratie is",
        "Werkcontact is verantwoordelijk voor uw gegevens. Ons adres is Voorbeeldstraat 1, 3011 AA Rotterdam",
        "functionaris gegevensbescherming: fg@werkcontact.example",
        "Dit mag, omdat",
        "Wij kregen van",
        "Hostbedrijf Veilig B.V.",
        "niet naar landen buiten de Europese Economische Ruimte",
        "vernietigen wij vijf jaar na het einde",
        "kopie van te krijgen",
        "te verbeteren",
        "te verwijderen",
        "beperking",
        "bezwaar",
        "andere organisatie",
        "Die mag u altijd intrekken",
        "Autoriteit Persoonsgegevens",
        "geen besluiten over u",
        "Een overzicht van uw gegevens, en van wie ze van ons kreeg, krijgt u binnen vier weken",
    ):
        assert words in text, words
