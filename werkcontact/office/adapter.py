"""Art. 9, 16: signing in by allauth, bent to the house: no sign-up, limits that count one address, factors sealed."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.hashers import identify_hasher
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from werkcontact.access import Actor
from werkcontact.access.middleware import address_of
from werkcontact.office import accounts, factor, kept, known_computers, limits
from werkcontact.office.recent import note_sign_in
from werkcontact.office.seals import open_text, seal_text
from werkcontact.staff.models import Staff

_FACTOR = "factor"
log = logging.getLogger(__name__)


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Who signs in, and how; accounts are made by the directie alone."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This e-mail address and password do not belong together."),
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your password."),
        "too_many_login_attempts": _("Too many tries. Wait a quarter of an hour and try again."),
        "rate_limited": _("Too many tries. Wait a quarter of an hour and try again."),
        "invalid_password_reset": _("This link is no longer valid."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the library's signature
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that the access log knows too: a forwarded one only from a declared proxy."""
        return address_of(request) or "unknown"

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Staff | None:
        """Check the password; renew a hash that was made with older settings, which only an act may write."""
        staff: Staff | None = super().authenticate(request, **credentials)
        if staff is not None and staff.is_active and identify_hasher(staff.password).must_update(staff.password):
            self.set_password(staff, credentials["password"])
        return staff

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Whose tries are counted: those for an account, apart for each computer on which its owner signed in."""
        key: str = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{known_computers.known_as(request, accounts.as_kept(credentials.get('email', '')))}"

    def reauthenticate(self, user: Staff, password: str) -> bool:
        """Whether this is the person's password; wrong ones count towards the limit of their account."""
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def login(self, request: HttpRequest, user: Staff) -> None:
        super().login(request, user)
        limits.start(request.session, timezone.now())
        note_sign_in(request)
        factor.note_sign_in(request)

    def post_login(self, request: HttpRequest, user: Staff, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if kept.waits(request):
            response = redirect("account_continue")
        known_computers.remember(response, user)
        return response

    def set_password(self, user: Staff, password: str) -> None:
        """One's own new password, as an act of oneself."""
        draft = getattr(self.request, "access_draft", None)
        actor = Actor.of(user, at=timezone.now(), address=address_of(self.request), draft=draft)
        accounts.choose_password(actor=actor, password=password)
        user.refresh_from_db()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send when there is a mail server; a failure is noted, since telling it would tell who has an account."""
        if not settings.EMAIL_URL:
            return
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError) as error:
            log.error("a mail about an account could not be sent: %s", type(error).__name__)


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second factor: its secret sealed at rest, its code drawn without a style attribute."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right or has been used. Wait for the next one."),
    }

    def encrypt(self, text: str) -> str:
        return seal_text(text, _FACTOR)

    def decrypt(self, encrypted_text: str) -> str:
        return open_text(encrypted_text, _FACTOR)

    def build_totp_svg(self, url: str) -> SafeString:
        """The QR code as an inline drawing that a strict Content-Security-Policy lets through."""
        code = qrcode.QRCode(border=4)
        code.add_data(url)
        rows = code.get_matrix()
        dots = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
        return format_html(
            '<svg class="wc-qr" role="img" aria-label="{}" viewBox="0 0 {} {}" width="224" height="224">'
            '<path fill="#fff" d="M0 0h{}v{}H0z"/><path fill="#000" shape-rendering="crispEdges" d="{}"/></svg>',
            _("QR code for your authenticator app"),
            len(rows),
            len(rows),
            len(rows),
            len(rows),
            dots,
        )
