"""What the tests of notices share: registered people, a delivery that names them, the job that files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from clients.delivery.fields import Value
from clients.models import Delivery, Involvement, Notice, Principal, StagedRow
from clients.notice_filing import file_sent
from clients.notice_runs import JOB
from tests.clients.rows import make_principal, open_clients, person
from tests.people import NOW, actor_of, as_actor, make_staff
from werkcontact.access import Actor, find
from werkcontact.ids import uuid7
from werkcontact.staff.models import Staff

HOME: dict[str, Value] = {
    "street": "Boterdiep",
    "house_number": "31",
    "postcode": "3077AW",
    "city": "Rotterdam",
    "gender": "M",
    "name_use": "E",
    "secrecy": 0,
}


def resident(surname: str, number: int = 1, **fields: Value) -> dict[str, Value]:
    """Somebody with a usable address."""
    return {**person(surname, number), **HOME, **fields}


def registered(*people: dict[str, Value], on: date, principal: Principal | None = None) -> list[Involvement]:
    """Open an involvement for each, registered on this day."""
    with transaction.atomic():  # as inside an act: foreign keys are checked at its end
        return open_clients(principal or make_principal(), list(people), on=on)


def delivery_of(involvements: Iterable[Involvement], by: Staff, at: datetime = NOW) -> Delivery:
    """A delivery that was applied, with a row for each of these."""
    involved = list(involvements)
    as_actor()
    delivery = Delivery.objects.create(
        principal=involved[0].principal,
        received_on=at.date(),
        uploaded_by=by,
        uploaded_at=at,
        state=Delivery.State.APPLIED,
        applied_on=at.date(),
    )
    rows = [
        StagedRow(id=uuid7(), delivery=delivery, number=number, verdict="new", cipher=b"-", involvement=each, done=True)
        for number, each in enumerate(involved, 1)
    ]
    StagedRow.objects.bulk_create(rows)
    return delivery


def intake(at: datetime = NOW) -> Actor:
    """Somebody of intake, at a moment."""
    return actor_of(make_staff("intake"), at=at)


def notice_of(actor: Actor, involvement: Involvement) -> Notice:
    """The notice as a screen opens it."""
    return find(actor, "notice.send", Notice, involvement=involvement.pk)


def run_filing(at: datetime = NOW) -> int:
    """Do what the job does."""
    return file_sent(Actor.system(JOB, at=at), at.date())["filed"]
