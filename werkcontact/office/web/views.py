"""Art. 7.2, 16: one's own account: what is known, how it looks, the promise of secrecy, a form that waited."""

from __future__ import annotations

from typing import Any

from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from werkcontact.access import StaffRequest, enter, screen
from werkcontact.office import factor, kept
from werkcontact.office.accounts import choose_display
from werkcontact.office.declarations import PROMISES, sign_declaration
from werkcontact.office.own_details import details_of
from werkcontact.office.web.forms import DeclarationForm, DisplayForm


@screen("account.manage")
def account(request: StaffRequest) -> HttpResponse:
    """My details and display."""
    enter(request.actor, "account.manage")
    form = DisplayForm.of(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        choose_display(actor=request.actor, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("account.manage")
    return render(request, "account/manage.html", {"form": form, "facts": details_of(request.actor, request.user)})


@screen("declaration.record")
def declaration(request: StaffRequest) -> HttpResponse:
    """Sign the promise of secrecy; until then no other screen opens."""
    if request.actor.declared:
        return redirect("account.manage")
    form = DeclarationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        sign_declaration(actor=request.actor, today=request.today)
        return redirect("home")
    status = 422 if form.errors else 200
    return render(request, "account/declaration.html", {"form": form, "promises": PROMISES}, status=status)


@screen("account.manage")
@never_cache
def kept_form(request: StaffRequest) -> HttpResponse:
    """What was typed when the session had ended: one button posts it once more."""
    form = kept.take(request)
    if form is None:
        return redirect("home")
    return render(request, "account/kept.html", {"kept": form})


class _SetUpFactor(ActivateTOTPView):  # type: ignore[misc]
    """The library's page; the session in which the app was set up has shown it."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        factor.note_set_up(self.request)
        return response


class _TakeFactorAway(DeactivateTOTPView):  # type: ignore[misc]
    """The library's page; the same session sets up the new app."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        factor.forget(self.request)
        return response


take_factor_away = screen("account.manage")(_TakeFactorAway.as_view())
set_up_factor = screen("account.manage")(_SetUpFactor.as_view())
