"""Art. 4: how what a delivery holds is said on a page."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from clients.addressing import countries
from clients.birth import BirthDate
from clients.delivery.fields import Fields, Value
from clients.names import list_name
from clients.registered import name_in
from werkcontact.ui import words
from werkcontact.ui.dates import nl_date

_DAYS = ("starts_on", "planned_end")


def name_of_row(fields: Fields, number: int) -> str:
    """The name in a list; the row's number when it has none."""
    return list_name(name_in(fields)) or _("Row %(number)s") % {"number": number}


def shown(name: str, value: Value) -> str:
    """A value of a field as it is read on a page; a BSN only by its last digits."""
    if value in (None, ""):
        return ""
    if name == "secrecy":
        return f"{value}: {_('secret')}" if value else _("none")
    text = str(value)
    if name == "bsn":
        return words.mask_bsn(text)
    if name == "birth":
        return BirthDate.parse(text).text
    if name in _DAYS:
        return nl_date(date.fromisoformat(text))
    if name == "postcode":
        return words.postcode(text)
    if name == "country":
        return countries().get(text, text)
    return text
