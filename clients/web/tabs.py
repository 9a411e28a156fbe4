"""The tabs of a client's page: each app registers its own at start, so that what does not exist is not drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from clients.models import Involvement
from werkcontact.access import Actor, may
from werkcontact.ui.components import Tab, Text

Count = Callable[[Actor, Involvement], int]


@dataclass(frozen=True)
class _Entry:
    key: str
    label: Text
    url_name: str
    act: str
    count: Count | None


_entries: list[_Entry] = []


def register_tab(key: str, label: Text, url_name: str, act: str, count: Count | None = None) -> None:
    """Add a tab: its page takes the involvement's id (`url_name`), and shows to who may do `act`."""
    _entries.append(_Entry(key, label, url_name, act, count))


def tabs_for(actor: Actor, involvement: Involvement, current: str) -> tuple[Tab, ...]:
    """Return the tabs that this actor may open."""
    return tuple(
        Tab(
            url=reverse(entry.url_name, args=[involvement.pk]),
            label=entry.label,
            current=entry.key == current,
            count=entry.count(actor, involvement) if entry.count else None,
        )
        for entry in _entries
        if may(actor, entry.act, involvement)
    )
