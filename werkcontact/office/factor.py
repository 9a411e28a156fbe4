"""Art. 9, 16: the second factor is shown by each session, and not only owned by its person.

Otherwise who holds a password, or the session of a lost telephone, would come in as soon as the owner sets up an app.
"""

from __future__ import annotations

from typing import Literal

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

Standing = Literal["none", "shown", "missing"]
SESSION_KEY = "factor"


def standing(request: HttpRequest) -> Standing:
    """How the second factor stands: none is set up, this session has shown it, or it is missing here."""
    app = _app_of(request)
    shown = request.session.get(SESSION_KEY)
    if app is None and shown is None:
        return "none"
    return "shown" if app == shown else "missing"  # also when the app was taken away: sign in again


def note_sign_in(request: HttpRequest) -> None:
    """Note the app that stands behind the code with which somebody signed in, if they did with one."""
    if any(record["method"] == "mfa" for record in get_authentication_records(request, request.user)):
        note_set_up(request)


def note_set_up(request: HttpRequest) -> None:
    """Who has just set up an app has shown it."""
    request.session[SESSION_KEY] = _app_of(request)


def forget(request: HttpRequest) -> None:
    """Who takes away their own app goes on, to set up the new one."""
    request.session.pop(SESSION_KEY, None)


def _app_of(request: HttpRequest) -> int | None:
    apps = Authenticator.objects.filter(user=request.user.pk, type=Authenticator.Type.TOTP)
    found: int | None = apps.values_list("pk", flat=True).first()
    return found
