"""Art. 16: what waits for somebody's decision and what is late in the house, as tables and lists to draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from dossiers.models import Dossier
from requests_app.models import RequestAsk
from werkcontact.desk import worklists
from werkcontact.staff.models import Staff
from werkcontact.ui import words
from werkcontact.ui.components import Cell, Column, Part, Row, State, Table
from werkcontact.ui.work import Due, Waiting

SHOWN = 25


def late(today: date) -> list[Due]:
    """Return the deadlines whose last day has passed, longest ago first."""
    return sorted((each for each in worklists.due(today) if each.binding_on < today), key=lambda each: each.binding_on)


def waiting_table(waiting: Sequence[Waiting], today: date) -> Table:
    """Draw what waits for a decision; a number and never a name."""
    return Table(
        caption=_("Decisions that wait for you, nearest date first"),
        columns=[Column(_("Decision")), Column(_("Waits since")), Column(_("At the latest"), sorted="ascending")],
        rows=[
            [
                Cell(text=each.title, url=each.url, meta=(Part(each.number, num=True),) if each.number else ()),
                Cell(day=each.since),
                Cell(day=each.work_by_on, state=words.due(each.work_by_on, today))
                if each.work_by_on
                else Cell(text=_("no date")),
            ]
            for each in waiting
        ],
    )


def late_rows(late: Sequence[Due], today: date) -> list[Row]:
    """Draw the longest overdue deadlines, with the number of the dossier or request and who has them; three queries."""
    shown = late[:SHOWN]
    names = _names({staff for each in shown for staff in each.staff})
    numbers = _numbers(shown)
    return [
        Row(
            title=_title(each),
            day=each.binding_on,
            standing=State("late", "clock", words.days_left(each.binding_on, today)),
            meta=(Part(numbers[each.subject], num=True),) if each.subject in numbers else (),
            who=", ".join(names[staff] for staff in each.staff if staff in names) or _("nobody"),
            late=True,
        )
        for each in shown
    ]


def _title(each: Due) -> str:
    return _("Notice of registration") if each.kind == "notice" else _("Request")


def _numbers(late: Sequence[Due]) -> dict[UUID, str]:
    notices = [each.subject for each in late if each.kind == "notice"]
    asks = [each.subject for each in late if each.kind == "request"]
    found = Dossier.objects.filter(involvement__notice__in=notices).values_list("involvement__notice", "number")
    asked = RequestAsk.objects.filter(pk__in=asks).values_list("pk", "subject_request__number")
    return {**dict(found), **dict(asked)}


def _names(ids: set[UUID]) -> Mapping[UUID, str]:
    return dict(Staff.objects.filter(pk__in=ids).values_list("pk", "display_name"))
