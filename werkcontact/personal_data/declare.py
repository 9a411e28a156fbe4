"""The one-line declarations of each app's personal_data.py.

    DECLARATIONS = {
        "clients.registration": of("involvement", ends="closure", category=Category.CONTACT,
                                   name="surname", contact="email telephone", hidden="bsn_cipher bsn_index"),
        "clients.principal": nobody(plain="name kind"),
    }

The first argument is the path of foreign keys to the owner ("" when the row is the owner itself). Each further word is
a kind with the fields that are of it. Foreign keys and the primary key need no word; every other field has exactly one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Ends = Literal["closure", "destruction", "delivery", "request", "staff", "session", "log", "never"]

# Kinds of personal data, and after them what is none: `plain` (state, dates of ours, counts), `hidden` (ciphertext and
# blind indexes, unreadable without the key), `ref` (a soft reference: an id that is no foreign key).
PERSONAL = ("name", "birth", "contact", "address", "number", "text", "health", "date", "photo")
KINDS = (*PERSONAL, "plain", "hidden", "ref")


@dataclass(frozen=True)
class Declaration:
    """What a model holds: whose (`owner`, None for nobody's), how it ends, of which category, and each field's kind."""

    owner: str | None
    ends: Ends
    category: str
    fields: Mapping[str, str]

    def names(self, *kinds: str) -> tuple[str, ...]:
        """Return the fields of these kinds, in the order declared."""
        return tuple(name for name, kind in self.fields.items() if kind in kinds)


def of(owner: str, *, ends: Ends, category: str = "", **kinds: str) -> Declaration:
    """Declare a model that holds somebody's data."""
    return Declaration(owner, ends, str(category), _fields(kinds))


def nobody(**kinds: str) -> Declaration:
    """Declare a model that holds nobody's data."""
    return Declaration(None, "never", "", _fields(kinds))


def _fields(kinds: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for kind, names in kinds.items():
        if kind not in KINDS:
            raise ValueError(f"unknown kind of data: {kind}")
        for name in names.split():
            if name in found:
                raise ValueError(f"{name} is declared twice")
            found[name] = kind
    return found
