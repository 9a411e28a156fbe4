"""Art. 1, 2, 5.1: the involvement: opened set-based, and whoever must know is told in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from clients.delivery.fields import Fields
from clients.models import Principal
from clients.registration import Source
from werkcontact.ids import uuid7

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


def open_many(new: Sequence[NewInvolvement], *, principal: Principal, source: Source, today: date) -> list[UUID]:
    """Open involvements, each with a client of its own, inside an act; return their ids in the same order."""
    raise NotImplementedError


def reference_index(principal: UUID, reference: str) -> bytes:
    """Return the blind index of a principal's reference, which outlives closure."""
    raise NotImplementedError


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
