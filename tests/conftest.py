"""What every test stands on: both databases as they were just migrated, and a real worker for who asks for one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.servers import Worker, fresh_databases

if TYPE_CHECKING:
    from django.test import TransactionTestCase


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let every test that uses a database use both: no key of `keys` without its owner."""
    for item in items:
        if mark := item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db(**{**mark.kwargs, "databases": "__all__"}), append=False)
        elif DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.django_db(databases="__all__"), append=False)


DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "worker"}


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """Make nothing: tests/servers.py made this process's clones before the settings were read."""
    from django.test import TransactionTestCase

    TransactionTestCase._fixture_teardown = _fresh  # type: ignore[attr-defined] # a clone, never a flush


def _fresh(_test: TransactionTestCase) -> None:
    """Replace both databases by fresh clones; a flush would empty what migrations seeded, and may not touch the log."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import connections

    for connection in connections.all():
        connection.close()
    fresh_databases()
    ContentType.objects.clear_cache()


@pytest.fixture(scope="session")
def celery_process() -> Iterator[Worker]:
    """A worker for the whole session of this process; use `worker`."""
    running = Worker()
    yield running
    running.down()


@pytest.fixture
def worker(transactional_db: None, celery_process: Worker) -> Iterator[Worker]:
    """A real Celery worker that is up, on this test's databases; its messages are gone afterwards."""
    celery_process.up()
    yield celery_process
    celery_process.forget_messages()
