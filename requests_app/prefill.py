"""Art. 12.1: what a client's page fills in when a request of that client is registered from it: no link, only words."""

from __future__ import annotations

from uuid import UUID

from clients.addressing import address_of, is_secret
from clients.models import Involvement
from clients.names import full_name
from clients.naming import born, name_of
from werkcontact.access import Absent, Actor, find
from werkcontact.ui.dates import PartialDate


def of(actor: Actor, involvement: str) -> dict[str, str | PartialDate]:
    """Return name, birth date, address and e-mail as registered, for who may see them; else nothing at all.

    A secret address is left out.
    """
    try:
        found = find(actor, "registration.view", Involvement, pk=UUID(involvement))
    except (ValueError, Absent):
        return {}
    registration = found.registration
    filled: dict[str, str | PartialDate] = {"name": full_name(name_of(registration)), "email": registration.email}
    if registration.birth_year:
        filled["birth"] = born(registration)
    address = address_of(registration)
    if address is not None and not is_secret(registration):
        filled["address"] = "\n".join(address.lines)
    return filled
