"""What the views of a dossier share: a page of one dossier, and a refusal shown in its form with what was typed."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from clients.web.strip import strip_for
from dossiers import once
from dossiers.models import Dossier
from dossiers.web.forms import WithFile
from werkcontact.access import StaffRequest
from werkcontact.ids import uuid7
from werkcontact.refused import Refused

MOST_DIGITS = 5


def page(
    request: StaffRequest, template: str, dossier: Dossier, context: dict[str, Any], *, heading: bool = False
) -> HttpResponse:
    """A page of one dossier, under its client's identity strip; 422 when its form was not accepted."""
    form = context.get("form")
    strip = strip_for(request, dossier.involvement, current="dossier", heading=heading)
    status = 422 if isinstance(form, forms.BaseForm) and form.is_bound else 200
    return render(request, template, {**context, "strip": strip, "dossier": dossier}, status=status)


def number_in(text: str) -> int | None:
    """A version's number as it stands in a URL or a hidden field; None for anything else."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else None


def refuse(form: forms.Form, refused: Refused) -> None:
    """Show a refusal at its field, or above the form when it has none there; a file was not kept."""
    form.add_error(refused.field if refused.field in form.fields else None, str(refused.text))
    if refused.code == once.KEPT_BEFORE:
        _put(form, "new_id", str(uuid7()))  # sending it once more is then meant
    if isinstance(form, WithFile):
        form.say_choose_again()


def take_over(form: forms.Form, version: int) -> None:
    """Name the present version in a form that was overtaken: keeping it again is then meant."""
    _put(form, "version", str(version))


def _put(form: forms.Form, name: str, value: str) -> None:
    data = cast("QueryDict", form.data).copy()
    data[name] = value
    form.data = data
