"""Art. 9: who may open what, from when until when, and by what cause. The only writer of grants.

Grant is guardian's direct foreign-key permission on the involvement; clients/access.py registers the model. The
permission is the tie of the access table. Moments decide, not jobs; guardian's own shortcuts are not used, since they
know no moments (recorded in docs/decisions).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import Permission
from django.db import connection, models
from django.db.models import Exists, OuterRef, Q

from werkcontact.access.actor import Actor
from werkcontact.access.records import GRANTED as TIES
from werkcontact.access.records import Reach

_model: list[type[models.Model]] = []


@dataclass(frozen=True)
class NewGrant:
    """A grant to give: whom, which involvement, which tie, by which cause, from and until which moments (aware)."""

    staff: UUID
    involvement: UUID
    tie: str
    cause: UUID
    from_at: datetime
    until_at: datetime | None
    sort_name: str
    search_name: str


def use(model: type[models.Model]) -> None:
    """Register the model of grants."""
    _model[:] = [model]


def _grants() -> models.Manager[Any]:
    return _model[0]._default_manager


def current(at: datetime) -> Q:
    """The grants that hold at this moment. Use it in ONE filter() with the person and the record."""
    return Q(Q(until_at=None) | Q(until_at__gt=at), from_at__lte=at)


def holding(at: datetime) -> models.QuerySet[Any]:
    """Return the grants that hold at this moment, for guardian to read from."""
    return _grants().filter(current(at))


def permissions() -> dict[str, int]:
    """Return the permission row of each tie."""
    return dict(
        Permission.objects.filter(
            content_type__app_label="clients", content_type__model="involvement", codename__in=TIES
        ).values_list("codename", "pk")
    )


def give(grants: Iterable[NewGrant], *, again: bool = False) -> None:
    """Write grants, set-based; `again` reopens those that somebody had before by the same cause."""
    ids = permissions()
    reopen: dict[str, Any] = {
        "update_conflicts": True,
        "unique_fields": ["user", "permission", "content_object", "cause_id"],
        "update_fields": ["until_at"],
    }
    _grants().bulk_create(
        [
            _model[0](
                user_id=g.staff,
                content_object_id=g.involvement,
                permission_id=ids[g.tie],
                cause_id=g.cause,
                from_at=g.from_at,
                until_at=g.until_at,
                sort_name=g.sort_name,
                search_name=g.search_name,
            )
            for g in grants
        ],
        batch_size=2000,
        **(reopen if again else {}),
    )


def end(causes: Iterable[UUID], *, at: datetime) -> None:
    """End what rests on these causes: from this moment it opens nothing."""
    _grants().filter(Q(until_at=None) | Q(until_at__gt=at), cause_id__in=list(causes)).update(until_at=at)


def settle(tie: str, wanted: Iterable[NewGrant], *, causes: Iterable[UUID], at: datetime) -> None:
    """Make the grants of one tie that rest on these causes exactly the wanted ones; others end at this moment."""
    wanted = list(wanted)
    keep = {(grant.staff, grant.cause) for grant in wanted}
    running = _grants().filter(
        Q(until_at=None) | Q(until_at__gt=at), cause_id__in=list(causes), permission__codename=tie
    )
    gone = [pk for pk, *holder in running.values_list("pk", "user_id", "cause_id") if tuple(holder) not in keep]
    _grants().filter(pk__in=gone).update(until_at=at)
    give(wanted, again=True)


def rename(involvements: Iterable[UUID], *, sort_name: str, search_name: str) -> None:
    """Copy a changed name to the grants that carry it for their lists."""
    _grants().filter(content_object_id__in=list(involvements)).update(sort_name=sort_name, search_name=search_name)


def rename_many(names: Mapping[UUID, tuple[str, str]]) -> None:
    """Copy many changed names (sort_name, search_name by involvement) in one statement."""
    if not names:
        return
    statement = (
        f'update "{_model[0]._meta.db_table}" g set sort_name = v.sort_name, search_name = v.search_name'  # noqa: S608 - our table's own name
        " from unnest(%s::uuid[], %s::text[], %s::text[]) as v (id, sort_name, search_name)"
        " where g.involvement_id = v.id"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(names), [sort for sort, _ in names.values()], [s for _, s in names.values()]])


def ties(actor: Actor, involvement: UUID | None) -> frozenset[str]:
    """Return this actor's ties to one involvement: current ones by their name; "formerly" when an assignment ended."""
    if involvement is None or actor.job:
        return frozenset()
    known = actor.draft.ties if actor.draft is not None else {}
    if involvement not in known:
        known[involvement] = _ties(actor, involvement)
    return known[involvement]


def _ties(actor: Actor, involvement: UUID) -> frozenset[str]:
    rows = (
        _grants()
        .filter(user_id=actor.id, content_object_id=involvement)
        .values_list("permission__codename", "from_at", "until_at")
    )
    found, formerly = set(), False
    for tie, from_at, until_at in rows:
        if from_at <= actor.at and (until_at is None or until_at > actor.at):
            found.add(tie)
        elif tie == "assigned" and from_at <= actor.at:
            formerly = True
    return frozenset(found | ({"formerly"} if formerly and "assigned" not in found else set()))


def within(actor: Actor, reach: Reach, path: str = "") -> Q:
    """The Q of a list: all, or only what a current grant opens; `path` leads from the record to its involvement."""
    if reach.everything:
        return Q()
    if not reach.permissions:
        return Q(pk__in=[])
    grant = _grants().filter(
        current(actor.at),
        user_id=actor.id,
        content_object_id=OuterRef(f"{path}__pk" if path else "pk"),
        permission__codename__in=reach.permissions,
    )
    return Q(Exists(grant))
