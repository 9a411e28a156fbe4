"""`{% load ui %}`: icons, and the house's way with dates, numbers and names of days."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from werkcontact.ui import dates, words
from werkcontact.ui.components import State
from werkcontact.ui.icons import ICONS

register = template.Library()


@register.simple_tag
def icon(name: str, css: str = "wc-icon") -> SafeString:
    """An icon of the sprite; hidden from screen readers, since its word stands beside it."""
    if name not in ICONS:
        raise template.TemplateSyntaxError(f"No icon is called {name!r}.")
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>', css, static("icons.svg"), name
    )


@register.filter
def nl_date(value: date | None) -> str:
    """30-11-2026; a moment counts as its day in Amsterdam."""
    return dates.nl_date(_day(value)) if value else ""


@register.filter
def nl_date_long(value: date | None) -> str:
    """maandag 30 november 2026"""
    return dates.nl_date_long(_day(value)) if value else ""


@register.filter
def nl_date_words(value: date | None) -> str:
    """30 november 2026"""
    return dates.nl_date_words(_day(value)) if value else ""


@register.filter
def nl_day(value: date | None) -> str:
    """vr 20 november"""
    return dates.nl_day(_day(value)) if value else ""


@register.filter
def nl_time(value: datetime | None) -> str:
    """10:42, in Amsterdam."""
    return timezone.localtime(value).strftime("%H:%M") if value else ""


@register.filter
def iso(value: date | None) -> str:
    """2026-11-30, for a time element."""
    return _day(value).isoformat() if value else ""


@register.filter
def number(value: int | None) -> str:
    """1.234"""
    return "" if value is None else words.number(value)


@register.filter
def money(value: Decimal | None) -> str:
    """€ 12,50"""
    return "" if value is None else words.money(value)


@register.filter
def bsn_masked(value: str | None) -> str:
    """******782"""
    return words.mask_bsn(value or "")


@register.filter
def age(value: dates.PartialDate | date | None, today: date) -> str:
    """26 jaar"""
    return words.age(value, today) if value else ""


@register.filter
def days_left(value: date | None, today: date) -> str:
    """nog 6 dagen"""
    return words.days_left(value, today) if value else ""


@register.filter
def due(value: date, today: date) -> State:
    """The days left as a state for components/state.html."""
    return words.due(value, today)


@register.filter
def postcode(value: str | None) -> str:
    """1234 AB"""
    return words.postcode(value or "")


@register.filter
def file_size(value: int | None) -> str:
    """1,2 MB"""
    return "" if value is None else words.file_size(value)


@register.filter
def has_errors(form: Any) -> bool:
    """Whether this is a form that was sent and is not right; anything else is none."""
    return bool(getattr(form, "errors", None))


@register.filter
def error_count(form: Any) -> int:
    """How many mistakes a form lists."""
    return sum(len(errors) for errors in form.errors.values())


def _day(value: date) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.filter
def breakable(value: object) -> str:
    """Let a long address break after its @, as the mockups do."""
    before, at, after = str(value).partition("@")
    return format_html("{}@<wbr>{}", before, after) if at and " " not in before else format_html("{}", value)
