"""Art. 9, 16: the directie's first page: what waits for a decision, what is late, and whether the house runs."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from werkcontact.access import Actor, saw_ids
from werkcontact.desk import decisions, health, worklists
from werkcontact.desk.job_lines import JobLine, job_lines
from werkcontact.mail import digests
from werkcontact.schedule import JOBS
from werkcontact.staff.models import Role
from werkcontact.ui import words
from werkcontact.ui.components import Group, State, Total

_PARTS = {
    "database": gettext_lazy("Database"),
    "keys": gettext_lazy("Database of keys"),
    "log": gettext_lazy("Months of the access log"),
    "worker": gettext_lazy("Worker"),
    "beat": gettext_lazy("Clock of the worker"),
}


def page(actor: Actor) -> dict[str, Any]:
    """Return what the page shows; the names of who is late only to the directie, since others see counts alone."""
    now = timezone.now()
    waiting = worklists.waiting(actor, actor.today)
    late = decisions.late(actor.today)
    lines = job_lines(JOBS, now)
    saw_ids(actor, [pk for each in waiting for pk in each.subjects])
    by_name = Role.DIRECTIE in actor.roles
    return {
        "today": actor.today,
        "totals": _totals(len(waiting), len(late), lines),
        "waiting_table": decisions.waiting_table(waiting, actor.today) if waiting else None,
        "late_groups": [Group("late", "", rows=decisions.late_rows(actor, late))] if late and by_name else [],
        "late_number": len(late),
        "late_more": max(len(late) - decisions.SHOWN, 0),
        "late_by_name": by_name,
        "jobs": lines,
        "any_red": any(line.red for line in lines),
        "parts": _parts(),
        "unsent": digests.unsent_in_house(),
    }


def _totals(waiting: int, late: int, lines: list[JobLine]) -> list[Total]:
    red = sum(line.red for line in lines)
    return [
        Total(
            words.number(waiting),
            _("wait for your decision"),
            url="#decisions",
            tone="wait" if waiting else "ok",
            icon="pause" if waiting else "ok",
        ),
        Total(
            words.number(late),
            _("late in the house"),
            url="#late",
            tone="late" if late else "ok",
            icon="clock" if late else "ok",
        ),
        Total(
            words.number(red),
            _("jobs that failed or were missed"),
            url="#jobs",
            tone="no" if red else "ok",
            icon="no" if red else "ok",
        ),
    ]


def _parts() -> list[tuple[str, State]]:
    return [
        (str(_PARTS[part]), State("ok", "ok", _("answers")) if well else State("no", "no", _("away")))
        for part, well in health.parts().items()
    ]
