"""Links to pages of apps below: each is drawn only when its URL exists and the gate would let this person in."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

from werkcontact.access import Actor, may
from werkcontact.access.table import columns_with, states_of

# The column of the table that an appointment can come to stand in, where it is not the appointment's own name.
_COLUMN = {"caseworker": "assigned", "franchisee": "assigned", "auditor": "auditor_in"}


def url(name: str) -> str:
    """Return the address of a page without arguments, or nothing when there is no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def may_open(actor: Actor, act: str) -> bool:
    """Whether a link may be shown: the act without a record, or the list of records that may be this person's.

    Asks the table alone; a caseworker without any client may open the list, and finds it empty.
    """
    if "none" in states_of(act):
        return may(actor, act)
    columns = {_COLUMN.get(role, role) for role in actor.roles}
    return actor.declared and bool(columns & columns_with(act, "registered", "yes", "second", "purpose"))
