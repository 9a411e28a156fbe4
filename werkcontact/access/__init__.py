"""Art. 9, 16, 6.2, 6.3: THE gate, and the log of everything that passes or is refused."""

from werkcontact.access.actor import Actor
from werkcontact.access.deed import Deed, act
from werkcontact.access.errors import Absent, PurposeNeeded
from werkcontact.access.gate import enter, enter_all, find, may
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
    "find",
    "may",
    "screen",
]
