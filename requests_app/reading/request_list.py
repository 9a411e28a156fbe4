"""Art. 12-15: the requests that one may see, nearest date first; who asks is opened for a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Min, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from requests_app.flow import with_parts
from requests_app.models import RequestAsk, RequestAssignment, SubjectRequest
from requests_app.models.subject_request import SubjectRequestQuerySet
from requests_app.reading.clock import state_of
from requests_app.reading.words import READERS, kinds_in_words, stage_of
from requests_app.sealed import Asker, open_askers
from requests_app.transitions import ASK_ENDED, RequestState
from werkcontact.access import Actor, saw
from werkcontact.ui import words
from werkcontact.ui.components import Cell, Choice, Column, Filter, Pages, Table, Text
from werkcontact.ui.dates import nl_date

PER_PAGE = 50
MINE, FREE, RUNNING, CLOSED = "mijn", "vrij", "lopend", "gesloten"
CHOICES: Sequence[tuple[str, Text]] = (
    (RUNNING, gettext_lazy("All that run")),
    (MINE, gettext_lazy("Mine")),
    (FREE, gettext_lazy("Without a handler")),
    (CLOSED, gettext_lazy("Closed")),
)


@dataclass(frozen=True)
class RequestList:
    """One page of the list."""

    filter: Filter
    table: Table | None
    pages: Pages


def request_list(actor: Actor, today: date, *, which: str, page: int) -> RequestList:
    """Return one page; the number of queries does not depend on how many there are."""
    which = which if which in dict(CHOICES) else RUNNING
    visible = SubjectRequest.objects.visible_to(actor, "request.view")
    rows = _chosen(visible, which, actor).annotate(
        work_by=Min("asks__work_by_on", filter=~Q(asks__state__in=ASK_ENDED)),
        binding=Min("asks__binding_on", filter=~Q(asks__state__in=ASK_ENDED)),
    )
    rows = rows.order_by(F("work_by").asc(nulls_last=True), "-received_on", "pk")
    current = RequestAssignment.objects.current(actor.at).select_related("handler")
    rows = rows.prefetch_related("asks", Prefetch("assignments", current, to_attr="current"))
    start = (max(page, 1) - 1) * PER_PAGE
    shown = list(rows[start : start + PER_PAGE + 1])
    more, shown = len(shown) > PER_PAGE, shown[:PER_PAGE]
    with_parts(shown)
    saw(actor, shown)
    askers = open_askers(shown if actor.roles & READERS else ())
    lines = [_line(one, askers.get(one.pk), today) for one in shown]
    return RequestList(
        filter=_filter(which),
        table=_table(lines) if lines else None,
        pages=Pages(
            shown=len(shown),
            first_url=f"?toon={which}" if page > 1 else "",
            next_url=f"?toon={which}&pagina={max(page, 1) + 1}" if more else "",
        ),
    )


def _chosen(rows: SubjectRequestQuerySet, which: str, actor: Actor) -> SubjectRequestQuerySet:
    if which == CLOSED:
        return rows.filter(state=RequestState.CLOSED)
    rows = rows.running()
    if which == FREE:
        return rows.filter(state=RequestState.REGISTERED)
    if which == MINE:
        mine = RequestAssignment.objects.current(actor.at).filter(handler_id=actor.id)
        return rows.filter(pk__in=mine.values("subject_request"))
    return rows


def _filter(which: str) -> Filter:
    return Filter(
        label=_("Which requests"),
        choices=[Choice(f"?toon={key}", label, current=key == which) for key, label in CHOICES],
    )


def _table(lines: list[Sequence[Cell]]) -> Table:
    columns = (
        Column(_("By")),
        Column(_("Number")),
        Column(_("Asked")),
        Column(_("Received")),
        Column(_("Handler")),
        Column(_("Stage")),
        Column(_("At the latest"), sorted="ascending"),
    )
    return Table(caption=_("Requests, nearest date first"), columns=columns, rows=lines)


def _line(one: SubjectRequest, asker: Asker | None, today: date) -> Sequence[Cell]:
    asks: list[RequestAsk] = list(one.asks.all())
    running = [ask for ask in asks if ask.state not in ASK_ENDED] or asks
    current: list[RequestAssignment] = one.current  # type: ignore[attr-defined]  # Prefetch's to_attr
    binding: date | None = one.binding  # type: ignore[attr-defined]  # annotated
    return (
        Cell(asker.name if asker else one.number, url=reverse("request.view", args=[one.pk])),
        Cell(one.number, num=True),
        Cell(kinds_in_words(ask.kind for ask in asks)),
        Cell(day=one.received_on),
        Cell(current[0].handler.display_name if current else _("nobody yet")),
        Cell(stage_of(running[0].state)),
        _at_the_latest(one, binding, today),
    )


def _at_the_latest(one: SubjectRequest, binding: date | None, today: date) -> Cell:
    if one.closed_on is not None:
        return Cell(_("closed on %(day)s") % {"day": nl_date(one.closed_on)})
    if binding is None:
        return Cell(state=state_of(None, today))
    return Cell(day=binding, state=words.due(binding, today))
