"""How numbers, amounts, ages and days are said on screen: the house's one way, in Dutch."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from werkcontact.ui.components import State
from werkcontact.ui.dates import PartialDate, ages

_SOON_DAYS = 2
_POSTCODE = re.compile(r"([1-9][0-9]{3})\s*([A-Za-z]{2})")


def number(value: int) -> str:
    """1.234"""
    return f"{value:,}".replace(",", ".")


def money(amount: Decimal) -> str:
    """€ 1.012,50: euros, rounded half up to whole cents, sign before the number."""
    cents = amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    whole, fraction = f"{abs(cents):.2f}".split(".")
    return f"€ {'-' if cents < 0 else ''}{number(int(whole))},{fraction}"


def mask_bsn(bsn: str) -> str:
    """******782: only the last three digits."""
    return "*" * 6 + bsn[-3:] if bsn else ""


def postcode(text: str) -> str:
    """1234 AB; what is no Dutch postcode (addresses abroad) stays as it is."""
    match = _POSTCODE.fullmatch(text.strip())
    return f"{match[1]} {match[2].upper()}" if match else text


def file_size(size_bytes: int) -> str:
    """512 bytes, 34 kB or 1,2 MB, counted in thousands."""
    if size_bytes < 1000:
        return ngettext("%(count)s byte", "%(count)s bytes", size_bytes) % {"count": size_bytes}
    if size_bytes < 1_000_000:
        return f"{round(size_bytes / 1000)} kB"
    return f"{size_bytes / 1_000_000:.1f} MB".replace(".", ",")


def age(birth: date | PartialDate, today: date) -> str:
    """26 jaar; 45 of 46 jaar when the birth date is partly unknown; nothing when its year is."""
    partial = birth if isinstance(birth, PartialDate) else PartialDate(birth.year, birth.month, birth.day)
    span = ages(partial, today)
    if span is None:
        return ""
    if span[0] == span[1]:
        return _("%(age)s years old") % {"age": span[0]}
    return _("%(low)s or %(high)s years old") % {"low": span[0], "high": span[1]}


def days_left(day: date, today: date) -> str:
    """nog 6 dagen, morgen, vandaag, 4 dagen te laat"""
    days = (day - today).days
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if days > 0:
        return ngettext("%(count)s day left", "%(count)s days left", days) % {"count": number(days)}
    return ngettext("%(count)s day late", "%(count)s days late", -days) % {"count": number(-days)}


def due(day: date, today: date) -> State:
    """The days left as a state: late in red, two days or fewer in amber, else plain; always in words."""
    days = (day - today).days
    if days < 0:
        return State("late", "clock", days_left(day, today))
    if days <= _SOON_DAYS:
        return State("wait", "clock", days_left(day, today))
    return State("", "", days_left(day, today))
