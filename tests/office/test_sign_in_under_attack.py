"""Art. 9, 16: what somebody tries who has a password, a cookie, a link or an address of another."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, connections
from django.test import Client as Browser

from tests.office.conftest import code_now, give_factor, nobody_acts, sign_in
from tests.people import PASSWORD, actor_of, make_staff
from werkcontact.office import accounts, limits
from werkcontact.staff.models import Staff

LOGIN, CODE, SET_UP = "/inloggen/login/", "/inloggen/2fa/authenticate/", "/inloggen/2fa/totp/activate/"
MINE = "/mijn-gegevens/"


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 is slow on purpose, and here some hundred passwords are tried."""
    monkeypatch.setattr(Argon2PasswordHasher, "time_cost", 1)
    monkeypatch.setattr(Argon2PasswordHasher, "memory_cost", 64)


def employed(*roles: str) -> Staff:
    made = make_staff(*roles)
    Staff.objects.filter(pk=made.pk).update(password=make_password(PASSWORD))
    nobody_acts()
    made.refresh_from_db()
    return made


@pytest.fixture
def staff(db: None) -> Staff:
    return employed("caseworker")


def with_password(staff: Staff, **extra: str) -> Browser:
    browser = Browser(**extra)  # type: ignore[arg-type]
    browser.post(LOGIN, {"login": staff.email, "password": PASSWORD})
    return browser


def fifty_like(one: Browser) -> list[Browser]:
    """Fifty sessions of whoever has given the password, from ten addresses; one hash of Argon2 is enough."""
    browsers = [Browser(REMOTE_ADDR=f"192.0.2.{number % 10}") for number in range(50)]
    for browser in browsers:
        session = SessionStore()
        session.update(dict(one.session.items()))
        session.create()
        browser.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    return browsers


def is_in(browser: Browser) -> bool:
    return browser.get(MINE).status_code == 200


def set_up(browser: Browser) -> str:
    secret = re.search(r'id="secret">(\w+)<', browser.get(SET_UP).content.decode())
    assert secret
    browser.post(SET_UP, {"code": code_now(secret[1])})
    return secret[1]


def test_who_only_had_the_password_does_not_come_in_when_the_owner_sets_up_the_app(staff: Staff) -> None:
    thief, owner = with_password(staff), with_password(staff)
    assert thief.get(MINE).headers["Location"] == SET_UP  # waits there
    set_up(owner)
    assert is_in(owner)
    assert not is_in(thief)
    assert "/login/" in thief.get(MINE).headers["Location"]


def test_a_session_of_the_lost_telephone_does_not_live_on_with_the_new_app(staff: Staff) -> None:
    thief = sign_in(staff, give_factor(staff))
    director = make_staff("directie")
    accounts.reset_factor(actor=actor_of(director, at=datetime.now(UTC)), staff=staff)
    nobody_acts()
    assert thief.get(MINE).headers["Location"].startswith(LOGIN)  # and not the page that sets up an app
    owner = with_password(staff)
    set_up(owner)
    assert is_in(owner)
    assert not is_in(thief)


def test_making_new_recovery_codes_keeps_who_signed_in_with_one(staff: Staff) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    give_factor(staff)
    browser = with_password(staff)
    browser.post(CODE, {"code": RecoveryCodes.activate(staff).get_unused_codes()[0]})
    assert is_in(browser)
    assert browser.post("/inloggen/2fa/recovery-codes/generate/").status_code == 302
    assert is_in(browser)


@pytest.mark.parametrize(("clock", "seconds"), [("seen_at", 15 * 60), ("signed_in_at", 10 * 60 * 60)])
def test_a_session_has_ended_at_the_very_second(clock: str, seconds: int) -> None:
    now = datetime(2026, 11, 24, 10, tzinfo=UTC)
    for early, ended in ((1, False), (0, True)):
        session = {"seen_at": now.timestamp(), "signed_in_at": now.timestamp()}
        session[clock] = (now - timedelta(seconds=seconds - early)).timestamp()
        assert limits.has_ended(session, now) is ended  # type: ignore[arg-type]


