"""Art. 9, 18: what the gate must know of clients' records; each page and list belongs to one involvement."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from clients.models import Assignment, Delivery, Grant, Involvement, Notice, Registration, Trajectory
from werkcontact.access import grants
from werkcontact.access.actor import Actor
from werkcontact.access.records import Subject, reach, register
from werkcontact.access.verdicts import State


def state_of(involvement: Involvement) -> State:
    """A record of an involvement that has ended is the archive's (art. 6.3)."""
    return "registered" if involvement.ended_on is None else "archived"


def of_involvement(
    path: str,
    state: Callable[[Involvement], State] = state_of,
    open_: Q | None = None,
    own: Callable[[Any], UUID | None] = lambda _record: None,
    related: tuple[str, ...] = (),
) -> Subject:
    """Return what the gate must know of a record that hangs on one involvement by `path` ("" for itself).

    `state` may know more of the involvement than whether it ended; `open_` narrows lists to records that are open.
    """

    def involvement(record: models.Model) -> Involvement:
        found: Any = record
        for step in path.split("__") if path else ():
            found = getattr(found, step)
        return found  # type: ignore[no-any-return]

    def visible(actor: Actor, act: str) -> Q:
        still_open = Q(**{f"{path}__ended_on" if path else "ended_on": None})
        return grants.within(actor, reach(actor, act), path) & still_open & (open_ or Q())

    def logged(record: models.Model) -> Iterable[UUID]:
        ids = {involvement(record).pk}
        return ids | ({record.pk} if isinstance(record.pk, UUID) else set())

    return Subject(
        state=lambda record: state(involvement(record)),
        ties=lambda actor, record: grants.ties(actor, involvement(record).pk),
        visible=visible,
        scope=lambda record: str(involvement(record).pk),
        logged=logged,
        own=own,
        related=(*((path,) if path else ()), *related),
    )


def house_record() -> Subject:
    """A record of no client: who may see it is a matter of appointments alone."""
    return Subject(
        state=lambda _record: "none",
        ties=lambda _actor, _record: frozenset(),
        visible=lambda actor, act: Q() if reach(actor, act, "none").everything else Q(pk__in=[]),
        scope=lambda record: str(record.pk),
        logged=lambda record: [record.pk],
    )


grants.use(Grant)
register(Involvement, of_involvement("", related=("client", "principal", "registration")))
register(Registration, of_involvement("involvement", related=("involvement__client", "involvement__principal")))
register(Trajectory, of_involvement("involvement"))
register(Assignment, of_involvement("involvement"))
register(
    Notice,
    of_involvement(
        "involvement",
        own=lambda notice: notice.asked.preparer_id if notice.asked else None,
        related=(
            "involvement__client",
            "involvement__principal",
            "involvement__registration",
            "letter",
            "asked",
            "ended_by",
        ),
    ),
)
register(Delivery, house_record())
