"""Art. 6.1, 11, 13: a job is a catch-up under a lock: lost, doubled or killed, it changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta

import pytest
from django.db import connection

from werkcontact import schedule
from werkcontact.access.actor import AMSTERDAM, Actor
from werkcontact.jobs.models import JobRun
from werkcontact.jobs.run import Job, run_job
from werkcontact.staff.models import SYSTEM_ID

MORNING = datetime(2026, 11, 24, 5, 5, tzinfo=AMSTERDAM)
pytestmark = pytest.mark.django_db


class Work:
    """A job's work that remembers its runs, and fails when told."""

    def __init__(self) -> None:
        self.days: list[str] = []
        self.error: BaseException | None = None

    def __call__(self, actor: Actor, today: object) -> dict[str, int]:
        assert (actor.id, actor.job) == (SYSTEM_ID, "proof")
        self.days.append(str(today))
        if self.error:
            raise self.error
        return {"looked": len(self.days)}


@pytest.fixture
def work() -> Work:
    return Work()


@pytest.fixture
def daily(work: Work) -> Job:
    return Job("proof", "Proef", work, "daily")


@pytest.fixture
def somebody_else_runs() -> Iterator[None]:
    """Another connection holds the lock of the job, as another worker would."""
    with closing(connection.copy()) as other, other.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(hashtext('job:proof'))")
        yield
        cursor.execute("select pg_advisory_unlock_all()")  # now, and not when the server notices that it left


def test_a_daily_job_runs_once_on_its_amsterdam_day(daily: Job, work: Work) -> None:
    late = datetime(2026, 11, 24, 23, 30, tzinfo=AMSTERDAM)
    for now in (MORNING, MORNING + timedelta(hours=1), late):
        run_job(daily, now=now)
    run_job(daily, now=late + timedelta(hours=1))
    assert work.days == ["2026-11-24", "2026-11-25"]
    assert run_job(daily, now=late, again=True) is not None
    assert JobRun.objects.filter(daily=True).count() == 2


def test_while_another_runs_it_nothing_is_done(daily: Job, work: Work, somebody_else_runs: None) -> None:
    assert run_job(daily, now=MORNING) is None
    assert work.days == []
    assert not JobRun.objects.exists()


def test_the_lock_is_free_again_after_a_run_and_after_a_failure(daily: Job, work: Work) -> None:
    work.error = OSError("with a name in it")
    with pytest.raises(OSError, match="with a name"):
        run_job(daily, now=MORNING)
    with closing(connection.copy()) as other, other.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(hashtext('job:proof')), pg_advisory_unlock(hashtext('job:proof'))")
        assert cursor.fetchone() == (True, True)


def test_a_failure_is_recorded_by_its_kind_alone_and_the_day_is_tried_again(daily: Job, work: Work) -> None:
    work.error = LookupError("J. Jager")
    with pytest.raises(LookupError):
        run_job(daily, now=MORNING)
    run = JobRun.objects.get()
    assert (run.state, run.error, run.counts) == (JobRun.State.FAILED, "LookupError", {})
    assert run.ended_at is not None
    work.error = None
    again = run_job(daily, now=MORNING + timedelta(hours=1))
    assert again is not None
    assert (again.state, again.counts) == (JobRun.State.DONE, {"looked": 2})


def test_a_sweep_runs_when_something_is_due_and_leaves_no_row_when_not(work: Work) -> None:
    waits = [True]
    sweep = Job("proof", "Proef", work, "sweep", lambda _now: waits[0])
    assert run_job(sweep, now=MORNING) is not None
    assert run_job(sweep, now=MORNING) is not None
    waits[0] = False
    assert run_job(sweep, now=MORNING) is None
    assert JobRun.objects.count() == 2


# --- the schedule ----------------------------------------------------------------------------------------------------


def test_daily_jobs_begin_at_five_and_a_missed_day_is_caught_up(
    daily: Job, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schedule, "JOBS", (daily,))
    for hour in (0, 4):
        schedule.run_due("daily", now=MORNING.replace(hour=hour))
    assert work.days == []
    for hour in (5, 6):
        schedule.run_due("daily", now=MORNING.replace(hour=hour))
    schedule.run_due(
        "daily", now=MORNING + timedelta(days=3, hours=9)
    )  # the house was down and starts in the afternoon
    assert work.days == ["2026-11-24", "2026-11-27"]


@pytest.mark.parametrize("moment", [datetime(2026, 3, 29, 5, 5), datetime(2026, 10, 25, 5, 5)])  # noqa: DTZ001
def test_five_is_five_in_amsterdam_also_when_the_clock_is_changed(
    daily: Job, work: Work, monkeypatch: pytest.MonkeyPatch, moment: datetime
) -> None:
    monkeypatch.setattr(schedule, "JOBS", (daily,))
    there = moment.replace(tzinfo=AMSTERDAM)
    schedule.run_due("daily", now=there - timedelta(minutes=10))
    assert work.days == []
    schedule.run_due("daily", now=there)
    assert work.days == [str(moment.date())]


def test_a_job_that_fails_keeps_no_other_from_its_day(daily: Job, work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_actor: Actor, _today: object) -> dict[str, int]:
        raise LookupError

    monkeypatch.setattr(schedule, "JOBS", (Job("poisoned", "Giftig", fail, "daily"), daily))
    with pytest.raises(LookupError):
        schedule.run_due("daily", now=MORNING)
    assert work.days == ["2026-11-24"]
