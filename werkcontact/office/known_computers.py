"""Art. 16: a computer on which somebody signed in before has tries of its own.

So a stranger who types wrong passwords for an address uses up the tries of strangers, and keeps nobody from work.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from werkcontact.staff.models import Staff

_COOKIE = "__Host-known" if settings.SESSION_COOKIE_SECURE else "wc-known"
_SALT = "werkcontact.office.known_computers"
_HOLDS = timedelta(days=30)


def remember(response: HttpResponse, staff: Staff) -> None:
    """Let this browser keep, for 30 days, that this person signed in on it; it opens nothing."""
    response.set_cookie(
        _COOKIE,
        signing.dumps([str(staff.pk), secrets.token_urlsafe(12)], salt=_SALT),
        max_age=int(_HOLDS.total_seconds()),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def known_as(request: HttpRequest, email: str) -> str:
    """Return what names this browser for the account of this address; "" when it is not known there."""
    try:
        staff, name = signing.loads(request.COOKIES.get(_COOKIE, ""), salt=_SALT, max_age=_HOLDS)
    except signing.BadSignature:
        return ""
    return name if Staff.objects.filter(pk=staff, email=email).exists() else ""
