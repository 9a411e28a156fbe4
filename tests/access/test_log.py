"""Art. 16, NEN 7513: every answer has exactly one row, and nobody changes or removes one."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client as Browser

from tests.people import browser_for, make_staff
from werkcontact.access import log


def rows() -> list[tuple[str, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("select act, kind, outcome from access_log order by id")
        return list(cursor.fetchall())


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/bestaat-niet", "/beheer/", "/inloggen/login/"])
def test_art16_every_answer_has_one_row(path: str) -> None:
    for browser in (Browser(), browser_for(make_staff("caseworker"))):
        before = len(rows())
        browser.get(path)
        assert len(rows()) == before + 1


@pytest.mark.django_db
def test_health_has_no_row() -> None:
    Browser().get("/gezondheid")
    assert rows() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "attack",
    [
        "update access_log set act = 'x'",
        "delete from access_log",
        "truncate access_log",
        "insert into access_log_2026_11 select * from access_log",
        "drop trigger append_only on access_log",
        "alter table access_log disable trigger append_only",
        "set session_replication_role = replica",
        "create table stray (id int)",
        "set role wc_owner",
    ],
)
def test_art16_the_application_cannot_change_the_log(attack: str) -> None:
    Browser().get("/")
    assert rows()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)


@pytest.mark.django_db(transaction=True)
def test_a_row_that_cannot_be_written_stops_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "_INSERT", log._INSERT.replace("access_log", "no_such_table"))
    answer = Browser().get("/inloggen/login/")
    assert answer.status_code == 503
    assert b"login" not in answer.content


@pytest.mark.django_db
def test_partitions_are_made_ahead() -> None:
    from datetime import date

    from werkcontact.access import partitions

    assert partitions.months_ahead(date(2031, 1, 15)) == 0
    assert partitions.ensure(date(2031, 1, 15)) == partitions.MONTHS_AHEAD
    assert partitions.ensure(date(2031, 1, 15)) == 0
    assert partitions.months_ahead(date(2031, 1, 15)) == partitions.MONTHS_AHEAD
