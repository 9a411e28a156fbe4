"""Art. 9, 16: nobody gets in without both factors, guessing stops, and a session ends."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test import Client as Browser
from django.utils import timezone
from redis.exceptions import ConnectionError as RedisAway

from tests.office.conftest import code_now, give_factor, nobody_acts, secret_of, sign_in
from tests.people import PASSWORD, make_staff
from werkcontact.staff.models import Staff

pytestmark = pytest.mark.django_db

LOGIN, CODE, SET_UP = "/inloggen/login/", "/inloggen/2fa/authenticate/", "/inloggen/2fa/totp/activate/"


@pytest.fixture
def staff() -> Staff:
    made = make_staff("caseworker")
    nobody_acts()
    return made


def is_in(browser: Browser) -> bool:
    return browser.get("/mijn-gegevens/").status_code == 200


def test_password_and_code_open_the_house_and_leave_no_name_in_a_message(staff: Staff) -> None:
    browser = sign_in(staff, give_factor(staff))
    page = browser.get("/mijn-gegevens/")
    assert page.status_code == 200
    assert not list(page.context["messages"])


def test_a_password_alone_opens_nothing(staff: Staff) -> None:
    give_factor(staff)
    browser = Browser()
    answer = browser.post(LOGIN, {"login": staff.email, "password": PASSWORD})
    assert answer.headers["Location"] == CODE
    assert not is_in(browser)


def test_without_an_authenticator_only_setting_it_up_is_open(staff: Staff) -> None:
    browser = Browser()
    browser.post(LOGIN, {"login": staff.email, "password": PASSWORD})
    for url in ("/", "/mijn-gegevens/", "/beheer/", "/inloggen/2fa/", "/inloggen/password/change/"):
        assert browser.get(url).headers["Location"] == SET_UP, url
    page = browser.get(SET_UP).content.decode()
    assert not re.search(r"\sstyle=|data:|<script(?! src)", page)  # a strict Content-Security-Policy lets it through
    secret = re.search(r'id="secret">(\w+)<', page)
    assert secret
    answer = browser.post(SET_UP, {"code": code_now(secret[1])}, follow=True)
    assert "recovery" in answer.request["PATH_INFO"]
    assert is_in(browser)
    assert secret[1] == secret_of(staff)
    stored = Authenticator.objects.get(user=staff, type=Authenticator.Type.TOTP).data["secret"]
    assert secret[1] not in stored  # sealed at rest


def test_the_code_that_set_the_app_up_does_not_sign_in_as_well(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time.time", lambda: now)
    browser = Browser()
    browser.post(LOGIN, {"login": staff.email, "password": PASSWORD})
    secret = re.search(r'id="secret">(\w+)<', browser.get(SET_UP).content.decode())
    assert secret
    browser.post(SET_UP, {"code": code_now(secret[1])})
    other = Browser()
    other.post(LOGIN, {"login": staff.email, "password": PASSWORD})
    assert other.post(CODE, {"code": code_now(secret[1])}).status_code == 200
    assert not is_in(other)


def test_a_code_works_once(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time.time", lambda: now)
    secret = give_factor(staff)
    sign_in(staff, secret)
    other = Browser()
    other.post(LOGIN, {"login": staff.email, "password": PASSWORD})
    answer = other.post(CODE, {"code": code_now(secret)})
    assert answer.status_code == 200
    assert not is_in(other)


def test_a_recovery_code_works_once(staff: Staff) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    give_factor(staff)
    code = RecoveryCodes.activate(staff).get_unused_codes()[0]
    for expected in (True, False):
        browser = Browser()
        browser.post(LOGIN, {"login": staff.email, "password": PASSWORD})
        browser.post(CODE, {"code": code})
        assert is_in(browser) is expected


def test_after_five_wrong_passwords_the_right_one_is_refused_too_from_any_address(staff: Staff) -> None:
    give_factor(staff)
    for number in range(5):
        Browser().post(LOGIN, {"login": staff.email, "password": "fout"}, REMOTE_ADDR=f"192.0.2.{number}")
    answer = Browser().post(
        LOGIN,
        {"login": staff.email.upper(), "password": PASSWORD},
        REMOTE_ADDR="192.0.2.99",
        HTTP_X_FORWARDED_FOR="1.2.3.4",
    )
    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_wrong_codes_are_limited_too(staff: Staff) -> None:
    secret = give_factor(staff)
    browser = Browser()
    browser.post(LOGIN, {"login": staff.email, "password": PASSWORD})
    for _ in range(5):
        browser.post(CODE, {"code": "000000"})
    browser.post(CODE, {"code": code_now(secret)})
    assert not is_in(browser)


def test_without_redis_nobody_signs_in_and_a_sentence_says_why(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    give_factor(staff)

    def away(*args: object, **kwargs: object) -> None:
        raise RedisAway

    for name in ("get", "set", "add", "delete"):
        monkeypatch.setattr(cache, name, away)
    assert Browser().get(LOGIN).status_code == 200
    answer = Browser().post(LOGIN, {"login": staff.email, "password": PASSWORD})
    assert answer.status_code == 503
    assert "wc-card" in answer.content.decode()


def test_a_session_ends_after_a_quarter_of_an_hour_of_rest_and_after_ten_hours(staff: Staff) -> None:
    secret = give_factor(staff)
    for clock, seconds in (("seen_at", 15 * 60), ("signed_in_at", 10 * 60 * 60)):
        cache.clear()
        browser = sign_in(staff, secret)
        _set_back(browser, clock, seconds - 60)
        assert is_in(browser)
        _set_back(browser, clock, seconds + 1)
        answer = browser.get("/mijn-gegevens/")
        assert answer.headers["Location"] == f"{LOGIN}?next=%2Fmijn-gegevens%2F"
        assert not is_in(browser)


def _set_back(browser: Browser, clock: str, seconds: int) -> None:
    session = browser.session
    session[clock] = (timezone.now() - timedelta(seconds=seconds)).timestamp()
    session.save()


def test_what_was_posted_when_the_session_had_ended_comes_back_after_signing_in(staff: Staff) -> None:
    secret = give_factor(staff)
    browser = sign_in(staff, secret)
    _set_back(browser, "seen_at", 16 * 60)
    browser.post("/mijn-gegevens/", {"theme": "dark", "csrfmiddlewaretoken": "old"})
    assert "dark" not in str(dict(browser.session.items()))  # sealed while it waits
    cache.clear()
    browser.post(LOGIN, {"login": staff.email, "password": PASSWORD})
    answer = browser.post(CODE, {"code": code_now(secret)}, follow=True)
    assert answer.context["kept"].fields == (("theme", "dark"),)
    assert answer.context["kept"].path == "/mijn-gegevens/"
    assert browser.get("/inloggen/verder/").status_code == 302  # once


def test_what_was_posted_is_not_shown_to_who_signs_in_next(staff: Staff) -> None:
    other = make_staff("caseworker")
    browser = sign_in(staff, give_factor(staff))
    _set_back(browser, "seen_at", 16 * 60)
    browser.post("/mijn-gegevens/", {"theme": "dark"})
    browser.post(LOGIN, {"login": other.email, "password": PASSWORD})
    answer = browser.post(CODE, {"code": code_now(give_factor(other))}, follow=True)
    assert "kept" not in answer.context


def test_who_is_made_inactive_is_out_at_the_next_request(staff: Staff) -> None:
    browser = sign_in(staff, give_factor(staff))
    assert is_in(browser)
    from tests.people import as_actor

    as_actor()
    Staff.objects.filter(pk=staff.pk).update(is_active=False)
    assert not is_in(browser)
    cache.clear()
    fresh = Browser()
    fresh.post(LOGIN, {"login": staff.email, "password": PASSWORD})
    assert not is_in(fresh)


def test_a_hash_of_older_settings_is_renewed_at_signing_in(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = give_factor(staff)
    monkeypatch.setattr(Argon2PasswordHasher, "time_cost", 3)
    sign_in(staff, secret)
    staff.refresh_from_db()
    assert "t=3" in staff.password


def test_a_new_password_ends_every_session_and_is_kept_out_of_the_history(staff: Staff) -> None:
    secret = give_factor(staff)
    browser = sign_in(staff, secret)
    new = "een ander heel lang wachtwoord"
    other = Browser()
    other.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = browser.post("/inloggen/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert answer.status_code == 302
    assert not is_in(browser)
    assert not is_in(other)
    staff.refresh_from_db()
    assert staff.check_password(new)
    row = staff.history.first()
    assert row.history_user_id == staff.pk
    assert not hasattr(row, "password")


def test_signing_up_is_no_page_and_the_way_for_a_forgotten_password_tells_nothing(staff: Staff) -> None:
    assert Browser().get("/inloggen/signup/").status_code == 404
    pages = [
        Browser().post("/inloggen/password/reset/", {"email": email}, follow=True).content
        for email in (staff.email, "niemand@example.org")
    ]
    assert pages[0] == pages[1]


def test_renewing_the_app_asks_for_the_password_again_and_locks_all_other_pages(staff: Staff) -> None:
    browser = sign_in(staff, give_factor(staff))
    url = "/inloggen/2fa/totp/deactivate/"
    session = browser.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 301
    session.save()
    assert browser.get(url).headers["Location"].startswith("/inloggen/reauthenticate/")
    browser.post("/inloggen/reauthenticate/", {"password": PASSWORD})
    browser.post(url)
    assert browser.get("/mijn-gegevens/").headers["Location"] == SET_UP
    assert not Authenticator.objects.filter(user=staff).exists()


def test_every_answer_on_the_way_in_has_one_log_row(staff: Staff) -> None:
    def rows() -> int:
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from access_log")
            return int(cursor.fetchone()[0])

    secret, new = give_factor(staff), "een ander heel lang wachtwoord"
    browser, before = Browser(), rows()
    answers = [
        browser.get("/"),
        browser.post(LOGIN, {"login": staff.email, "password": "fout"}),
        browser.post(LOGIN, {"login": staff.email, "password": PASSWORD}),
        browser.post(CODE, {"code": code_now(secret)}),
        browser.get("/"),
        browser.post("/mijn-gegevens/", {"theme": "dark"}),
        browser.post("/inloggen/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}),
        browser.get("/"),
    ]
    assert rows() - before == len(answers)
    with connection.cursor() as cursor:
        cursor.execute("select act, outcome from access_log where staff_id = %s and outcome = 'done'", [staff.pk])
        assert cursor.fetchall() == [("account.manage", "done")] * 2
