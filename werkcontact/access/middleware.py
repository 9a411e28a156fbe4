"""Art. 9, 16: the life of a request. AccessLog stands outermost and writes the row of every response that no act has
written; Screen stands innermost and knows which act a URL stands for and who asks."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from datetime import datetime
from ipaddress import ip_address
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import resolve
from django.urls.exceptions import Resolver404
from django.utils import timezone

from werkcontact.access import log
from werkcontact.access.actor import Actor, StatedPurpose
from werkcontact.access.decide import BEFORE_DECLARING
from werkcontact.access.draft import Draft
from werkcontact.access.errors import PurposeNeeded
from werkcontact.access.gate import enter
from werkcontact.access.screens import Screen, StaffRequest, screen_of
from werkcontact.access.stating import form_for
from werkcontact.access.table import states_of
from werkcontact.refused import Refused

Next = Callable[[HttpRequest], HttpResponseBase]
logger = logging.getLogger(__name__)
SESSION_PURPOSES = "purposes"
_FORM_AGAIN = 422


class UngatedScreenError(RuntimeError):
    """A screen answered without passing the gate: a defect of the program."""


def address_of(request: HttpRequest) -> str | None:
    """Return the client's address; a forwarded one only as far as the declared proxies reach, and only if it is one."""
    direct = _address(request.META.get("REMOTE_ADDR", ""))
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    count: int = settings.TRUSTED_PROXY_COUNT
    if count and len(hops) >= count:
        return _address(hops[-count]) or direct
    return direct


def _address(text: str) -> str | None:
    """An address as PostgreSQL takes it, without the port or the zone that some proxies and links add; or None."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        return str(ip_address(text.partition("%")[0]))
    except ValueError:
        return None


class AccessLogMiddleware:
    """One row for every response but health; a row that cannot be written is a 503 and nothing is shown."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        draft = Draft()
        request.access_draft = draft  # type: ignore[attr-defined]
        try:
            response = self.get_response(request)
            if not draft.written:
                self._write(request, response, draft)
        except log.LogUnavailable as error:
            logger.error("the access log cannot be written: %s", type(error.__cause__).__name__)
            return _nothing()
        # nobody finds on a shared or lost machine what was looked at
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    def _write(self, request: HttpRequest, response: HttpResponseBase, draft: Draft) -> None:
        mark = _mark_of(request)
        if mark is not None and not mark.logged:
            return
        if mark is not None:
            draft.act = draft.act or mark.act
            draft.purpose = draft.purpose or mark.purpose
            draft.kind = draft.kind or (mark.kind if request.method in {"GET", "HEAD"} else "change")
        if connection.errors_occurred and not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()  # broken while the answer was made: a 500 has its row too
        outcome = draft.outcome or str(response.status_code)
        log.write(draft, _who(request), address=address_of(request), outcome=outcome)


class ScreenMiddleware:
    """Knows the act of each URL, makes the actor, and is the one handler of refusals and questions for a purpose."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        mark, draft = _mark_of(request), _draft_of(request)
        shows = response.status_code < 300 or response.status_code == _FORM_AGAIN
        if mark and not mark.open_to_all and shows and not draft.entered:
            raise UngatedScreenError(mark.act)
        return response

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> HttpResponseBase | None:
        mark = screen_of(view)
        if mark is None:
            raise Resolver404
        draft = _draft_of(request)
        draft.act, draft.purpose = mark.act, mark.purpose
        if request.user.is_authenticated:
            self._bring_actor(cast("StaffRequest", request), draft)
        if mark.open_to_all:
            return None
        if not request.user.is_authenticated:
            draft.outcome = "signin"
            return redirect_to_login(request.get_full_path())
        return self._at_the_door(cast("StaffRequest", request), mark)

    def _bring_actor(self, request: StaffRequest, draft: Draft) -> None:
        request.actor = _actor_of(request, draft)
        request.today = request.actor.today

    def _at_the_door(self, request: StaffRequest, mark: Screen) -> HttpResponseBase | None:
        if request.actor.roles and not request.actor.declared and mark.act not in BEFORE_DECLARING:
            return redirect("declaration.record")
        if states_of(mark.act) == {"none"}:
            try:
                enter(request.actor, mark.act)
            except (Refused, PurposeNeeded) as error:
                return self.process_exception(request, error)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        draft = _draft_of(request)
        if isinstance(error, Refused):
            draft.outcome = f"refused:{error.code}"
            return render(request, "403.html", {"refused": error}, status=403)
        if isinstance(error, PurposeNeeded):
            draft.outcome, draft.entered = "purpose", True  # the question is the gate's own
            return render(request, "purpose.html", {"form": form_for(request, error), "choices": error.choices})
        if isinstance(error, log.LogUnavailable):
            return _nothing()  # the act that could not be logged was not done
        return None


def stated_purposes(request: HttpRequest) -> dict[str, StatedPurpose]:
    """Return what was stated this session, by scope."""
    stored: dict[str, list[str]] = request.session.get(SESSION_PURPOSES, {})
    return {scope: StatedPurpose(code, datetime.fromisoformat(until)) for scope, (code, until) in stored.items()}


def state_purpose(request: HttpRequest, scope: str, code: str, until: datetime) -> None:
    """Keep an answer to "waarvoor?" in the session, and drop those that no longer hold."""
    now = timezone.now().isoformat()
    kept = {s: v for s, v in request.session.get(SESSION_PURPOSES, {}).items() if v[1] > now}
    request.session[SESSION_PURPOSES] = {**kept, scope: [code, until.isoformat()]}


def _actor_of(request: HttpRequest, draft: Draft) -> Actor:
    key = request.session.session_key or ""
    return Actor.of(
        cast("StaffRequest", request).user,
        at=timezone.now(),
        session=hashlib.sha256(key.encode()).hexdigest()[:16],
        address=address_of(request),
        purposes=stated_purposes(request),
        draft=draft,
    )


def _who(request: HttpRequest) -> Actor | None:
    """Whom the row names: who asked, also where no view was reached, and who has just signed in."""
    found: Actor | None = getattr(request, "actor", None)
    if found is not None or not hasattr(request, "user"):
        return found
    try:
        return _actor_of(request, _draft_of(request)) if request.user.is_authenticated else None
    except Error as error:
        raise log.LogUnavailable from error


def _nothing() -> HttpResponse:
    return HttpResponse(render_to_string("503.html"), status=503)


def _draft_of(request: HttpRequest) -> Draft:
    return cast("Draft", request.access_draft)  # type: ignore[attr-defined]


def _mark_of(request: HttpRequest) -> Screen | None:
    match = request.resolver_match
    if match is None:
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return None
    return screen_of(match.func)
