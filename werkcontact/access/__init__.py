"""Art. 9, 16, 6.2, 6.3: THE gate, and the log of everything that passes or is refused."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from werkcontact.access.actor import Actor
    from werkcontact.access.deed import Deed, act
    from werkcontact.access.errors import Absent, PurposeNeeded
    from werkcontact.access.gate import enter, enter_all, enter_list, find, ids_of, may, saw, saw_ids
    from werkcontact.access.screens import StaffRequest, screen

__all__ = [
    "Absent",
    "Actor",
    "Deed",
    "PurposeNeeded",
    "StaffRequest",
    "act",
    "enter",
    "enter_all",
    "enter_list",
    "find",
    "ids_of",
    "may",
    "saw",
    "saw_ids",
    "screen",
]

_MODULES = ("actor", "deed", "errors", "gate", "screens")


def __getattr__(name: str) -> Any:
    if name in __all__:
        for module in _MODULES:
            found = import_module(f"werkcontact.access.{module}")
            if name in vars(found):
                return vars(found)[name]
    raise AttributeError(name)
