"""The dossiers of the demo: conversations, papers, notes and reports, as a caseworker would keep them."""

from __future__ import annotations

from datetime import date, timedelta

from clients import assignments
from clients.models import Assignment
from dossiers import contact_reports, documents, reports, work_notes
from dossiers.contact_reports import Talk
from dossiers.intake import Particulars
from dossiers.models import Dossier
from dossiers.models.document import Channel, DocumentKind, Source
from werkcontact.demo.cast import Cast, Clock
from werkcontact.personal_data.categories import Category

_TALKS = (
    (
        "Kennismaking en doel van het traject",
        "We hebben kennisgemaakt en het doel besproken: weer aan het werk, liefst buiten en met vaste dagen. "
        "Afgesproken is dat we elkaar eens in de twee weken spreken.",
        "Cv meenemen",
    ),
    (
        "Cv en vacatures doorgenomen",
        "Het cv is bijgewerkt. Samen drie vacatures bekeken; op twee daarvan wordt deze week gereageerd.",
        "Sollicitatiebrief nalezen",
    ),
    (
        "Proefplaatsing besproken",
        "Een proefplaatsing van vier weken lijkt haalbaar. Reizen met het openbaar vervoer kan, op tijd beginnen ook.",
        "Bellen met de werkgever",
    ),
)
_WHY = "Nodig om de begeleiding te kunnen volgen en voortzetten."


def tell(clock: Clock) -> None:
    """Fill the dossiers of everybody who is guided: more for who is longer in guidance."""
    cast = Cast(clock)
    by_key = {staff.pk: key for key, staff in cast.staff.items()}
    guided = Assignment.objects.select_related("involvement__dossier").order_by("from_on", "pk")
    for number, assignment in enumerate(guided):
        if number % 8 != 7:  # some are still to be met
            met = cast(by_key[assignment.staff_id], max((clock.now.date() - assignment.from_on).days - 1, 0))
            assignments.meet(actor=met, involvement=assignment.involvement)
        days = (clock.now.date() - assignment.from_on).days
        _one(cast, by_key[assignment.staff_id], assignment.involvement.dossier, days, number)
    of_the_team = guided.filter(staff=cast.staff["visser"]).first()
    if of_the_team is not None:
        _report(cast, "teamleider", of_the_team.involvement.dossier, 6, final=False)


def _one(cast: Cast, key: str, dossier: Dossier, days: int, number: int) -> None:
    for place, (title, text, step) in enumerate(_TALKS[: 1 + number % 3]):
        ago = max(days - 1 - place * 12, 0)
        actor = cast(key, ago, 11)
        contact_reports.record(
            actor=actor,
            dossier=dossier,
            about=_about(DocumentKind.CONTACT_REPORT, title, Category.GUIDANCE, actor.today),
            talk=Talk(
                list(Channel)[(number + place) % 3],
                30 + 15 * (place % 3),
                step,
                actor.today + timedelta(days=14),
            ),
            text=text,
            today=actor.today,
        )
    if number % 4 == 0:
        _paper(cast, key, dossier, days)
    if number % 5 == 1:
        actor = cast(key, min(2, days - 1), 16)
        work_notes.write(
            actor=actor, dossier=dossier, text="Volgende keer vragen hoe het thuis gaat.", today=actor.today
        )
    if number % 6 == 2:
        _report(cast, key, dossier, days, final=number % 12 == 2)


def _paper(cast: Cast, key: str, dossier: Dossier, days: int) -> None:
    actor = cast(key, max(days - 2, 0), 14)
    documents.add_text(
        actor=actor,
        dossier=dossier,
        about=_about(
            DocumentKind.FILE,
            "Mogelijkheden en grenzen in het werk",
            Category.HEALTH,
            actor.today,
            health=True,
            source=Source.CLIENT,
        ),
        text="Kan vier uur per dag staan en lopen. Tilt niet zwaarder dan tien kilo. Heeft een rustige plek nodig.",
        today=actor.today,
    )


def _report(cast: Cast, key: str, dossier: Dossier, days: int, *, final: bool) -> None:
    actor = cast(key, min(5, days - 1), 15)
    draft = reports.Draft(
        _about(DocumentKind.REPORT, "Voortgangsrapportage", Category.GUIDANCE, actor.today),
        "De cliënt werkt mee, komt afspraken na en heeft twee keer gesolliciteerd. Advies: doorgaan met het traject.",
    )
    document = reports.write(actor=actor, dossier=dossier, draft=draft, today=actor.today)
    if final:
        later = cast(key, min(4, days - 1), 16)
        reports.finalise(actor=later, document=document, seen=1, draft=draft, today=later.today)


def _about(
    kind: DocumentKind,
    title: str,
    category: Category,
    on: date,
    *,
    health: bool = False,
    source: Source = Source.OWN,
) -> Particulars:
    return Particulars(
        kind=kind,
        title=title,
        why=_WHY,
        category=category,
        happened_on=on,
        health=health,
        source=source,
    )