def test_a_stranger_cannot_lock_somebody_out_of_their_own_computer(staff: Staff) -> None:
    secret = give_factor(staff)
    owner = sign_in(staff, secret)
    owner.post("/inloggen/logout/")
    for number in range(12):
        Browser().post(LOGIN, {"login": staff.email, "password": "fout"}, REMOTE_ADDR=f"192.0.2.{number}")
    assert Browser().post(LOGIN, {"login": staff.email, "password": PASSWORD}).context["form"].errors
    assert owner.post(LOGIN, {"login": staff.email, "password": PASSWORD}).headers["Location"] == CODE


def test_a_known_computer_has_its_own_limit_and_opens_nobody_elses_account(staff: Staff) -> None:
    other = employed("caseworker")
    browser = sign_in(staff, give_factor(staff))
    browser.post("/inloggen/logout/")
    for _ in range(5):
        browser.post(LOGIN, {"login": staff.email, "password": "fout"})
    assert browser.post(LOGIN, {"login": staff.email, "password": PASSWORD}).context["form"].errors
    for number in range(5):
        Browser().post(LOGIN, {"login": other.email, "password": "fout"}, REMOTE_ADDR=f"192.0.2.{number}")
    assert browser.post(LOGIN, {"login": other.email, "password": PASSWORD}).context["form"].errors


def test_a_stranger_cannot_keep_who_is_in_from_saying_the_password_again(staff: Staff) -> None:
    browser = sign_in(staff, give_factor(staff))
    for number in range(6):
        Browser().post(LOGIN, {"login": staff.email, "password": "fout"}, REMOTE_ADDR=f"192.0.2.{number}")
    session = browser.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 301
    session.save()
    url = "/inloggen/2fa/totp/deactivate/"
    assert browser.get(url).status_code == 302
    browser.post("/inloggen/reauthenticate/", {"password": PASSWORD})
    assert browser.get(url).status_code == 200


def test_signing_in_gives_a_new_session(staff: Staff) -> None:
    browser = Browser()
    browser.get("/")
    browser.post(LOGIN, {"login": "x@example.org", "password": "fout"})
    secret = give_factor(staff)
    browser.post(LOGIN, {"login": staff.email, "password": PASSWORD})
    before = browser.session.session_key
    browser.post(CODE, {"code": code_now(secret)})
    assert browser.session.session_key != before
    assert is_in(browser)


@pytest.mark.parametrize(
    "target", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_to_another_house(staff: Staff, target: str) -> None:
    secret = give_factor(staff)
    browser = Browser()
    browser.post(f"{LOGIN}?next={target}", {"login": staff.email, "password": PASSWORD, "next": target})
    answer = browser.post(CODE, {"code": code_now(secret), "next": target})
    assert answer.headers["Location"] == "/"
    again = browser.post("/inloggen/reauthenticate/", {"password": PASSWORD, "next": target})
    assert "evil" not in again.headers["Location"]
    assert "javascript" not in again.headers["Location"]


@pytest.mark.slow
@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_one_code_posted_fifty_times_at_once_is_accepted_once() -> None:
    staff = employed("caseworker")
    secret = give_factor(staff)
    browsers = fifty_like(with_password(staff))
    code = code_now(secret)

    def post(browser: Browser) -> bool:
        try:
            return browser.post(CODE, {"code": code}).status_code == 302
        finally:
            for each in connections.all():
                each.close()

    with ThreadPoolExecutor(10) as pool:
        accepted = list(pool.map(post, browsers))
    assert accepted.count(True) == 1
    assert [is_in(browser) for browser in browsers] == accepted


def test_who_knows_no_address_learns_none(staff: Staff) -> None:
    def said(email: str) -> tuple[int, list[str]]:
        answer = Browser().post(LOGIN, {"login": email, "password": "fout"})
        return answer.status_code, list(answer.context["form"].non_field_errors())

    assert said(staff.email) == said("niemand@example.org")
    for number in range(5):
        for email in (staff.email, "niemand@example.org"):
            Browser().post(LOGIN, {"login": email, "password": "fout"}, REMOTE_ADDR=f"192.0.2.{number}")
    assert said(staff.email) == said("niemand@example.org")
    assert not Authenticator.objects.filter(user=staff).exists()
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from access_log where staff_id = %s", [staff.pk])
        assert cursor.fetchone() == (0,)
