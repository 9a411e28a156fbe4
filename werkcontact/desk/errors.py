"""Error pages: they say nothing of the minute, the record or the purpose."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The form's token was missing or old: nothing was done."""
    return render(request, "403_csrf.html", status=403)
