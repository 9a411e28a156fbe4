"""A client who is guided: an involvement with its dossier, the one who guides them, their lead, and a stranger."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from clients.models import Client, DeliveryLayout, Involvement, Principal, Registration
from dossiers import contact_reports, documents, reports
from dossiers.contact_reports import Talk
from dossiers.contents import NewFile
from dossiers.intake import Particulars
from dossiers.models import Document, Dossier
from dossiers.models.document import Channel, DocumentKind
from dossiers.opening import open_dossiers
from dossiers.reports import Draft
from dossiers.transitions import DossierState
from tests.people import NOW, TODAY, actor_of, as_actor, make_staff
from werkcontact.access import Actor, grants
from werkcontact.personal_data.categories import Category
from werkcontact.staff.models import Staff
from werkcontact.vault import keys
from werkcontact.vault.keys.kinds import KeyKind

LONG_AGO = datetime(2020, 1, 1, tzinfo=NOW.tzinfo)
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass
class Guided:
    dossier: Dossier
    involvement: Involvement
    guide: Staff
    lead: Staff
    stranger: Staff

    def actor(self, staff: Staff | None = None, at: datetime = NOW) -> Actor:
        return actor_of(staff or self.guide, at=at)

    def fresh(self) -> Dossier:
        return Dossier.objects.select_related("involvement").get(pk=self.dossier.pk)

    def close(self) -> Dossier:
        """End it as closure will: the involvement and the dossier at once."""
        as_actor()
        Involvement.objects.filter(pk=self.involvement.pk).update(ended_on=TODAY)
        Dossier.objects.filter(pk=self.dossier.pk).update(
            state=DossierState.CLOSED, ended_on=TODAY, retained_through=date(2031, 11, 24)
        )
        return self.fresh()


def make_guided() -> Guided:
    guide, lead = make_staff("caseworker", name="N. Visser"), make_staff("lead", name="S. Bakker")
    stranger = make_staff("caseworker", name="V. Vreemd")
    involvement = make_involvement()
    tie(guide, involvement, "assigned")
    tie(lead, involvement, "lead")
    open_dossiers([involvement.pk], TODAY)
    dossier = Dossier.objects.select_related("involvement").get(involvement=involvement)
    return Guided(dossier, involvement, guide, lead, stranger)


def make_involvement() -> Involvement:
    as_actor()
    name = {"first_names": "Janna", "prefix": "de", "surname": "Jager", "gender": "V", "birth_year": 2000}
    client = Client.objects.create(**name, sort_name="jager", search_name="jager")
    layout, _new = DeliveryLayout.objects.get_or_create(name="UWV", defaults={"columns": {}})
    principal, _new = Principal.objects.get_or_create(name="UWV", kind="uwv", layout=layout)
    involvement = Involvement.objects.create(client=client, principal=principal, opened_on=date(2026, 4, 13))
    keys.make(KeyKind.INVOLVEMENT, [involvement.pk])
    Registration.objects.create(involvement=involvement, **name, registered_on=date(2026, 4, 13))
    return involvement


def tie(staff: Staff, involvement: Involvement, what: str, until: datetime | None = None) -> None:
    grants.give([grants.NewGrant(staff.pk, involvement.pk, what, uuid.uuid4(), LONG_AGO, until, "jager", "jager")])


def about(kind: DocumentKind = DocumentKind.FILE, title: str = "Belastbaarheidsprofiel", **more: Any) -> Particulars:
    values: dict[str, Any] = {
        "why": "nodig om passend werk te zoeken",
        "category": Category.WORK,
        "happened_on": TODAY,
        **more,
    }
    return Particulars(kind, title, **values)


TALK = Talk(Channel.OFFICE, 75, "aanvraag proefplaatsing", TODAY)


def add_pdf(world: Guided, **more: Any) -> Document:
    content = NewFile([PDF], "application/pdf")
    return documents.add_file(
        actor=world.actor(), dossier=world.fresh(), about=about(**more), content=content, today=TODAY
    )


def add_talk(world: Guided, text: str = "Mevrouw wil twee dagen per week beginnen.", **more: Any) -> Document:
    what = about(DocumentKind.CONTACT_REPORT, "proefplaatsing kwekerij", **more)
    return contact_reports.record(
        actor=world.actor(), dossier=world.fresh(), about=what, talk=TALK, text=text, today=TODAY
    )


def draft_of(text: str = "Eerste opzet.", **more: Any) -> Draft:
    return Draft(about(DocumentKind.REPORT, "Voortgang", **more), text)


def add_draft(world: Guided, text: str = "Eerste opzet.", **more: Any) -> Document:
    return reports.write(actor=world.actor(), dossier=world.fresh(), draft=draft_of(text, **more), today=TODAY)


@contextmanager
def log_rows() -> Iterator[list[tuple[str, str, list[str]]]]:
    """The (act, outcome, subjects) of the log rows that are written meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(max(id), 0) from access_log")
        last = cursor.fetchone()[0]
        rows: list[tuple[str, str, list[str]]] = []
        yield rows
        cursor.execute("select act, outcome, subjects from access_log where id > %s order by id", [last])
        rows += [(act, outcome, [str(s) for s in subjects]) for act, outcome, subjects in cursor.fetchall()]
