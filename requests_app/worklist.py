"""Art. 12-15, 7.6: what must be done about requests today, by whom, and what waits for a second person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dossiers.transitions import WorkNoteState
from requests_app.flow import TOGETHER, with_parts
from requests_app.models import RequestAsk, RequestAssignment, RequestItem, SubjectRequest
from requests_app.models.item import ItemKind
from requests_app.reading.words import kinds_in_words, stage_of, title_of
from requests_app.sealed import open_askers
from requests_app.transitions import ASK_ENDED, AskState, RequestState
from werkcontact.access import Actor, ids_of
from werkcontact.access.actor import AMSTERDAM
from werkcontact.approvals.models import Approval
from werkcontact.staff.models import Role
from werkcontact.ui.components import Part, Text, parts
from werkcontact.ui.work import Due, Waiting, Work

LABEL: Text = gettext_lazy("Requests")
ASSIGNERS = frozenset({Role.REQUESTS, Role.DIRECTIE})


def mine(actor: Actor, today: date) -> list[Work]:
    """Return one's own requests, those nobody handles, one's own work notes, and what waits for a second person."""
    return [*_handled(actor), *_unassigned(actor), *_notes(actor), *_second(actor, today)]


def due(today: date) -> list[Due]:  # noqa: ARG001 - the signature of every worklist
    """Return every clock of an ask that runs, with who handles it; what nobody handles is told to management."""
    rows = RequestAsk.objects.running().filter(work_by_on__isnull=False).order_by("work_by_on", "pk")
    handlers = _handlers_now()
    return [
        Due(
            kind="request",
            subject=ask.pk,
            work_by_on=ask.work_by_on,
            binding_on=ask.binding_on,
            staff=(handlers[ask.subject_request_id],) if ask.subject_request_id in handlers else (),
            role="directie",
        )
        for ask in rows
        if ask.work_by_on and ask.binding_on
    ]


def waiting(actor: Actor, today: date) -> list[Waiting]:  # noqa: ARG001 - the signature of every worklist
    """Return what waits for this person as the second one: never what they prepared themselves."""
    rows = RequestAsk.objects.visible_to(actor, "request.decide_second").filter(
        state=AskState.SECOND, approval__outcome=Approval.Outcome.WAITING
    )
    rows = rows.exclude(approval__preparer_id=actor.id).select_related("approval", "subject_request")
    first: dict[UUID, RequestAsk] = {}
    for ask in sorted(rows, key=lambda one: TOGETHER.index(one.kind) if one.kind in TOGETHER else len(TOGETHER)):
        first.setdefault(ask.subject_request_id, ask)
    with_parts([ask.subject_request for ask in first.values()])
    return [
        Waiting(
            kind="request",
            title=_("Decide as the second person: %(kind)s") % {"kind": ask.get_kind_display()},
            number=ask.subject_request.number,
            url=reverse("request.decide_second", args=[ask.pk]),
            since=ask.approval.prepared_at.astimezone(AMSTERDAM).date(),
            work_by_on=ask.work_by_on,
            subjects=ids_of(ask),
        )
        for ask in first.values()
        if ask.approval is not None
    ]


def _handled(actor: Actor) -> Iterator[Work]:
    if Role.REQUESTS not in actor.roles:
        return
    mine_now = RequestAssignment.objects.current(actor.at).filter(handler_id=actor.id)
    rows = SubjectRequest.objects.running().visible_to(actor, "request.view")
    yield from _works(list(rows.filter(pk__in=mine_now.values("subject_request")).prefetch_related("asks")))


def _works(rows: list[SubjectRequest]) -> Iterator[Work]:
    with_parts(rows)
    askers = open_askers(rows)
    for one in rows:
        asks = [ask for ask in one.asks.all() if ask.state not in ASK_ENDED]
        if not asks:
            continue
        ends = [ask.work_by_on for ask in asks if ask.work_by_on]
        last = [ask.binding_on for ask in asks if ask.binding_on]
        yield Work(
            kind="request",
            label=LABEL,
            icon="help",
            title=title_of(ask.kind for ask in asks),
            url=reverse("request.view", args=[one.pk]),
            work_by_on=min(ends, default=None),
            binding_on=min(last, default=None),
            who=askers[one.pk].name if one.pk in askers else "",
            who_meta=(Part(one.number, num=True),),
            meta=parts(stage_of(asks[0].state)),
            subjects=ids_of(one),
        )


def _unassigned(actor: Actor) -> Iterator[Work]:
    if not actor.roles & ASSIGNERS:
        return
    rows = SubjectRequest.objects.visible_to(actor, "request.view").filter(state=RequestState.REGISTERED)
    found = list(rows.prefetch_related("asks").order_by("received_on", "pk"))
    with_parts(found)
    for one in found:
        asks = list(one.asks.all())
        yield Work(
            kind="request",
            label=LABEL,
            icon="help",
            title=_("Take or give: request for %(kinds)s") % {"kinds": kinds_in_words(ask.kind for ask in asks)},
            url=reverse("request.view", args=[one.pk]),
            work_by_on=min((ask.work_by_on for ask in asks if ask.work_by_on), default=None),
            binding_on=min((ask.binding_on for ask in asks if ask.binding_on), default=None),
            who_meta=(Part(one.number, num=True),),
            meta=(Part(_("received"), day=one.received_on),),
            subjects=ids_of(one),
        )


def _notes(actor: Actor) -> Iterator[Work]:
    """A note waits for its author only; the row names the number of the dossier, since who wrote may have left it."""
    rows = RequestItem.objects.undecided().filter(
        kind=ItemKind.NOTE,
        note__author_id=actor.id,
        note__state=WorkNoteState.OPEN,
        ask__state=AskState.DECIDING,
        part__until_at=None,
    )
    for item in rows.select_related("ask", "part__dossier__involvement", "part__subject_request").order_by("pk"):
        yield Work(
            kind="request",
            label=LABEL,
            icon="lock",
            title=_("Decide on your own work note for a request"),
            url=reverse("request.decide_own_note", args=[item.pk]),
            work_by_on=item.ask.work_by_on,
            binding_on=item.ask.binding_on,
            who_meta=(Part(item.part.dossier.number, num=True),),
            meta=(Part(item.part.subject_request.number, num=True),),
            subjects=(item.part.subject_request_id, *ids_of(item)),
        )


def _second(actor: Actor, today: date) -> Iterator[Work]:
    for each in waiting(actor, today):
        yield Work(
            kind="request",
            label=LABEL,
            icon="eye",
            title=each.title,
            url=each.url,
            work_by_on=each.work_by_on,
            who_meta=(Part(each.number, num=True),),
            meta=(Part(_("waits since"), day=each.since),),
            subjects=each.subjects,
        )


def _handlers_now() -> dict[UUID, UUID]:
    """Who handles each running request; an assignment without an end holds now."""
    running = SubjectRequest.objects.running().filter(pk=OuterRef("subject_request"))
    rows = RequestAssignment.objects.filter(Exists(running), until_at=None)
    return dict(rows.values_list("subject_request_id", "handler_id"))
