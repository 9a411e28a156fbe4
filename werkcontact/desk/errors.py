"""Error pages: they say nothing of the minute, the record or the purpose."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from werkcontact.office import kept, limits


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The form's token was missing or old: nothing was done; what somebody who is signed in typed waits for them."""
    keeps = _came_from_here(request) and _is_open(request)
    if keeps:
        kept.keep(request, kept.seal(request))
    return render(request, "403_csrf.html", {"kept": keeps}, status=403)


def _came_from_here(request: HttpRequest) -> bool:
    """Whether one of our own pages sent it, as the browser says: another site's form is not offered to be sent."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _is_open(request: HttpRequest) -> bool:
    """Whether a session runs, and this is no password or code."""
    name = (request.resolver_match.url_name or "") if request.resolver_match else "account_"
    if name.startswith(("account_", "mfa_")) or not request.user.is_authenticated:
        return False
    return not limits.has_ended(request.session, timezone.now())
