"""Every job of the house, named in one place; what each does stands in its app's jobs.py."""

from __future__ import annotations

import logging
from typing import Literal

from django.utils import timezone

from werkcontact.jobs.run import Job, run_job

JOBS: tuple[Job, ...] = ()

log = logging.getLogger(__name__)


def job_named(name: str) -> Job:
    """Return a job by its name; KeyError for a name that nobody has."""
    return {job.name: job for job in JOBS}[name]


def run_due(when: Literal["sweep", "daily"]) -> None:
    """Run every job of this kind that is due; one that fails is recorded, and the others still run.

    Raises the first failure again at the end, so that it is seen in the worker's log.
    """
    failed: list[Exception] = []
    for job in JOBS:
        if job.when == when:
            try:
                run_job(job, now=timezone.now())
            except Exception as error:  # noqa: BLE001 - one poisoned job must not keep the others from their day
                log.error("job %s failed: %s", job.name, type(error).__name__)
                failed.append(error)
    if failed:
        raise failed[0]
