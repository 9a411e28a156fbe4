"""Signing in as a person does it: by password and by the code of an authenticator app."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.db import connection
from django.test import Client as Browser

from tests.people import PASSWORD
from werkcontact.office.adapter import FactorAdapter
from werkcontact.staff.models import Staff


@pytest.fixture(autouse=True)
def fresh_counts() -> Iterator[None]:
    """No failed tries of an earlier test."""
    cache.clear()
    yield
    cache.clear()


def nobody_acts() -> None:
    """Forget the actor that tests name for what they write themselves: a change without an act must fail here."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('app.actor', '', false)")


def code_now(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def give_factor(staff: Staff) -> str:
    """Give somebody an authenticator app; returns its secret."""
    secret: str = generate_totp_secret()
    TOTP.activate(staff, secret)
    return secret


def secret_of(staff: Staff) -> str:
    stored = Authenticator.objects.get(user=staff, type=Authenticator.Type.TOTP).data["secret"]
    return str(FactorAdapter().decrypt(stored))


def sign_in(staff: Staff, secret: str) -> Browser:
    browser = Browser()
    browser.post("/inloggen/login/", {"login": staff.email, "password": PASSWORD})
    answer = browser.post("/inloggen/2fa/authenticate/", {"code": code_now(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return browser
