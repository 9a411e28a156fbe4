"""The worker and beat: they run the jobs that `werkcontact.schedule` names, and show that they live."""

from __future__ import annotations

import os
import time
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "werkcontact.settings")

from celery import Celery
from celery.beat import PersistentScheduler
from celery.schedules import crontab
from celery.signals import worker_ready

app = Celery("werkcontact")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = {
    "pulse": {"task": "werkcontact.pulse", "schedule": 10, "options": {"expires": 10}},
    "sweep": {"task": "werkcontact.sweep", "schedule": 10, "options": {"expires": 10}},
    # At start and hourly "due without a run today" is asked as well, so that a lost beat file costs an hour at most.
    "daily": {"task": "werkcontact.daily", "schedule": crontab(minute=5), "options": {"expires": 3000}},
}


def seen(part: str) -> None:
    """Note that a part lives: epoch seconds in Redis, which outlive a restart (readers compare with its start)."""
    from django.core.cache import cache

    cache.set(f"seen:{part}", time.time(), timeout=None)


class Scheduler(PersistentScheduler):  # type: ignore[misc]
    """Beat's scheduler, with a heartbeat."""

    def tick(self, *args: Any, **kwargs: Any) -> Any:
        seen("beat")
        return super().tick(*args, **kwargs)


app.conf.beat_scheduler = "werkcontact.celery:Scheduler"
app.conf.beat_max_loop_interval = 5


@app.task(name="werkcontact.pulse")
def pulse() -> None:
    """The worker's heartbeat: it answers only when its database does."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select 1")
    seen("worker")


@app.task(name="werkcontact.run_job")
def run_job(name: str) -> None:
    """Run one job by its name, now."""
    from django.utils import timezone

    from werkcontact.jobs.run import run_job as run
    from werkcontact.schedule import job_named

    run(job_named(name), now=timezone.now())


@app.task(name="werkcontact.sweep")
def sweep() -> None:
    """Run every sweep that is due and not done."""
    from werkcontact.schedule import run_due

    run_due("sweep")


@app.task(name="werkcontact.daily")
def daily() -> None:
    """Run every daily job that has no run today."""
    from werkcontact.schedule import run_due

    run_due("daily")


@worker_ready.connect
def _begin(**_kwargs: Any) -> None:
    # A house that stood still for months has no partition of the log for today, and no page would open without one.
    from django.utils import timezone

    from werkcontact.access.partitions import ensure

    ensure(timezone.localdate())
    pulse.delay()
    daily.delay()
