"""Tests run as the application's role, on databases as they were just migrated, with a real worker on request."""

from __future__ import annotations

import os
import time

import pytest
from django.core.cache import cache
from django.db import connections

from tests.servers import Worker
from werkcontact.celery import pulse
from werkcontact.embedded.postgres import run

ALIASES = ("default", "keys")
TWICE = pytest.mark.parametrize("time_of_two", [1, 2])


def one(alias: str, query: str) -> object:
    with connections[alias].cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


@pytest.mark.parametrize("alias", ALIASES)
def test_tests_run_as_the_role_that_owns_nothing(db: None, alias: str) -> None:
    assert one(alias, "select current_user") == "wc_app"
    assert one(alias, "select count(*) from pg_class where relowner = 'wc_app'::regrole") == 0
    assert one(alias, "select count(*) from django_migrations") != 0


@TWICE
@pytest.mark.parametrize("alias", ALIASES)
def test_what_a_transactional_test_committed_is_gone_in_the_next(
    transactional_db: None, alias: str, time_of_two: int
) -> None:
    statement = "comment on database {} is 'seen'"
    name = one(alias, "select current_database()")
    query = "select shobj_description(oid, 'pg_database') from pg_database where datname = current_database()"
    assert one(alias, query) is None
    run(os.environ["TEST_SUPERUSER_URL"], statement.format(f'"{name}"'))
    assert one(alias, query) == "seen"


@TWICE
def test_a_worker_does_what_it_is_sent_and_comes_back_when_it_was_killed(worker: Worker, time_of_two: int) -> None:
    cache.delete("seen:worker")
    pulse.delay()
    end = time.monotonic() + 10
    while not cache.get("seen:worker"):
        assert time.monotonic() < end, worker.log.read_text()[-2000:]
        time.sleep(0.02)
    worker.down()
