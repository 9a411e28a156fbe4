"""Art. 16: what waits for somebody's decision and what is late in the house, as tables and lists to draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from dossiers.models import Dossier
from requests_app.models import RequestAsk
from werkcontact.access import Actor, saw_ids
from werkcontact.desk import worklists
from werkcontact.desk.links import may_open
from werkcontact.staff.models import Staff
from werkcontact.ui import words
from werkcontact.ui.components import Cell, Column, Part, Row, State, Table
from werkcontact.ui.work import Due, Waiting

SHOWN = 25


@dataclass(frozen=True)
class _Late:
    """What is told of a late deadline: the number of its dossier or request, its ids for the log, where it is seen."""

    number: str
    subjects: tuple[UUID, ...]
    url: str = ""


_UNKNOWN = _Late("", ())


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


def late_rows(actor: Actor, late: Sequence[Due]) -> list[Row]:
    """Draw the longest overdue deadlines, with the number of the dossier or request and who has them; three queries.

    Their ids go into the log. A request is a link; a notice is not: its client opens for the directie only on purpose.
    """
    shown, today = late[:SHOWN], actor.today
    names = _names({staff for each in shown for staff in each.staff})
    found = {**_notices(shown), **_requests(shown, linked=may_open(actor, "request.view"))}
    about = [found.get(each.subject, _UNKNOWN) for each in shown]
    saw_ids(actor, [pk for each in about for pk in each.subjects])
    return [
        Row(
            title=_title(each),
            url=told.url,
            day=each.binding_on,
            standing=State("late", "clock", words.days_left(each.binding_on, today)),
            meta=(Part(told.number, num=True),) if told.number else (),
            who=", ".join(names[staff] for staff in each.staff if staff in names) or _("nobody"),
            late=True,
        )
        for each, told in zip(shown, about, strict=True)
    ]


def _title(each: Due) -> str:
    return _("Notice of registration") if each.kind == "notice" else _("Request")


def _notices(late: Sequence[Due]) -> dict[UUID, _Late]:
    ids = [each.subject for each in late if each.kind == "notice"]
    rows = Dossier.objects.filter(involvement__notice__in=ids)
    return {
        notice: _Late(number, (involvement, notice))
        for notice, number, involvement in rows.values_list("involvement__notice", "number", "involvement_id")
    }


def _requests(late: Sequence[Due], *, linked: bool) -> dict[UUID, _Late]:
    ids = [each.subject for each in late if each.kind == "request"]
    rows = RequestAsk.objects.filter(pk__in=ids).values_list("pk", "subject_request__number", "subject_request_id")
    return {
        ask: _Late(number, (request,), reverse("request.view", args=[request]) if linked else "")
        for ask, number, request in rows
    }


def _names(ids: set[UUID]) -> Mapping[UUID, str]:
    return dict(Staff.objects.filter(pk__in=ids).values_list("pk", "display_name"))
