"""Requests and the people they are about, made through the acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from clients import assignments
from clients.involvements import NewInvolvement, open_many
from clients.models import DeliveryLayout, Involvement, Principal
from clients.registration import Source
from dossiers import contact_reports, documents, reports, work_notes
from dossiers.contact_reports import Talk
from dossiers.contents import NewFile
from dossiers.intake import Particulars
from dossiers.models import Dossier, WorkNote
from dossiers.models.document import Channel, DocumentKind
from dossiers.reports import Draft
from requests_app import collecting, handling, identity_check, registering
from requests_app.models import RequestAsk, RequestItem, SubjectRequest
from requests_app.models.ask import AskKind
from requests_app.models.subject_request import IdentityHow, Way
from requests_app.sealed import Asker
from tests.people import AMSTERDAM, NOW, actor_of, as_actor, make_staff
from werkcontact.access import Actor, act
from werkcontact.ids import uuid7
from werkcontact.personal_data.categories import Category
from werkcontact.staff.models import Staff

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
RECEIVED = date(2026, 11, 2)
MOULIN = Asker(
    name="mevrouw S. Moulin",
    asked="Ik wil graag alles zien wat u over mij heeft, en een kopie.",
    birth="01-12-1985",
    address="Boterdiep 31\n3077 AW Rotterdam",
    email="s.moulin@voorbeeld.nl",
)
INSPECTION = (AskKind.INSPECTION, AskKind.COPY)


@dataclass
class Office:
    """Who works here, and one principal."""

    handler: Staff
    second: Staff
    director: Staff
    caseworker: Staff
    intake: Staff
    principal: Principal
    at: datetime = NOW

    @property
    def today(self) -> date:
        return self.at.astimezone(AMSTERDAM).date()

    def actor(self, who: Staff) -> Actor:
        return actor_of(who, at=self.at)


def make_principal(name: str = "UWV", kind: str = "uwv") -> Principal:
    as_actor()
    layout, _made = DeliveryLayout.objects.get_or_create(name="Proef", defaults={"columns": {}})
    return Principal.objects.create(name=name, kind=kind, layout=layout, bsn_basis="art. 33 Wet SUWI")


def make_office(at: datetime = NOW) -> Office:
    """At the moment of the tests; screens read the clock, so what they show is made a moment ago."""
    return Office(
        handler=make_staff("requests", name="K. Haddad"),
        second=make_staff("requests", name="T. Smit"),
        director=make_staff("directie", name="M. Postma"),
        caseworker=make_staff("caseworker", name="N. Visser"),
        intake=make_staff("intake", name="I. Jansen"),
        principal=make_principal(),
        at=at,
    )


def register_person(
    office: Office,
    surname: str = "Moulin",
    *,
    reference: str = "UWV-2026-00004",
    principal: Principal | None = None,
    **more: str,
) -> Involvement:
    """Register somebody for a principal and assign the caseworker."""
    principal = principal or office.principal
    fields = {
        "first_names": "Suzanne",
        "surname": surname,
        "gender": "V",
        "birth": "01-12-1985",
        "street": "Boterdiep",
        "house_number": "31",
        "postcode": "3077AW",
        "city": "Rotterdam",
        "email": "s.moulin@voorbeeld.nl",
        "bsn": "999993653",
        "reference": reference,
        "service": "Naar werk",
        **more,
    }
    on = office.today - timedelta(days=28)
    source = Source("delivery", on, uuid7())
    with act(office.actor(office.intake), "delivery.apply"):
        ids = open_many([NewInvolvement(fields)], principal=principal, source=source, today=on)
    involvement = Involvement.objects.get(pk=ids[0])
    assignments.give(
        actor=office.actor(office.intake),
        involvement=involvement,
        caseworker=office.caseworker,
        from_on=office.today,
        reason="begeleiding naar werk",
        today=office.today,
    )
    return involvement


def fill_dossier(office: Office, involvement: Involvement) -> Dossier:
    """A contact report, a file, a draft report and a work note of the caseworker."""
    dossier = Dossier.objects.get(involvement=involvement)
    who = office.actor(office.caseworker)
    about = Particulars(DocumentKind.CONTACT_REPORT, "Eerste gesprek", "afspraken", Category.GUIDANCE, office.today)
    talk = Talk(Channel.OFFICE, 60, "bellen")
    contact_reports.record(
        actor=who, dossier=dossier, about=about, talk=talk, text="Mevrouw wil weer werken.", today=office.today
    )
    about = Particulars(DocumentKind.FILE, "Verslag met werkgever", "begeleiding", Category.WORK, office.today)
    documents.add_file(
        actor=who, dossier=dossier, about=about, content=NewFile([PDF], "application/pdf"), today=office.today
    )
    about = Particulars(DocumentKind.REPORT, "Voortgang", "verantwoording", Category.GUIDANCE, office.today)
    reports.write(actor=who, dossier=dossier, draft=Draft(about, "Nog niet af."), today=office.today)
    work_notes.write(actor=who, dossier=dossier, text="Even over nadenken.", today=office.today)
    return dossier


def note_of(dossier: Dossier) -> WorkNote:
    return WorkNote.objects.get(dossier=dossier)


def register_request(
    office: Office,
    *,
    kinds: Sequence[AskKind] = INSPECTION,
    received_on: date | None = None,
    asker: Asker = MOULIN,
    by: Staff | None = None,
) -> SubjectRequest:
    return registering.register(
        actor=office.actor(by or office.caseworker),
        request_id=uuid7(),
        received_on=received_on or office.today - timedelta(days=22),
        way=Way.EMAIL,
        kinds=kinds,
        asker=asker,
        today=office.today,
    )


def take(office: Office, subject_request: SubjectRequest) -> SubjectRequest:
    actor = office.actor(office.handler)
    handling.assign(actor=actor, subject_request=subject_request, handler=office.handler, today=office.today)
    return SubjectRequest.objects.get(pk=subject_request.pk)


def show_identity(office: Office, subject_request: SubjectRequest, on: date | None = None) -> None:
    identity_check.record_shown(
        actor=office.actor(office.handler),
        subject_request=subject_request,
        how=IdentityHow.DESK,
        on=on or office.today,
        today=office.today,
    )


def in_hand(office: Office, involvements: Sequence[UUID], **more: object) -> SubjectRequest:
    """A request that was taken, identified, linked and collected."""
    subject_request = take(office, register_request(office, **more))  # type: ignore[arg-type]
    show_identity(office, subject_request)
    actor = office.actor(office.handler)
    handling.link(actor=actor, subject_request=subject_request, involvements=involvements)
    collecting.collect(actor=actor, subject_request=subject_request)
    return SubjectRequest.objects.get(pk=subject_request.pk)


def asks(subject_request: SubjectRequest) -> list[RequestAsk]:
    return list(RequestAsk.objects.filter(subject_request=subject_request).order_by("kind"))


def items(subject_request: SubjectRequest, kind: str = "") -> list[RequestItem]:
    rows = RequestItem.objects.filter(part__subject_request=subject_request).select_related(
        "part__subject_request", "part__dossier__involvement", "note", "ask"
    )
    return list(rows.filter(kind=kind) if kind else rows)
