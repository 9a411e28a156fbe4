"""The hint to the worker; the row is the record, so a broker that is away costs ten seconds and nothing else."""

from __future__ import annotations

import logging

from celery import current_app
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


def send(job: str) -> None:
    """Send the job's name (never data); a broker that is down is noted, not raised."""
    try:
        current_app.send_task("werkcontact.run_job", [job], expires=600, retry=False)
    except (OperationalError, OSError):
        log.warning("the broker is away; the sweeper will find %s", job)
