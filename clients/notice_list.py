"""Art. 11: the list of notices that somebody may send, nearest date first, page by page."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q

from clients.models import Delivery, Notice, Principal, StagedRow, Trajectory
from clients.models.notices import NoticeQuerySet
from werkcontact.access import Absent, Actor, may, saw

ACT = "notice.send"
PAGE = 50
MOST_COUNTED = 1_000
MOST_DELIVERIES = 20


@dataclass(frozen=True)
class Narrowing:
    """What the list is narrowed to; `ended`: those whose clock has ended instead of those that run."""

    ended: bool = False
    principal: UUID | None = None
    delivery: UUID | None = None


@dataclass(frozen=True)
class Listing:
    """One page; `after` names the last on it when there are more, `total` is None beyond what is counted."""

    notices: tuple[Notice, ...]
    references: Mapping[UUID, str]
    total: int | None
    after: UUID | None


def list_notices(actor: Actor, *, by: Narrowing, after: UUID | None) -> Listing:
    """Return one page of the notices that this actor may send (or that were), noted for the log.

    Those that run come with the nearest date first, so what is late stands on top; those that ended the other way
    round. Raises Absent when `after` is not on the list.
    """
    rows = _narrowed(Notice.objects.visible_to(actor, ACT), by)
    counted = rows[: MOST_COUNTED + 1].count()
    if after:
        rows = rows.filter(_beyond(rows, after, ended=by.ended))
    order = ("-work_by_on", "-pk") if by.ended else ("work_by_on", "pk")
    related = ("involvement__client", "involvement__principal", "involvement__registration", "letter", "asked")
    found = list(rows.select_related(*related).order_by(*order)[: PAGE + 1])
    page = tuple(found[:PAGE])
    saw(actor, page)
    return Listing(
        notices=page,
        references=references_of([notice.involvement_id for notice in page]),
        total=counted if counted <= MOST_COUNTED else None,
        after=page[-1].pk if len(found) > PAGE else None,
    )


def references_of(involvements: Collection[UUID]) -> dict[UUID, str]:
    """Return the principal's reference of each one's latest trajectory."""
    rows = Trajectory.objects.filter(involvement__in=involvements).order_by(F("starts_on").asc(nulls_first=True), "-pk")
    return dict(rows.values_list("involvement_id", "reference"))


def principals_for(actor: Actor) -> list[Principal]:
    """Return the principals of the notices that run, to narrow by."""
    running = Notice.objects.visible_to(actor, ACT).open().values("involvement__principal")
    return list(Principal.objects.filter(pk__in=running).order_by("name"))


def deliveries_for(actor: Actor) -> list[Delivery]:
    """Return the deliveries whose people have notices that run, latest first: each can be printed in one run."""
    if not may(actor, "delivery.view"):
        return []
    running = StagedRow.objects.filter(involvement__notice__in=Notice.objects.open()).values("delivery")
    rows = Delivery.objects.visible_to(actor, "delivery.view").filter(state=Delivery.State.APPLIED, pk__in=running)
    return list(rows.select_related("principal").order_by("-applied_on", "-pk")[:MOST_DELIVERIES])


def _narrowed(rows: NoticeQuerySet, by: Narrowing) -> NoticeQuerySet:
    if by.principal:
        rows = rows.filter(involvement__principal=by.principal)
    if by.delivery:
        rows = rows.filter(involvement__in=StagedRow.objects.filter(delivery=by.delivery).values("involvement"))
    return rows.exclude(pk__in=rows.open().values("pk")) if by.ended else rows.open()


def _beyond(rows: NoticeQuerySet, after: UUID, *, ended: bool) -> Q:
    last = rows.filter(pk=after).values_list("work_by_on", flat=True).first()
    if last is None:
        raise Absent
    if ended:
        return Q(work_by_on__lt=last) | Q(work_by_on=last, pk__lt=after)
    return Q(work_by_on__gt=last) | Q(work_by_on=last, pk__gt=after)
