"""Art. 1, 2, 5.1: the involvement: opened set-based, and whoever must know is told in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

Subscriber = Callable[[Sequence[UUID], date], None]
_subscribers: list[Subscriber] = []


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
