"""Art. 1, 2, 5.1, 18: the involvement: opened set-based, and whoever must know is told in the same transaction.

Each involvement that is opened has a client of its own, also for somebody whom another principal delivered before:
that two are one person is decided by appointed staff, never by an import and never by BSN.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from clients import notices, registration, trajectories
from clients.bulk import copy_in
from clients.delivery.fields import Fields
from clients.models import Involvement, Principal, UsedReference
from clients.registration import NewRegistration, Source
from werkcontact.ids import uuid7
from werkcontact.jobs.checkpoints import checkpoint
from werkcontact.rulebook.current import calendar, rules_on
from werkcontact.vault import keys
from werkcontact.vault.blind import blind_indexes
from werkcontact.vault.keys import KeyKind

Subscriber = Callable[[Sequence[UUID], date], None]
_subscribers: list[Subscriber] = []


@dataclass(frozen=True)
class NewInvolvement:
    """Somebody to register for a principal: fields in the normal form of `clients.delivery.fields`.

    With a reference there is a trajectory too. `said`: see `registration.Change`.
    """

    fields: Fields
    said: Mapping[str, str] = field(default_factory=dict)
    id: UUID = field(default_factory=uuid7)


@dataclass(frozen=True)
class NewTrajectory:
    """A further commission for somebody whom this principal has registered already; it has a reference of its own."""

    involvement: UUID
    fields: Fields
    id: UUID = field(default_factory=uuid7)


def open_many(new: Sequence[NewInvolvement], *, principal: Principal, source: Source, today: date) -> list[UUID]:
    """Open involvements, each with a client of its own, inside an act; return their ids in the same order.

    Keys come first and are committed; then, each in one statement: client, involvement, registration, trajectory,
    used reference, notice (art. 11, from `today`, an Amsterdam date); then the dossier. A reference that was used
    fails its UNIQUE. Without a statutory ground of the principal no BSN is kept.
    """
    ids = [one.id for one in new]
    if not ids:
        return ids
    keys.make(KeyKind.INVOLVEMENT, ids)
    checkpoint("involvements.keys_made")
    people = [NewRegistration(one.id, one.fields, one.said) for one in new]
    copy_in(
        Involvement,
        ("id", "client_id", "principal_id", "opened_on"),
        ((one.involvement, one.client, principal.pk, today) for one in people),
    )
    registration.insert(people, principal=principal, source=source, today=today)
    _use_references(principal, ((one.id, one.fields) for one in new))
    checkpoint("involvements.registered")
    notices.register_many(ids, today, rules_on(today), calendar())
    tell_opened(ids, today)
    checkpoint("involvements.opened")
    return ids


def add_trajectories(new: Sequence[NewTrajectory], *, principal: Principal) -> None:
    """Add further trajectories to open involvements of this principal, inside an act, in two statements."""
    services = trajectories.service_ids(principal, (str(one.fields.get("service") or "") for one in new))
    rows = [(one.id, one.involvement, one.fields) for one in new]
    trajectories.insert(rows, principal=principal, services=services)
    _use_references(principal, ((one.involvement, one.fields) for one in new))


def reference_index(principal: UUID, reference: str) -> bytes:
    """Return the blind index of a principal's reference, exactly as it writes it; it outlives closure."""
    return reference_indexes(principal, [reference])[reference]


def reference_indexes(principal: UUID, references: Iterable[str]) -> dict[str, bytes]:
    """Return the blind index of each of many references."""
    return blind_indexes(f"reference|{principal}", references)


def on_opened(subscriber: Subscriber) -> None:
    """Register the one subscriber (the dossier) that is told of opened involvements, in the same transaction."""
    if _subscribers:
        raise ValueError("involvements have one subscriber")
    _subscribers.append(subscriber)


def tell_opened(involvements: Sequence[UUID], today: date) -> None:
    """Tell the subscriber; raises LookupError when there is none, since an involvement has a dossier."""
    if not _subscribers:
        raise LookupError("nobody opens dossiers")
    _subscribers[0](involvements, today)


def _use_references(principal: Principal, rows: Iterable[tuple[UUID, Fields]]) -> None:
    used = [(involvement, str(fields["reference"])) for involvement, fields in rows if fields.get("reference")]
    indexes = reference_indexes(principal.pk, (reference for _involvement, reference in used))
    copy_in(
        UsedReference,
        ("id", "involvement_id", "principal_id", "reference_index"),
        ((uuid7(), involvement, principal.pk, indexes[reference]) for involvement, reference in used),
    )
