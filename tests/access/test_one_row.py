"""Art. 16, NEN 7513: one row for every answer whatever became of it, that names who, from where and which record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.db import DatabaseError, connection, transaction
from django.test import Client as Browser
from django.test import RequestFactory

from tests.clients.rows import OPENED, assign, make_principal, open_clients, person
from tests.people import PASSWORD, browser_for, make_staff
from werkcontact.access import log
from werkcontact.access.middleware import address_of
from werkcontact.staff.models import Staff

_COLUMNS = "staff_id, act, kind, outcome, subjects, host(address), session"


def rows() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"select {_COLUMNS} from access_log order by id")  # noqa: S608 - our own columns
        return list(cursor.fetchall())


@pytest.fixture
def forgetful(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.access.doorless"


def intake() -> tuple[Staff, Browser]:
    staff = make_staff("intake")
    browser = browser_for(staff)
    browser.raise_request_exception = False
    return staff, browser


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "path", "status", "act", "outcome"),
    [
        ("get", "/bestaat-niet/", 404, "", "404"),
        ("get", "/beheer", 301, "", "301"),
        ("post", "/reglement/", 405, "rulebook.view", "405"),
        ("head", "/", 200, "home.view", "200"),
        ("options", "/", 405, "home.view", "405"),
        ("get", "/beheer/", 403, "jobs.view", "refused:access.refused"),
        ("get", "/inloggen/login/", 302, "account.manage", "302"),
        ("get", "/clienten/00000000-0000-7000-8000-0000000000ff/", 404, "registration.view", "404"),
        ("get", "/proef/fails/", 500, "home.view", "500"),
        ("get", "/proef/silent/", 500, "registration.view", "500"),
    ],
)
def test_art16_one_row_names_who_asked(
    forgetful: None, method: str, path: str, status: int, act: str, outcome: str
) -> None:
    staff, browser = intake()
    assert getattr(browser, method)(path).status_code == status
    ((who, which, _kind, how, _subjects, address, session),) = rows()
    assert (who, which, how, address) == (staff.pk, act, outcome, "127.0.0.1")
    assert len(session) == 16


@pytest.mark.django_db
def test_art16_a_form_without_its_token_is_refused_in_words_and_has_its_row() -> None:
    staff = make_staff("intake")
    browser = Browser(enforce_csrf_checks=True)
    browser.cookies = browser_for(staff).cookies
    answer = browser.post("/mijn-gegevens/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "hoort niet meer bij" in answer.content.decode()
    assert [(row[0], row[1], row[2], row[3]) for row in rows()] == [(staff.pk, "account.manage", "change", "403")]


@pytest.mark.django_db
def test_art16_a_host_that_is_not_ours_and_a_static_file() -> None:
    assert Browser().get("/", headers={"host": "elders.example"}).status_code == 400
    assert [row[3] for row in rows()] == ["400"]
    assert Browser().get("/static/wc.css").status_code in {200, 404}


@pytest.mark.django_db
def test_art16_signing_in_names_who_signed_in() -> None:
    staff = make_staff("intake")
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(staff, secret)
    assert Authenticator.objects.filter(user=staff).exists()
    browser = Browser()
    browser.post("/inloggen/login/", {"login": staff.email, "password": PASSWORD})
    code = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    browser.post("/inloggen/2fa/authenticate/", {"code": code})
    assert [(row[0], row[1], row[2]) for row in rows()] == [
        (None, "account.manage", "change"),
        (staff.pk, "account.manage", "change"),
    ]


@pytest.mark.django_db(transaction=True)
def test_art16_an_act_that_cannot_be_logged_is_not_done_and_answers_503(monkeypatch: pytest.MonkeyPatch) -> None:
    staff, browser = intake()
    write, tried = log.write, []

    def once(*args: Any, **kwargs: Any) -> None:
        tried.append(kwargs["outcome"])
        if len(tried) == 1:
            raise log.LogUnavailable
        write(*args, **kwargs)

    monkeypatch.setattr(log, "write", once)
    answer = browser.post("/mijn-gegevens/", {"theme": "dark"})
    assert answer.status_code == 503
    staff.refresh_from_db()
    assert staff.theme == ""
    assert tried == ["done", "503"]
    assert [row[3] for row in rows()] == ["503"]


@pytest.mark.django_db(transaction=True)
def test_art16_an_answer_that_lost_its_database_is_a_500_with_its_row(forgetful: None) -> None:
    staff, browser = intake()
    answer = browser.get("/proef/loses_its_connection/")
    assert answer.status_code == 500
    assert [(row[0], row[3]) for row in rows()] == [(staff.pk, "500")]


@pytest.mark.django_db
def test_art16_a_refused_act_is_named_with_its_record(forgetful: None) -> None:
    [client] = open_clients(make_principal(), [person("Jager")])
    _staff, browser = intake()
    before = len(rows())
    assert browser.post("/proef/tries/").status_code == 403
    (row,) = rows()[before:]
    assert (row[1], row[3], row[4]) == ("correction.apply", "refused:access.refused", [client.pk])


@pytest.mark.django_db
def test_art16_a_question_for_a_purpose_names_the_record() -> None:
    [client] = open_clients(make_principal(), [person("Jager")])
    browser, before = browser_for(make_staff("officer")), len(rows())
    assert browser.get(f"/clienten/{client.pk}/").status_code == 200
    (row,) = rows()[before:]
    assert (row[1], row[3], client.pk in row[4]) == ("registration.view", "purpose", True)


@pytest.mark.django_db
def test_art16_the_row_of_an_act_names_what_was_looked_at_with_it() -> None:
    """Opening a client that was newly assigned is an act of its own: the client stands in its one row."""
    [client] = open_clients(make_principal(), [person("Jager")])
    guide = make_staff("caseworker")
    assign(client, guide, from_on=OPENED)
    browser = browser_for(guide)
    for outcome in ("done", "200"):
        before = len(rows())
        assert browser.get(f"/clienten/{client.pk}/").status_code == 200
        (row,) = rows()[before:]
        assert (row[3], client.pk in row[4]) == (outcome, True)


@pytest.mark.django_db
def test_no_page_stays_behind_in_a_browser() -> None:
    _staff, browser = intake()
    for path in ("/", "/clienten/", "/bestaat-niet/", "/beheer/"):
        assert "no-store" in browser.get(path).headers["Cache-Control"], path


@pytest.mark.parametrize(
    ("proxies", "direct", "forwarded", "found"),
    [
        (0, "10.0.0.1", "1.2.3.4", "10.0.0.1"),
        (1, "10.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "10.0.0.1", "6.6.6.6, 1.2.3.4, 10.0.0.2", "1.2.3.4"),
        (2, "10.0.0.1", "1.2.3.4", "10.0.0.1"),
        (1, "10.0.0.1", "", "10.0.0.1"),
        (1, "10.0.0.1", "geen adres", "10.0.0.1"),
        (1, "10.0.0.1", "1.2.3.4:5678", "1.2.3.4"),
        (1, "10.0.0.1", "[2001:db8::1]:443", "2001:db8::1"),
        (0, "fe80::1%eth0", "", "fe80::1"),
        (0, "", "1.2.3.4", None),
    ],
)
def test_an_address_is_believed_only_from_a_declared_proxy(
    settings: Any, proxies: int, direct: str, forwarded: str, found: str | None
) -> None:
    settings.TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=direct, headers={"x-forwarded-for": forwarded})
    assert address_of(request) == found


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["at", "xid", "era", "id"])
def test_art16_no_row_can_be_given_another_moment(column: str) -> None:
    values: dict[str, Any] = {"at": datetime(2026, 10, 1), "xid": "1", "era": 2, "id": 1}  # noqa: DTZ001
    statement = (
        f"insert into access_log ({column}, role, session, act, kind, subjects, purpose, ground, outcome)"  # noqa: S608
        " values (%s, '', '', '', '', '{}', '', '', '')"
    )
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [values[column]])
