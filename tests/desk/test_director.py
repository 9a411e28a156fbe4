"""Art. 9, 16: the directie sees at a glance what waits for them, what is late, and whether the house runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.people import browser_for, make_staff
from werkcontact.access.actor import AMSTERDAM
from werkcontact.desk import decisions, worklists
from werkcontact.desk.job_lines import job_lines
from werkcontact.jobs.models import JobRun
from werkcontact.jobs.run import Job
from werkcontact.mail.models import Digest
from werkcontact.schedule import JOBS
from werkcontact.staff.models import Staff
from werkcontact.ui.work import Due, Waiting

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=AMSTERDAM)
DAILY = Job("nightly", "Nachtwerk", lambda _actor, _today: {}, "daily")
SWEEP = Job("sweeper", "Veegwerk", lambda _actor, _today: {}, "sweep")


def real_today() -> Any:
    return timezone.now().astimezone(AMSTERDAM).date()


def late_due(staff: Staff, days: int) -> Due:
    on = real_today() - timedelta(days=days)
    return Due("notice", uuid4(), on, on, (staff.pk,), "intake")


def show(monkeypatch: pytest.MonkeyPatch, dues: list[Due], waiting: list[Waiting]) -> None:
    module = SimpleNamespace(due=lambda _today: dues, waiting=lambda _actor, _today: waiting)
    monkeypatch.setattr(worklists, "MODULES", (module,))


@pytest.mark.django_db
def test_what_waits_and_what_is_late_stand_on_the_first_page(monkeypatch: pytest.MonkeyPatch) -> None:
    handler = make_staff("caseworker", name="N. Visser")
    item = Waiting("request", "Deels weigeren", "V-2026-0015", "/x", real_today(), real_today() + timedelta(days=3))
    show(monkeypatch, [late_due(handler, 4)], [item])
    html = browser_for(make_staff("directie")).get("/beheer/").content.decode()
    assert "V-2026-0015" in html
    assert "nog 3 dagen" in html
    assert "N. Visser" in html
    assert "4 dagen te laat" in html


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["archivist", "officer", "technical"])
def test_others_who_see_the_jobs_see_counts_and_no_names(monkeypatch: pytest.MonkeyPatch, role: str) -> None:
    show(monkeypatch, [late_due(make_staff("caseworker", name="N. Visser"), 4)], [])
    html = browser_for(make_staff(role)).get("/beheer/").content.decode()
    assert "N. Visser" not in html
    assert "1 termijn" in html


@pytest.mark.django_db
def test_a_caseworker_has_no_such_page() -> None:
    assert browser_for(make_staff("caseworker")).get("/beheer/").status_code == 403


@pytest.mark.django_db
def test_the_page_shows_the_longest_late_and_how_many_more_in_the_same_queries(
    monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    handler, browser = make_staff("caseworker"), browser_for(make_staff("directie"))
    browser.get("/beheer/")  # the session begins
    counts = []
    for number in (10, 1000):
        show(monkeypatch, [late_due(handler, 1 + each) for each in range(number)], [])
        with django_assert_max_num_queries(25) as asked:
            html = browser.get("/beheer/").content.decode()
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert f"{1000 - decisions.SHOWN}" in html


@pytest.mark.django_db
def test_what_could_not_be_mailed_shows(settings: Any) -> None:
    settings.EMAIL_URL = ""
    Digest.objects.create(staff=make_staff("caseworker"), on=NOW.date(), made_at=NOW)
    html = browser_for(make_staff("directie")).get("/beheer/").content.decode()
    assert "niet verstuurd: er is geen mailserver" in html


# --- the jobs --------------------------------------------------------------------------------------------------------


def ran(job: Job, hours_ago: float, state: str = "done", **fields: Any) -> None:
    at = NOW - timedelta(hours=hours_ago)
    fields = {"ended_at": at, "counts": {}, **fields}
    JobRun.objects.create(job=job.name, on=at.date(), daily=job.when == "daily", started_at=at, state=state, **fields)


def words(job: Job, now: datetime = NOW) -> tuple[str, bool]:
    (line,) = job_lines([job], now)
    return str(line.state.word), line.red


@pytest.mark.django_db
def test_a_daily_job_is_red_when_it_did_not_run_today_or_failed() -> None:
    assert words(DAILY) == ("Vandaag niet gelopen", True)
    ran(DAILY, 24)
    assert words(DAILY) == ("Vandaag niet gelopen", True)
    ran(DAILY, 5, "failed", error="OperationalError")
    assert words(DAILY) == ("Mislukt", True)
    ran(DAILY, 4)
    assert words(DAILY) == ("Goed", False)


@pytest.mark.django_db
def test_before_its_hour_a_daily_job_is_not_missed() -> None:
    ran(DAILY, 29)
    assert words(DAILY, NOW.replace(hour=4)) == ("Later", False)
    assert words(DAILY, NOW.replace(hour=7)) == ("Vandaag niet gelopen", True)


@pytest.mark.django_db
def test_a_sweep_that_had_nothing_to_do_is_not_red() -> None:
    assert words(SWEEP) == ("Niet nodig", False)
    ran(SWEEP, 30, "failed", error="OSError")
    assert words(SWEEP) == ("Mislukt", True)


@pytest.mark.django_db
def test_a_line_says_when_what_it_counted_and_how_often_it_failed() -> None:
    ran(DAILY, 50, "failed", error="OSError")
    ran(DAILY, 5, counts={"looked": 61, "digests": 4, "failed": 0})
    (line,) = job_lines([DAILY], NOW)
    assert line.text == "05:00, 61 bekeken, 4 berichten"
    assert line.failures == "1 keer mislukt deze week"


@pytest.mark.django_db
def test_the_lines_of_all_jobs_cost_two_queries(django_assert_num_queries: Callable[..., Any]) -> None:
    for number in range(300):
        ran(SWEEP, number / 10)
    with django_assert_num_queries(2):
        assert len(job_lines([*JOBS, SWEEP], NOW)) == len(JOBS) + 1
