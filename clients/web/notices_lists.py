"""What the list of notices can be narrowed to, and its pages, kept in the address."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from clients.models import Delivery, Principal
from clients.notice_list import Listing, Narrowing
from werkcontact.access import StaffRequest
from werkcontact.ui.components import Choice, Filter, Pages
from werkcontact.ui.dates import nl_date_words

KEYS = ("stand", "opdrachtgever", "aanlevering")


def filter_for(by: Narrowing, principals: Sequence[Principal], deliveries: Sequence[Delivery]) -> Filter:
    """Those that run, of one principal or one delivery; those that ended."""
    choices = [_choice(_("To send"), by, Narrowing())]
    if len(principals) > 1:
        choices += [_choice(each.name, by, Narrowing(principal=each.pk)) for each in principals]
    choices += [_choice(delivery_words(each), by, Narrowing(delivery=each.pk)) for each in deliveries]
    return Filter(_("Narrow the list"), (*choices, _choice(_("Done"), by, Narrowing(ended=True))))


def delivery_words(delivery: Delivery) -> str:
    """A delivery by its principal and the day on which it came."""
    words = {"principal": delivery.principal.name, "day": nl_date_words(delivery.received_on)}
    return _("delivery of %(principal)s, %(day)s") % words


def pages_for(request: StaffRequest, listing: Listing) -> Pages:
    """The pages, with what narrows the list kept in their addresses."""
    kept = {key: request.GET[key] for key in KEYS if key in request.GET}
    return Pages(
        shown=len(listing.notices),
        total=listing.total,
        first_url=_address(kept) if "na" in request.GET else "",
        next_url=_address(kept | {"na": str(listing.after)}) if listing.after else "",
    )


def _choice(label: str, now: Narrowing, by: Narrowing) -> Choice:
    kept = {"stand": "afgerond"} if by.ended else {}
    if by.principal:
        kept["opdrachtgever"] = str(by.principal)
    if by.delivery:
        kept["aanlevering"] = str(by.delivery)
    return Choice(_address(kept), label, current=now == by)


def _address(kept: dict[str, str]) -> str:
    path = reverse("notice.list")
    return f"{path}?{urlencode(kept)}" if kept else path
