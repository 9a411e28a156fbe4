"""Art. 9: what is far-reaching asks for the password again when signing in was more than five minutes ago."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.http import HttpRequest


def require_recent_sign_in(request: HttpRequest) -> None:
    """Leave the view for the password page when it must be asked again; what was posted is kept meanwhile.

    Raises allauth's ReauthenticationRequired, which `office.middleware` turns into that page.
    """
    raise_if_reauthentication_required(request, app="werkcontact")


def note_sign_in(request: HttpRequest) -> None:
    """Let a fresh sign-in count as recent."""
    record_authentication(request, request.user, "sign_in", reauthenticated=True)
