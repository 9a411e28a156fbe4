"""Art. 9, 16: before any screen: the session runs, the second factor is set up; and signing in fails closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect
from redis.exceptions import RedisError

from werkcontact.access.screens import screen_of
from werkcontact.office import factor, kept, limits

# What somebody without a second factor may open: setting it up, and saying again who they are.
_BEFORE_THE_FACTOR = frozenset({"mfa_activate_totp", "account_reauthenticate", "account_continue"})


class SessionLimits:
    """Stands before Screen; answers only what no screen may be opened for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> HttpResponseBase | None:
        mark = screen_of(view)
        if mark is None or not mark.logged or not request.user.is_authenticated:
            return None
        now = timezone.now()
        if limits.has_ended(request.session, now):
            return self._end(request, open_to_all=mark.open_to_all)
        limits.touch(request.session, now)
        return None if mark.open_to_all else self._ask_factor(request)

    def _ask_factor(self, request: HttpRequest) -> HttpResponseBase | None:
        standing = factor.standing(request)
        if standing == "missing":
            return self._end(request, open_to_all=False)
        if standing == "shown" or _name(request) in _BEFORE_THE_FACTOR:
            return None
        return _go(request, reverse("mfa_activate_totp"))

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        if isinstance(error, ReauthenticationRequired):
            return self._ask_again(request)
        if isinstance(error, RedisError) and _is_sign_in(request):
            # The counts of failed tries are away: without them nobody gets in.
            return render(request, "account/limits_away.html", status=503)
        return None

    def _end(self, request: HttpRequest, *, open_to_all: bool) -> HttpResponseBase | None:
        sealed = kept.seal(request) if _is_worth_keeping(request) else ""
        logout(request)
        _draft_outcome(request)
        if open_to_all:
            return None
        if sealed:
            kept.keep(request, sealed)
            messages.info(request, _("Sign in again: your session had ended. What you typed has been kept."))
        else:
            messages.info(request, _("Sign in again: your session had ended."))
        back = reverse("account_continue") if sealed else _where(request)
        return _go(request, f"{reverse('account_login')}?{urlencode({'next': back})}")

    def _ask_again(self, request: HttpRequest) -> HttpResponseBase:
        back = _where(request)
        if _is_worth_keeping(request):
            kept.keep(request, kept.seal(request))
            back = reverse("account_continue")
        _draft_outcome(request)
        return _go(request, f"{reverse('account_reauthenticate')}?{urlencode({'next': back})}")


def _name(request: HttpRequest) -> str:
    return (request.resolver_match.url_name or "") if request.resolver_match else ""


def _is_sign_in(request: HttpRequest) -> bool:
    return _name(request).startswith(("account_", "mfa_"))


def _is_worth_keeping(request: HttpRequest) -> bool:
    """Whatever was posted to a screen; never passwords and codes."""
    return request.method == "POST" and not _is_sign_in(request)


def _where(request: HttpRequest) -> str:
    """The page to come back to; after a POST that was not kept, its own page."""
    return request.get_full_path() if request.method == "GET" or _is_sign_in(request) else reverse("home")


def _draft_outcome(request: HttpRequest) -> None:
    request.access_draft.outcome = "signin"  # type: ignore[attr-defined]  # AccessLogMiddleware stands outside us


def _go(request: HttpRequest, url: str) -> HttpResponse:
    """Redirect the whole page, also when a part of it asked."""
    if request.htmx:  # type: ignore[attr-defined]  # HtmxMiddleware stands outside us
        return HttpResponseClientRedirect(url)
    return redirect(url)
