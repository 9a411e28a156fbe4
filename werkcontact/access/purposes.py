"""Art. 3, 9, 18: "waarvoor?". A purpose of the rulebook, or a running request or complaint about this person.

Apps above tell which requests and complaints run (`provider`), since only they know; what they offer names a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db import models

from werkcontact.access.actor import Actor
from werkcontact.access.errors import PurposeChoice
from werkcontact.rulebook.current import purposes_on

Provider = Callable[[Actor, models.Model | None], Iterable[PurposeChoice]]
_providers: dict[str, Provider] = {}
# These roles look into a file only for a running request or complaint that they name.
BY_CASE = frozenset({"requests", "disputes"})
CASE = ":"
"""Stands in the code of a running request or complaint ("request:V-2026-000017"), and in none of the rulebook."""


def provider(role: str, give: Provider) -> None:
    """Tell which running requests (role "requests") or complaints ("disputes") are a purpose for a record."""
    _providers[role] = give


def stated(actor: Actor, scope: str, record: models.Model | None) -> str:
    """Return the purpose that this actor stated for a record or list, when it still holds; "" when there is none.

    A request or complaint is one only while it runs, and in the hands of this actor: asked anew for each response.
    """
    code = actor.purpose_for(scope)
    if CASE not in code:
        return code
    known = actor.draft.cases if actor.draft is not None else {}
    if scope not in known:
        known[scope] = frozenset(choice.code for choice in choices(actor, record))
    return code if code in known[scope] else ""


def choices(actor: Actor, record: models.Model | None) -> list[PurposeChoice]:
    """Return what this actor may state for this record, or for a list."""
    by_case = [_providers[role] for role in sorted(actor.roles & BY_CASE) if role in _providers]
    found = [choice for give in by_case for choice in give(actor, record)]
    if actor.roles - BY_CASE:
        found += [PurposeChoice(p.code, p.title) for p in purposes_on(actor.today)]
    return found
