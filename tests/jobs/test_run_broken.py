"""Art. 6.1, 11, 13: what a killed, doubled or cut-off run leaves behind: one effect a day, and a row that says so."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from datetime import date, datetime, timedelta

import pytest
from celery import current_app
from django.db import DatabaseError, connection
from kombu.exceptions import OperationalError

from werkcontact.access.actor import AMSTERDAM, Actor
from werkcontact.jobs import run
from werkcontact.jobs.models import JobRun
from werkcontact.jobs.run import KILLED, Job, run_job

MORNING = datetime(2026, 11, 24, 5, 5, tzinfo=AMSTERDAM)


def nothing(_actor: Actor, _today: date) -> Mapping[str, int]:
    return {}


@pytest.mark.django_db
def test_what_another_did_between_the_question_and_the_lock_is_not_done_again(monkeypatch: pytest.MonkeyPatch) -> None:
    days: list[date] = []

    def work(_actor: Actor, today: date) -> Mapping[str, int]:
        days.append(today)
        return {}

    job, lock = Job("proof", "Proef", work, "daily"), run._lock

    def late(name: str) -> bool:
        monkeypatch.setattr(run, "_lock", lock)
        assert run_job(job, now=MORNING) is not None  # the other worker, quicker
        return lock(name)

    monkeypatch.setattr(run, "_lock", late)
    assert run_job(job, now=MORNING) is None
    assert days == [MORNING.date()]
    assert JobRun.objects.count() == 1
    with closing(connection.copy()) as other, other.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(hashtext('job:proof')), pg_advisory_unlock(hashtext('job:proof'))")
        assert cursor.fetchone() == (True, True)


@pytest.mark.django_db
def test_a_run_that_was_killed_says_so_at_the_next() -> None:
    killed = JobRun.objects.create(job="proof", on=MORNING.date(), daily=True, started_at=MORNING)
    other = JobRun.objects.create(job="other", on=MORNING.date(), daily=True, started_at=MORNING)
    later = MORNING + timedelta(hours=1)
    assert run_job(Job("proof", "Proef", nothing, "daily"), now=later) is not None
    killed.refresh_from_db()
    other.refresh_from_db()
    assert (killed.state, killed.error, killed.ended_at) == (JobRun.State.FAILED, KILLED, later)
    assert other.state == JobRun.State.RUNNING


@pytest.mark.django_db(transaction=True)
def test_a_run_that_lost_its_database_is_recorded_and_holds_no_lock() -> None:
    def cut(_actor: Actor, _today: date) -> Mapping[str, int]:
        with connection.cursor() as cursor:
            cursor.execute("select pg_terminate_backend(pg_backend_pid())")
        return {}

    with pytest.raises(DatabaseError):
        run_job(Job("proof", "Proef", cut, "daily"), now=MORNING)
    assert JobRun.objects.get().state == JobRun.State.FAILED
    again = run_job(Job("proof", "Proef", nothing, "daily"), now=MORNING + timedelta(hours=1))
    assert again is not None
    assert again.state == JobRun.State.DONE


@pytest.mark.django_db(transaction=True)
def test_waking_a_worker_whose_broker_is_away_breaks_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(*_args: object, **_kwargs: object) -> None:
        raise OperationalError

    monkeypatch.setattr(current_app, "send_task", away)
    run.wake("mail")
    assert "the sweeper will find mail" in caplog.text
