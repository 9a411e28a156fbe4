"""Art. 16: each job's last run as a line to read: how it went, when, what it counted, and whether it is missed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from werkcontact.jobs.models import JobRun
from werkcontact.jobs.run import AMSTERDAM, Job
from werkcontact.ui import words
from werkcontact.ui.components import State, Text
from werkcontact.ui.dates import nl_date

LOOK_BACK = timedelta(days=31)
RECENT = timedelta(days=7)
# Daily jobs begin at five past each hour from five; by now each has had its turn (see werkcontact.schedule).
MISSED_AFTER = time(6, 15)

# What jobs count, in words; a count without a word here is shown by its name.
COUNTED: Mapping[str, Text] = {
    "looked": gettext_lazy("looked at"),
    "told": gettext_lazy("reminders"),
    "digests": gettext_lazy("messages"),
    "tomorrow": gettext_lazy("left for tomorrow"),
    "sent": gettext_lazy("sent"),
    "failed": gettext_lazy("failed"),
    "made": gettext_lazy("made"),
    "ahead": gettext_lazy("ahead"),
    "removed": gettext_lazy("removed"),
    "kept": gettext_lazy("kept for safety"),
    "deliveries": gettext_lazy("deliveries"),
    "rows": gettext_lazy("rows"),
    "requests": gettext_lazy("requests"),
    "changed": gettext_lazy("changed"),
    "filed": gettext_lazy("filed"),
    "ended": gettext_lazy("brought to an end"),
}


@dataclass(frozen=True)
class JobLine:
    """One job on the directie's page. `red` when it failed, or a daily one was not done today."""

    name: str
    title: Text
    state: State
    text: str
    failures: str

    @property
    def red(self) -> bool:
        return self.state.tone == "no"


def job_lines(jobs: Sequence[Job], now: datetime) -> list[JobLine]:
    """Return a line for each job; two queries, whatever the number of jobs and runs. `now` is aware."""
    recent = JobRun.objects.filter(job__in=[job.name for job in jobs], started_at__lte=now)
    last = {
        run.job: run
        for run in recent.filter(started_at__gt=now - LOOK_BACK).order_by("job", "-started_at").distinct("job")
    }
    failed = dict(
        recent.filter(state=JobRun.State.FAILED, started_at__gt=now - RECENT)
        .order_by()
        .values_list("job")
        .annotate(Count("pk"))
    )
    return [_line(job, last.get(job.name), failed.get(job.name, 0), now) for job in jobs]


def counted(counts: Mapping[str, int]) -> str:
    """Return "61 bekeken, 4 berichten"; what is nothing is left out."""
    said = (f"{words.number(number)} {COUNTED.get(name, name)}" for name, number in counts.items() if number)
    return ", ".join(said) or _("nothing to do")


def _line(job: Job, run: JobRun | None, failures: int, now: datetime) -> JobLine:
    return JobLine(
        name=job.name,
        title=job.title,
        state=_state(job, run, now),
        text=_text(job, run, now),
        failures=_failures(failures),
    )


def _state(job: Job, run: JobRun | None, now: datetime) -> State:
    local = now.astimezone(AMSTERDAM)
    if run is not None and run.state == JobRun.State.FAILED:
        return State("no", "no", _("Failed"))
    if job.when == "daily" and (run is None or run.on < local.date()):
        return State("no", "no", _("Not run today")) if local.time() > MISSED_AFTER else State("", "", _("Later"))
    if run is None:
        return State("", "", _("Not needed"))
    if run.state == JobRun.State.RUNNING:
        return State("wait", "clock", _("Running"))
    return State("ok", "ok", _("Fine"))


def _text(job: Job, run: JobRun | None, now: datetime) -> str:
    if run is None:
        return _("each morning after five") if job.when == "daily" else _("runs when there is something to do")
    at = run.started_at.astimezone(AMSTERDAM)
    moment = f"{at:%H:%M}" if run.on == now.astimezone(AMSTERDAM).date() else f"{nl_date(run.on)} {at:%H:%M}"
    return f"{moment}, {run.error or counted(run.counts)}"


def _failures(failures: int) -> str:
    if not failures:
        return ""
    return ngettext("failed %(count)s time this week", "failed %(count)s times this week", failures) % {
        "count": failures
    }
