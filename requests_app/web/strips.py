"""Whose file a request is about, on top of its page for its handler; of several dossiers there is no such strip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from clients.web.strip import strip_for
from requests_app.models import RequestDossier, SubjectRequest
from werkcontact.access import StaffRequest
from werkcontact.ui.components import Strip


def strip_of(request: StaffRequest, one: SubjectRequest, linked: Sequence[RequestDossier]) -> Strip | None:
    """Return the strip of the one dossier that a request spans, without the tabs of the client's pages."""
    if len(linked) != 1 or linked[0].dossier.involvement.ended_on is not None:
        return None
    part = linked[0]
    strip = strip_for(request, part.dossier.involvement, current="", guides=(), bare=True, number=part.dossier.number)
    short = _("You handle request %(number)s. Purpose: request of the client.") % {"number": one.number}
    long = _("You see this dossier as long as the request runs (reglement, articles 9 and 13).")
    return replace(strip, why_short=short, why_long=long)
