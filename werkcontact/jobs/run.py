"""Running a job once at a time, with a row that says what it did.

A job is a catch-up: it asks what is due and not done, in the day and moment given, and does it. It runs under an
advisory lock that the connection's end frees, so a killed run blocks nobody.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from werkcontact.access import Actor
from werkcontact.jobs.models import JobRun
from werkcontact.jobs.wake import send

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
KILLED = "Killed"
Counts = Mapping[str, int]
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """What `werkcontact.schedule` names: `due` is a cheap question, `run` does all that is due.

    `when`: a "sweep" is asked every ten seconds and runs when `due` says so; a "daily" one runs once a day.
    """

    name: str
    title: str | _StrPromise
    run: Callable[[Actor, date], Counts]
    when: Literal["sweep", "daily"]
    due: Callable[[datetime], bool] = lambda _now: True


def run_job(job: Job, *, now: datetime, again: bool = False) -> JobRun | None:
    """Run a job if it is due and nobody else runs it; return its row, or None when there was nothing to do.

    `now` is aware; its Amsterdam date is the job's "today". `again` runs a daily job a second time on its day.
    An exception is recorded on the row by its kind, and raised again.
    """
    if not _is_due(job, now, again=again) or not _lock(job.name):
        return None
    try:
        # asked once more: another may have done it between the question and the lock
        return _run(job, now) if _is_due(job, now, again=again) else None
    finally:
        _unlock(job.name)


def _is_due(job: Job, now: datetime, *, again: bool) -> bool:
    return (job.when != "daily" or again or not _done(job, now).exists()) and job.due(now)


def _done(job: Job, now: datetime) -> QuerySet[JobRun]:
    today = now.astimezone(AMSTERDAM).date()
    return JobRun.objects.filter(job=job.name, on=today, daily=True, state=JobRun.State.DONE)


def _run(job: Job, now: datetime) -> JobRun:
    """Run it under the lock: a row that still says "running" is of a run that was killed."""
    JobRun.objects.filter(job=job.name, state=JobRun.State.RUNNING).update(
        state=JobRun.State.FAILED, error=KILLED, ended_at=now
    )
    today = now.astimezone(AMSTERDAM).date()
    daily = job.when == "daily" and not _done(job, now).exists()
    row = JobRun.objects.create(job=job.name, on=today, daily=daily, started_at=now)
    try:
        row.counts = dict(job.run(Actor.system(job.name, at=now), today))
    except BaseException as error:
        _heal()
        _end(row, JobRun.State.FAILED, error=type(error).__name__)
        raise
    _end(row, JobRun.State.DONE)
    return row


def wake(job: str) -> None:
    """Ask the worker, once the transaction is committed, to run a job now; the sweeper asks anyway."""
    transaction.on_commit(lambda: send(job), robust=True)


def _end(row: JobRun, state: JobRun.State, error: str = "") -> None:
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        row.ended_at = cursor.fetchone()[0]
    row.state, row.error = state, error
    row.save(update_fields=["ended_at", "state", "error", "counts"])


def _heal() -> None:
    """Connect anew when the work failed because the connection broke, so that the failure can be recorded."""
    if connection.errors_occurred and not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()


def _lock(name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(hashtext(%s))", [f"job:{name}"])
        got: bool = cursor.fetchone()[0]
    return got


def _unlock(name: str) -> None:
    if not connection.is_usable():
        return  # the connection is gone, and the lock with it
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_unlock(hashtext(%s))", [f"job:{name}"])
