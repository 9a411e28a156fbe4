"""Art. 9: the list of clients that somebody may see, page by page; a page costs the same however long the list is.

Who sees by assignment is read from the copies beside the grants, in one index; who sees all by role, from the clients.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from clients.assignments import guiding, without_guide
from clients.models import Grant, Involvement, Principal, Trajectory
from clients.models.people import InvolvementQuerySet
from clients.names import list_name
from clients.naming import born, name_of
from werkcontact.access import Absent, Actor, grants, saw
from werkcontact.access.records import Reach, reach

PAGE = 50
MOST_COUNTED = 1000
ACT = "client.list"


@dataclass(frozen=True)
class Listed:
    """One client in a list: an involvement, with what tells namesakes apart."""

    involvement: Involvement
    name: str
    born: str
    reference: str
    principal: str
    opened_on: date
    guides: tuple[str, ...]


@dataclass(frozen=True)
class Listing:
    """One page; `after` names the last one on it when there are more, `total` is None beyond what is counted."""

    clients: tuple[Listed, ...]
    total: int | None
    after: UUID | None


@dataclass(frozen=True)
class Narrowing:
    """What a list is narrowed to."""

    unassigned: bool = False
    principal: UUID | None = None


def list_clients(actor: Actor, *, after: UUID | None, by: Narrowing) -> Listing:
    """Return one page of the clients that this actor may see, under the core of their names; noted for the log.

    Raises Absent when `after` is not on the list.
    """
    far = reach(actor, ACT)
    if far.everything or by.unassigned:
        ids, total = _by_role(actor, by, after)
    else:
        ids, total = _by_grants(actor, far, after, by)
    found = show(actor, ids[:PAGE])
    return Listing(found, total, ids[PAGE - 1] if len(ids) > PAGE else None)


def principals_for(actor: Actor) -> list[Principal]:
    """Return the principals to narrow by: those of one's own clients, or all for who sees all."""
    far = reach(actor, ACT)
    principals = Principal.objects.order_by("name")
    if far.everything:
        return list(principals)
    return list(principals.filter(pk__in=_of(actor, far).values("content_object__principal")))


def show(actor: Actor, ids: Sequence[UUID]) -> tuple[Listed, ...]:
    """Return these clients in this order, as far as this actor may see them; noted for the log."""
    rows = Involvement.objects.visible_to(actor, ACT).filter(pk__in=ids).select_related("client", "principal")
    by_id = {row.pk: row for row in rows}
    saw(actor, list(by_id.values()))
    references = _references(by_id)
    guides: dict[UUID, list[str]] = defaultdict(list)
    now = guiding(actor.at).filter(content_object__in=by_id)
    for involvement, name in now.values_list("content_object", "user__display_name"):
        guides[involvement].append(name)
    return tuple(
        Listed(
            involvement=row,
            name=list_name(name_of(row.client)),
            born=str(born(row.client)),
            reference=references.get(row.pk, ""),
            principal=row.principal.name,
            opened_on=row.opened_on,
            guides=tuple(sorted(guides[row.pk])),
        )
        for row in (by_id[pk] for pk in ids if pk in by_id)
        if row.client is not None
    )


def _narrowed(rows: InvolvementQuerySet, by: Narrowing, at: datetime) -> InvolvementQuerySet:
    if by.principal:
        rows = rows.filter(principal=by.principal)
    return rows.filter(without_guide(at)) if by.unassigned else rows


def _by_role(actor: Actor, by: Narrowing, after: UUID | None) -> tuple[list[UUID], int | None]:
    visible = Involvement.objects.visible_to(actor, ACT)
    rows = _narrowed(visible, by, actor.at)
    counted = list(rows.order_by().values_list("pk", flat=True)[: MOST_COUNTED + 1])
    total = _capped(len(counted))
    if total is not None:  # few: sort those, and do not look for them along the index of all names
        rows = rows.filter(pk__in=counted)
    last = ""  # the condition on it makes the join an inner one, so that the clients' index gives the order
    if after:  # whoever was assigned meanwhile left this part of the list, and the next page begins there all the same
        last = visible.filter(pk=after).values_list("client__sort_name", flat=True).first() or ""
        if not last:
            raise Absent
        rows = rows.filter(Q(client__sort_name__gt=last) | Q(client__sort_name=last, pk__gt=after))
    rows = rows.filter(client__sort_name__gte=last)
    return list(rows.order_by("client__sort_name", "pk").values_list("pk", flat=True)[: PAGE + 1]), total


def _by_grants(actor: Actor, far: Reach, after: UUID | None, by: Narrowing) -> tuple[list[UUID], int | None]:
    rows = _of(actor, far)
    if by.principal:
        rows = rows.filter(content_object__principal=by.principal)
    # somebody may hold several grants on one client: assigned, and leading who is
    rows = rows.order_by("sort_name", "content_object").distinct("sort_name", "content_object")
    total = _capped(rows[: MOST_COUNTED + 1].count())
    if after:
        last = rows.filter(content_object=after).values_list("sort_name", flat=True).first()
        if last is None:
            raise Absent
        beyond = Q(sort_name__gt=last) | Q(sort_name=last, content_object__gt=after)
        rows = rows.filter(beyond, sort_name__gte=last)
    return list(rows.values_list("content_object", flat=True)[: PAGE + 1]), total


def _of(actor: Actor, far: Reach) -> QuerySet[Grant]:
    """The grants by which this actor sees clients now."""
    return Grant.objects.filter(grants.current(actor.at), user_id=actor.id, permission__codename__in=far.permissions)


def _capped(counted: int) -> int | None:
    return counted if counted <= MOST_COUNTED else None


def _references(ids: Sequence[UUID] | dict[UUID, Involvement]) -> dict[UUID, str]:
    """The reference of each one's latest trajectory."""
    rows = Trajectory.objects.filter(involvement__in=ids).order_by(F("starts_on").asc(nulls_first=True), "-pk")
    return dict(rows.values_list("involvement_id", "reference"))
