"""Every job of the house, named in one place; what each does stands in its app's jobs.py."""

from __future__ import annotations

import logging
from datetime import datetime, time
from typing import Literal

from django.utils import timezone

from clients import jobs as clients
from dossiers import jobs as dossiers
from requests_app import jobs as requests_app
from werkcontact.desk import jobs as desk
from werkcontact.jobs.run import AMSTERDAM, Job, run_job
from werkcontact.mail import jobs as mail

JOBS: tuple[Job, ...] = (
    clients.NOTICES_FILED,
    clients.DELIVERY_APPLY,
    clients.DELIVERY_END,
    dossiers.WORK_NOTES,
    requests_app.CLOCKS,
    desk.DEADLINES,
    mail.MAIL,
    desk.LOG_PARTITIONS,
    desk.VAULT_ORPHANS,
    desk.OWNERLESS_KEYS,
    desk.OLD_SESSIONS,
)

# Daily jobs begin in the early morning and not at midnight: whoever is told something finds it when work begins, and
# what was still being done late in the evening is no longer in the way. A day that was missed is caught up by the first
# run after this hour, at start or at the next full hour, since every job asks what is due and not done.
NOT_BEFORE = time(5)

log = logging.getLogger(__name__)


def job_named(name: str) -> Job:
    """Return a job by its name; KeyError for a name that nobody has."""
    return {job.name: job for job in JOBS}[name]


def run_due(when: Literal["sweep", "daily"], *, now: datetime | None = None) -> None:
    """Run every job of this kind that is due; one that fails is recorded, and the others still run.

    Raises the first failure again at the end, so that it is seen in the worker's log. `now` is aware.
    """
    if when == "daily" and (now or timezone.now()).astimezone(AMSTERDAM).time() < NOT_BEFORE:
        return
    failed: list[Exception] = []
    for job in JOBS:
        if job.when == when:
            try:
                run_job(job, now=now or timezone.now())
            except Exception as error:  # noqa: BLE001 - one poisoned job must not keep the others from their day
                log.error("job %s failed: %s", job.name, type(error).__name__)
                failed.append(error)
    if failed:
        raise failed[0]
