"""Art. 3, 9: the question "waarvoor?": which answers were offered, to whom, for what and where it came from.

The offer travels in the form, signed: nobody can state what was not offered to them. It is no secret to its reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django import forms
from django.core import signing
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from werkcontact.access.errors import PurposeNeeded

HOLDS = timedelta(hours=1)
_SALT = "werkcontact.access.stating"


@dataclass(frozen=True)
class Offer:
    """What somebody may state for a scope (a record or a list), and the page that asked."""

    scope: str
    choices: tuple[tuple[str, str], ...]
    next: str


class PurposeForm(forms.Form):
    """A radio button for each purpose that was offered."""

    purpose = forms.ChoiceField(label=_("Purpose"), widget=forms.RadioSelect)
    offer = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: object = None, *, choices: Sequence[tuple[str, str]], offer: str = "") -> None:
        super().__init__(data, initial={"offer": offer})  # type: ignore[arg-type]  # what request.POST is
        self.fields["purpose"].choices = choices  # type: ignore[attr-defined]


def form_for(request: HttpRequest, question: PurposeNeeded) -> PurposeForm:
    """Return the form that asks this question on behalf of the page that was wanted."""
    choices = [(choice.code, choice.title) for choice in question.choices]
    offer = {"scope": question.scope, "choices": choices, "next": _back_to(request), "staff": str(request.user.pk)}
    return PurposeForm(choices=choices, offer=signing.dumps(offer, salt=_SALT))


def read_offer(request: HttpRequest) -> Offer | None:
    """Return the offer that a posted form answers; None when it is not ours, another's, or older than an hour."""
    try:
        read = signing.loads(request.POST.get("offer", ""), salt=_SALT, max_age=HOLDS)
    except signing.BadSignature:
        return None
    if read["staff"] != str(request.user.pk):
        return None
    return Offer(read["scope"], tuple((code, title) for code, title in read["choices"]), read["next"])


def _back_to(request: HttpRequest) -> str:
    """The wanted page; of a form that was posted, the page it stood on."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    referer = request.headers.get("referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    parts = urlsplit(referer)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
