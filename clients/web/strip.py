"""Art. 9: whose file a page is about, and why one sees it: on top of every page of one involvement."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from clients.models import Involvement
from clients.names import full_name
from clients.naming import born, name_of
from clients.web.tabs import tabs_for
from werkcontact.access import Absent, StaffRequest
from werkcontact.ui import words
from werkcontact.ui.components import Strip

DossierNumber = Callable[[UUID], str]
_numbers: list[DossierNumber] = []


def dossier_numbers(number_of: DossierNumber) -> None:
    """Register the one who knows the number of an involvement's dossier ("" when there is none)."""
    if _numbers:
        raise ValueError("dossiers have one register of numbers")
    _numbers.append(number_of)


def strip_for(request: StaffRequest, involvement: Involvement, *, current: str, heading: bool = False) -> Strip:
    """Return the identity strip; `current` is the key of the tab, `heading` makes the name the page's h1."""
    client = involvement.client
    if client is None:
        raise Absent
    birth = born(client)
    return Strip(
        name=full_name(name_of(client)),
        birth=str(birth),
        age=words.age(birth, request.today),
        reference="",
        dossier_number=_numbers[0](involvement.pk) if _numbers else "",
        tabs=tabs_for(request.actor, involvement, current),
        heading=heading,
    )
