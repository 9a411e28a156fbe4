"""Art. 3, 9: the answer to "waarvoor?": it holds for that record or list, in this session, for an hour."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from werkcontact.access import StaffRequest, screen
from werkcontact.access.middleware import state_purpose
from werkcontact.access.stating import HOLDS, PurposeForm, read_offer


@screen("home.view")
@require_POST
def state(request: StaffRequest) -> HttpResponse:
    """Keep the purpose and go on to the page that asked for it."""
    offer = read_offer(request)
    if offer is None or not url_has_allowed_host_and_scheme(offer.next, None):
        return redirect("home")
    form = PurposeForm(request.POST, choices=offer.choices)
    if not form.is_valid():
        return render(request, "purpose.html", {"form": form, "choices": offer.choices}, status=422)
    state_purpose(request, offer.scope, form.cleaned_data["purpose"], timezone.now() + HOLDS)
    return redirect(offer.next)
