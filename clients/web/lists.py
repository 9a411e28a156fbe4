"""How lists of clients are drawn: the table, what narrows it, and its pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from clients.listing import Listed, Listing, Narrowing
from clients.models import Principal
from clients.search import Hit
from werkcontact.access import StaffRequest
from werkcontact.ui.components import Cell, Choice, Column, Filter, Pages, Part, State, Table


def table_of(clients: Iterable[Listed]) -> Table:
    """The list under the core of the name."""
    columns = (Column(_("Client"), sorted="ascending"), *_columns())
    return Table(_("Clients that you may see"), columns, [_row(each) for each in clients])


def table_of_hits(hits: Iterable[Hit]) -> Table:
    """What a search found, and by what."""
    columns = (Column(_("Client")), *_columns(), Column(_("Found by")))
    rows = [(*_row(hit.client), Cell(", ".join(map(str, hit.why)))) for hit in hits]
    return Table(_("What was found"), columns, rows)


def filter_for(by: Narrowing, principals: Sequence[Principal], *, everything: bool) -> Filter | None:
    """What the list can be narrowed to; nothing when there is no choice."""
    nobody = [_choice(_("Without a caseworker"), by, Narrowing(unassigned=True))] if everything else []
    each = [_choice(one.name, by, Narrowing(principal=one.pk)) for one in principals] if len(principals) > 1 else []
    if not nobody and not each:
        return None
    return Filter(_("Narrow the list"), (_choice(_("All"), by, Narrowing()), *nobody, *each))


def pages_for(request: StaffRequest, listing: Listing) -> Pages:
    """The pages of a list, with what narrows it kept in their addresses."""
    kept = {key: request.GET[key] for key in ("wie", "opdrachtgever") if key in request.GET}
    return Pages(
        shown=len(listing.clients),
        total=listing.total,
        first_url=_address(request.path, kept) if "na" in request.GET else "",
        next_url=_address(request.path, kept | {"na": str(listing.after)}) if listing.after else "",
    )


def _columns() -> tuple[Column, ...]:
    return (Column(_("Reference")), Column(pgettext("column", "Principal")), Column(_("Guided by")))


def _row(each: Listed) -> tuple[Cell, ...]:
    url = reverse("registration.view", args=[each.involvement.pk])
    born = (Part(_("born %(date)s") % {"date": each.born}, num=True),)
    nobody = State("wait", "person", _("nobody yet"))
    return (
        Cell(each.name, url=url, meta=born),
        Cell(each.reference, num=True),
        Cell(each.principal),
        Cell(", ".join(each.guides), state=None if each.guides else nobody),
    )


def _choice(label: str, now: Narrowing, by: Narrowing) -> Choice:
    kept = {"wie": "niemand"} if by.unassigned else {"opdrachtgever": str(by.principal)} if by.principal else {}
    return Choice(_address(reverse("client.list"), kept), label, current=now == by)


def _address(path: str, kept: dict[str, str]) -> str:
    return f"{path}?{urlencode(kept)}" if kept else path
