"""Art. 9: whose file a page is about, and why one sees it: on top of every page of one involvement."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from clients import bsn
from clients.models import Involvement
from clients.names import full_name
from clients.naming import born, name_of
from clients.overview import reference_of
from clients.web.tabs import tabs_for
from clients.why import Guide, guides_of, why
from werkcontact.access import Absent, StaffRequest, may
from werkcontact.ui import words
from werkcontact.ui.components import Band, Strip

DossierNumber = Callable[[UUID], str]
_numbers: list[DossierNumber] = []


def dossier_numbers(number_of: DossierNumber) -> None:
    """Register the one who knows the number of an involvement's dossier ("" when there is none)."""
    if _numbers:
        raise ValueError("dossiers have one register of numbers")
    _numbers.append(number_of)


def strip_for(
    request: StaffRequest,
    involvement: Involvement,
    *,
    current: str,
    heading: bool = False,
    guides: Sequence[Guide] | None = None,
    bare: bool = False,
    number: str = "",
) -> Strip:
    """Return the identity strip; `current` is the key of the tab, `heading` makes the name the page's h1.

    `guides` spares a query where the page has asked for them already; `bare` is without tabs, for a page that is none
    of this client's own; `number` is the dossier's, where the page knows it.
    """
    client = involvement.client
    if client is None:
        raise Absent
    birth = born(client)
    reason = why(request.actor, involvement, guides_of(involvement, request.actor.at) if guides is None else guides)
    masked = bsn.masked(involvement.registration) if may(request.actor, "bsn.reveal", involvement) else ""
    return Strip(
        name=full_name(name_of(client)),
        birth=str(birth),
        age=words.age(birth, request.today),
        reference=reference_of(involvement),
        dossier_number=number or (_numbers[0](involvement.pk) if _numbers else ""),
        bsn_masked=masked,
        reveal_url=reverse("bsn.reveal", args=[involvement.pk]),
        why_short=reason.short,
        why_long=reason.long,
        tabs=() if bare else tabs_for(request.actor, involvement, current),
        band=_band(involvement),
        heading=heading,
    )


def _band(involvement: Involvement) -> Band | None:
    """The band of secrecy (codes 1-7 of the BRP); it stands on every page of this client."""
    code = involvement.registration.secrecy
    if not code:
        return None
    return Band(
        label=_("Secrecy"),
        title=_("Secret address (code %(code)s).") % {"code": code},
        text=_("The address is hidden. Nothing goes out by itself: no letters, no e-mail."),
        action_url=reverse("address.show", args=[involvement.pk]),
        action_label=_("Show the address"),
    )
