"""Art. 19: the reglement for everybody in the house to read; and the list of keys."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from werkcontact.access import StaffRequest, screen
from werkcontact.desk import markdown
from werkcontact.rulebook.current import rulebook_on


@screen("rulebook.view")
@require_safe
def rulebook(request: StaffRequest) -> HttpResponse:
    """The version in force today."""
    version = rulebook_on(request.today)
    return render(request, "desk/rulebook.html", {"version": version, "text": markdown.html(version.text)})


@screen("home.view")
@require_safe
def keys(request: StaffRequest) -> HttpResponse:
    """Which keys do what."""
    return render(request, "keys.html")
