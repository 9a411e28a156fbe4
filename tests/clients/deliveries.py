"""What the tests of deliveries share: principals, files, and the whole way from upload to register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from clients.delivery.apply import apply_delivery, ask_to_apply
from clients.delivery.preview import receive
from clients.models import Client, Delivery, DeliveryLayout, Principal, Registration, Trajectory
from tests.people import NOW, as_actor, make_staff
from werkcontact.access import Actor

DATA = Path(__file__).parents[1] / "data"
CSV, XLSX = "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADER = (
    "Referentie;BSN;Voornamen;Adellijke titel/predicaat;Voorvoegsel;Geslachtsnaam;Geboortedatum;Geslacht;Naamgebruik;"
    "Voorvoegsel partner;Geslachtsnaam partner;Straat;Huisnummer;Huisletter;Toevoeging;Postcode;Woonplaats;Land;"
    "Adresregel buitenland 1;Adresregel buitenland 2;Adresregel buitenland 3;Geheimhouding;E-mail;Telefoon;"
    "Trajectsoort;Startdatum;Einddatum"
)
COLUMNS = HEADER.split(";")
PERSON = {
    "Referentie": "T-1",
    "BSN": "999993653",
    "Voornamen": "Suzanne",
    "Voorvoegsel": "van",
    "Geslachtsnaam": "Moulin",
    "Geboortedatum": "01-12-1985",
    "Geslacht": "V",
    "Straat": "Boterdiep",
    "Huisnummer": "31",
    "Postcode": "3077AW",
    "Woonplaats": "Rotterdam",
    "Land": "6030",
    "Geheimhouding": "0",
    "E-mail": "s.moulin@example.nl",
    "Trajectsoort": "Werkfit maken",
    "Startdatum": "01-10-2026",
    "Einddatum": "01-04-2027",
}


def make_principal(name: str = "UWV", layout: str = "UWV", *, basis: str = "Wet SUWI art. 62") -> Principal:
    as_actor()
    kind = {"UWV": "uwv", "Gemeente": "municipality", "Werkgever": "employer"}[layout]
    return Principal.objects.create(
        name=name, kind=kind, layout=DeliveryLayout.objects.get(name=layout), bsn_basis=basis
    )


def intake(at: datetime = NOW) -> Actor:
    return Actor.of(make_staff("intake"), at=at)


def file_of(*people: dict[str, str]) -> bytes:
    """A file in the layout of UWV: PERSON with what each names."""
    rows = [{**PERSON, **person} for person in people]
    return "\n".join([HEADER, *(";".join(row.get(column, "") for column in COLUMNS) for row in rows)]).encode()


def deliver(actor: Actor, principal: Principal, data: bytes | str) -> Delivery:
    """Upload a file, or one of tests/data by its name."""
    content = (DATA / data).read_bytes() if isinstance(data, str) else data
    kind = XLSX if content.startswith(b"PK") else CSV
    return receive(
        actor=actor,
        principal=principal,
        data=content,
        media_type=kind,
        received_on=actor.today,
        today=actor.today,
    )


def apply(actor: Actor, delivery: Delivery) -> Delivery:
    """Ask, and do what the job does."""
    ask_to_apply(actor=actor, delivery=delivery)
    apply_delivery(actor=Actor.system("delivery_apply", at=actor.at), delivery=delivery, today=actor.today)
    delivery.refresh_from_db()
    return delivery


def deliver_and_apply(actor: Actor, principal: Principal, data: bytes | str) -> Delivery:
    return apply(actor, deliver(actor, principal, data))


def verdicts(delivery: Delivery) -> dict[str, int]:
    """How many rows have each verdict, without the zeros."""
    kinds = ("new", "known", "changed", "doubtful", "wrong")
    return {kind: delivery.counts[kind] for kind in kinds if delivery.counts[kind]}


def done(delivery: Delivery) -> dict[str, int]:
    """What applying did, without the zeros."""
    return {kind: number for kind, number in delivery.counts["done"].items() if number}


def everything(principal: Principal) -> Sequence[Any]:
    """All that is registered for a principal, but ids, keys and ciphers: to compare two runs."""
    names = [f.attname for f in Registration._meta.concrete_fields]
    left = {"involvement_id", "bsn_cipher", "bsn_index", "sources"}
    registered = Registration.objects.filter(involvement__principal=principal)
    trajectories = Trajectory.objects.filter(principal=principal)
    clients = Client.objects.filter(involvements__principal=principal)
    return (
        sorted(map(str, registered.values_list(*[name for name in names if name not in left]))),
        sorted(map(str, trajectories.values_list("reference", "service__name", "starts_on", "planned_end"))),
        sorted(clients.values_list("sort_name", "search_name")),
    )
