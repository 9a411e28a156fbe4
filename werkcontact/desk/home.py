"""Art. 2: home, what must be done today."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from werkcontact.access import StaffRequest, screen


@screen("home.view", kind="list")
def home(request: StaffRequest) -> HttpResponse:
    """One's own work, nearest work-by date first."""
    return render(request, "desk/home.html")
