"""Art. 4, 5.1: what somebody looks at before applying a delivery: its rows by verdict, some of each, all by page."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from clients.delivery.register import Judged, judge
from clients.delivery.staging import Staged, read_rows
from clients.models import Delivery, Involvement, Principal, Registration, StagedRow, Trajectory
from clients.registered import bsns_of
from werkcontact.access import Actor, saw

FIRST, PAGE = 10, 50
BESIDE = "beside"  # known, and only shown beside what a correction set
SECTIONS = ("wrong", "doubtful", "changed", BESIDE, "new")
_BESIDE_REGISTER = ("doubtful", "changed", BESIDE)


@dataclass(frozen=True)
class Section:
    """Rows of one verdict; `after` is the number to go on from when there are more."""

    key: str
    total: int
    rows: Sequence[Staged]
    after: int | None
    judged: Mapping[int, Judged]


@dataclass(frozen=True)
class Alike:
    """Somebody whom a doubtful row may be: the registration, its references, and its BSN to be masked."""

    registration: Registration
    references: tuple[str, ...]
    bsn: str


def sections(actor: Actor, delivery: Delivery, keys: Collection[str] = SECTIONS, after: int = 0) -> list[Section]:
    """Return the sections that have rows: the first FIRST of each, or of one alone a page of PAGE after a number.

    Changed and doubtful rows are judged anew; whom they are about is noted for the log. Raises KeyGone when the
    delivery has ended.
    """
    size = FIRST if len(keys) > 1 else PAGE
    totals = {**delivery.counts, BESIDE: len(delivery.counts["beside_correction"])}
    read = {
        key: read_rows(delivery.pk, _of(delivery, key).filter(number__gt=after), size + 1)
        for key in SECTIONS
        if key in keys and totals[key]
    }
    beside = [row for key in _BESIDE_REGISTER for row in read.get(key, [])[:size]]
    judged = {one.row.number: one for one in judge(delivery.principal, delivery.pk, beside)} if beside else {}
    seen = {pk for one in judged.values() for pk in (one.involvement, *one.alike) if pk}
    saw(actor, [Involvement(pk=pk) for pk in seen])
    return [
        Section(key, totals[key], rows[:size], rows[size - 1].number if len(rows) > size else None, judged)
        for key, rows in read.items()
    ]


def alike_in(found: Collection[Section]) -> dict[UUID, Alike]:
    """Return the registrations that doubtful rows may be about, in three queries."""
    wanted = {pk for section in found for one in section.judged.values() for pk in one.alike}
    if not wanted:
        return {}
    registrations = Registration.objects.in_bulk(wanted)
    bsns = bsns_of((pk, registration.bsn_cipher) for pk, registration in registrations.items())
    references: dict[UUID, list[str]] = {}
    for pk, reference in Trajectory.objects.filter(involvement__in=wanted).values_list("involvement", "reference"):
        references.setdefault(pk, []).append(reference)
    return {
        pk: Alike(registration, tuple(sorted(references.get(pk, []))), bsns.get(pk, ""))
        for pk, registration in registrations.items()
    }


def deliverers() -> QuerySet[Principal]:
    """Return the principals who deliver."""
    return Principal.objects.filter(is_active=True).select_related("layout").order_by("name")


def deliveries_for(actor: Actor, before: UUID | None, size: int) -> list[Delivery]:
    """Return the deliveries one may see, the last first; before one of them for the next page."""
    rows = Delivery.objects.visible_to(actor, "delivery.view").select_related("principal").order_by("-pk")
    return list((rows.filter(pk__lt=before) if before else rows)[:size])


def _of(delivery: Delivery, key: str) -> QuerySet[StagedRow]:
    if key == BESIDE:
        return StagedRow.objects.filter(number__in=delivery.counts["beside_correction"])
    return StagedRow.objects.filter(verdict=key)
