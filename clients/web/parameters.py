"""Ids in addresses and forms: what is no id has no page."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404


def uuid_or_none(text: str | None) -> UUID | None:
    """Return the id, None when none was given; raise Http404 for what is none."""
    if text is None:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def uuids(texts: Iterable[str]) -> list[UUID]:
    """Return ids, each once; raise Http404 when one is none."""
    return list(dict.fromkeys(found for text in texts if (found := uuid_or_none(text))))
