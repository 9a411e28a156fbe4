"""One cast of people for all tests: each with an appointment, a signed promise of secrecy and a second factor."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client as Browser

from werkcontact.access import Actor
from werkcontact.access.actor import StatedPurpose
from werkcontact.staff.models import SYSTEM_ID, Appointment, Declaration, Staff

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=AMSTERDAM)
TODAY = NOW.date()
PASSWORD = "een lang wachtwoord voor proeven"


def as_actor(staff_id: UUID = SYSTEM_ID) -> None:
    """Name the actor for what a test writes outside acts; holds for the transaction, or the session outside one."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('app.actor', %s, false)", [str(staff_id)])


@cache
def _hashed() -> str:
    """Return PASSWORD as it is stored; hashed once, since Argon2 is slow on purpose."""
    return make_password(PASSWORD)


def make_staff(*roles: str, name: str = "", since: date = date(2020, 1, 1), declared: bool = True) -> Staff:
    """Make somebody with these appointments since 2020 and a promise of secrecy signed today."""
    as_actor()
    number = Staff.objects.count()
    staff = Staff.objects.create(
        email=f"persoon{number}@werkcontact.example",
        password=_hashed(),
        display_name=name or f"P. Persoon {number}",
    )
    for role in roles:
        Appointment.objects.create(staff=staff, role=role, from_on=since, reason="proef", by_id=SYSTEM_ID)
    if declared:
        # real requests read the clock, acts of tests take NOW: both lie within a year of one of these
        for on in {TODAY, date.today()}:  # noqa: DTZ011
            Declaration.objects.create(staff=staff, signed_on=on)
    return staff


def actor_of(staff: Staff, *, at: datetime = NOW, purposes: Mapping[str, str] | None = None) -> Actor:
    """Return somebody as an actor at a moment, with purposes stated (scope -> code) for an hour."""
    until = at + timedelta(hours=1)
    return Actor.of(staff, at=at, purposes={s: StatedPurpose(code, until) for s, code in (purposes or {}).items()})


def system(job: str, *, at: datetime = NOW) -> Actor:
    """Return the named actor of a job."""
    return Actor.system(job, at=at)


def browser_for(staff: Staff) -> Browser:
    """Return a Django test client that is signed in with both factors."""
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    app = Authenticator.objects.filter(user=staff, type=Authenticator.Type.TOTP).first()
    if app is None:
        app = TOTP.activate(staff, generate_totp_secret()).instance
    browser = Browser()
    browser.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = browser.session
    moment = datetime.now(tz=AMSTERDAM).timestamp()
    session["account_authentication_methods"] = [
        {"method": "password", "at": moment, "email": staff.email},
        {"method": "mfa", "at": moment, "type": "totp", "reauthenticated": True},  # a fresh sign-in counts as recent
    ]
    session["account_authentication_methods_user"] = str(staff.pk)
    session["factor"] = app.pk
    session.save()
    return browser
