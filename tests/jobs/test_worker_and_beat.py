"""Art. 11, 13: with a real worker and a real beat: what is due is done without anybody asking."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.cache import cache

from tests.jobs.smtp import Inbox, inbox
from tests.people import make_staff, system
from tests.servers import ROOT, Worker
from werkcontact.embedded import spawn
from werkcontact.embedded.folder import end_group
from werkcontact.jobs.models import JobRun
from werkcontact.mail import digests
from werkcontact.mail.digests import Telling
from werkcontact.mail.models import Digest


def within(seconds: float, asked: Callable[[], bool]) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if asked():
            return True
        time.sleep(0.1)
    return False


@pytest.fixture
def mail_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Inbox]:
    """A mail server that the processes of this test know."""
    with inbox() as server:
        monkeypatch.setenv("EMAIL_URL", server.url)
        yield server


@pytest.fixture
def own_worker(transactional_db: None, celery_process: Worker, mail_server: Inbox) -> Iterator[Worker]:
    """A worker of this test alone, that reads its environment; the session's own steps aside."""
    celery_process.down()
    running = Worker()
    running.up()
    yield running
    running.down()
    running.forget_messages()


@pytest.fixture
def beat(own_worker: Worker, tmp_path: Path) -> Iterator[Path]:
    """A real beat with an empty memory; gives its log."""
    log = tmp_path / "beat.log"
    argv = [sys.executable, "-m", "celery", "-A", "werkcontact", "beat", "--schedule", str(tmp_path / "memory")]
    process = spawn(argv, death=signal.SIGKILL, log=log, cwd=ROOT)
    yield log
    end_group(process)


def test_a_mail_that_waits_is_sent_once_by_the_sweep_that_beat_asks_for(
    own_worker: Worker, mail_server: Inbox, beat: Path
) -> None:
    person, today = make_staff("caseworker", name="N. Visser"), system("deadlines").today
    tellings = [Telling("notice", uuid4(), person.pk, today, 0)]
    digests.write(actor=system("deadlines"), tellings=tellings, today=today)
    assert within(45, Digest.objects.filter(sent_at__isnull=False).exists), (
        beat.read_text() + own_worker.log.read_text()
    )
    assert within(5, JobRun.objects.filter(job="mail", state=JobRun.State.DONE, counts__sent=1).exists)
    (message,) = mail_server.messages
    assert message["To"] == person.email
    assert "Visser" not in message.as_string()
    assert float(cache.get("seen:beat", 0)) > time.time() - 60
