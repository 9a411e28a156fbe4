"""Registered clients to test with, opened as a delivery opens them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from clients import assignments
from clients.delivery.fields import Value
from clients.involvements import NewInvolvement, open_many
from clients.models import Assignment, DeliveryLayout, Involvement, Principal
from clients.registration import Source
from tests.people import NOW, TODAY, actor_of, as_actor, make_staff
from werkcontact.staff.models import Staff

OPENED = date(2026, 11, 1)


def make_principal(name: str = "UWV") -> Principal:
    """A principal that may deliver a BSN."""
    as_actor()
    layout, _made = DeliveryLayout.objects.get_or_create(name="Proef", defaults={"columns": {}})
    return Principal.objects.create(name=name, kind="uwv", layout=layout, bsn_basis="Wet SUWI, artikel 73")


def open_clients(principal: Principal, people: Sequence[Mapping[str, Value]], on: date = OPENED) -> list[Involvement]:
    """Open an involvement for each, in this order; fields in the normal form of a delivery."""
    as_actor()
    source = Source("delivery", on, UUID(int=1))
    with transaction.atomic():
        ids = open_many([NewInvolvement(fields) for fields in people], principal=principal, source=source, today=on)
    found = Involvement.objects.select_related("client", "principal", "registration").in_bulk(ids)
    return [found[pk] for pk in ids]


def person(surname: str, number: int = 1, **fields: Value) -> dict[str, Value]:
    """One person of a delivery."""
    return {
        "surname": surname,
        "first_names": "Jan",
        "gender": "M",
        "birth": "01-02-1990",
        "reference": f"REF-{number:05}",
        "starts_on": "2026-10-01",
        **fields,
    }


def assign(
    involvement: Involvement, caseworker: Staff, *, from_on: date = TODAY, by: Staff | None = None
) -> Assignment:
    """Assign through the act, by intake."""
    return assignments.give(
        actor=actor_of(by or make_staff("intake"), at=NOW),
        involvement=involvement,
        caseworker=caseworker,
        from_on=from_on,
        reason="regio",
        today=TODAY,
    )
