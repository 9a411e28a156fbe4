"""Art. 6.1, 11, 13: no job is forgotten: each is in the schedule, under a name of its own, and may do what it does."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings

from werkcontact.access.table import JOB_ACTS
from werkcontact.jobs.run import Job
from werkcontact.schedule import JOBS, job_named

ROOT = Path(settings.BASE_DIR)
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for folder in ("werkcontact", "clients", "dossiers", "requests_app")
    for path in (ROOT / folder).rglob("jobs.py")
)
# Commands that act under a name of their own and are no jobs.
COMMANDS = {"create_director"}


def test_every_job_that_an_app_declares_is_in_the_schedule() -> None:
    declared = {job for name in MODULES for job in vars(import_module(name)).values() if isinstance(job, Job)}
    assert declared == set(JOBS)
    assert len(declared) >= 5


def test_every_job_has_a_name_of_its_own() -> None:
    names = [job.name for job in JOBS]
    assert len(set(names)) == len(names)
    assert all(job_named(job.name) is job for job in JOBS)
    with pytest.raises(KeyError):
        job_named("no_such_job")


def test_every_name_that_may_act_by_itself_is_that_of_a_job() -> None:
    allowed = {name for names in JOB_ACTS.values() for name in names}
    assert allowed - {job.name for job in JOBS} <= COMMANDS


def test_every_job_has_a_title_in_dutch() -> None:
    assert all(str(job.title) and str(job.title) != job.name for job in JOBS)
