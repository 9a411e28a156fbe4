"""Art. 12: who handles a request, whose data it is about, and what ends it before an answer.

Whoever handles it was given it, or took it. The handler finds the person (`link`), or finds that nobody is registered
(`find_nobody`): then the answer to the stranger says so, within the same terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from clients.models import Involvement
from dossiers.models import Dossier
from requests_app import clocks
from requests_app.flow import (
    UNDECIDED,
    asks_of,
    close_if_ended,
    decided_now,
    in_hands_of,
    locked,
    move,
    purpose_of,
    running,
)
from requests_app.models import RequestAsk, RequestAssignment, RequestDossier, RequestEvent, SubjectRequest
from requests_app.models.ask import AskDecision, EventKind
from requests_app.models.subject_request import IdentityHow
from requests_app.transitions import REQUEST, AskState, RequestState, next_state
from werkcontact.access import Absent, Actor, act, enter, enter_all
from werkcontact.approvals import four_eyes
from werkcontact.refused import Refused
from werkcontact.staff.models import Appointment, Role, Staff

APPROVAL = "request.answer"
"""The kind of approval that a second person gives over what is not given, or not given whole."""


def assign(*, actor: Actor, subject_request: SubjectRequest, handler: Staff, today: date) -> RequestAssignment:
    """Give a running request to a handler, or take it oneself; who had it before lets go at the same moment.

    So too what was refused for want of identity: when proof comes after all, somebody must be there to record it.

    Raises Refused("handling.closed" | "handling.no_handler" | "handling.already").
    """
    with act(actor, "request.assign") as deed:
        subject_request = locked(subject_request)
        deed.saw([subject_request])
        if subject_request.state == RequestState.CLOSED and not _waits_for_proof(subject_request):
            raise Refused("handling.closed", "12", _("This request is closed."))
        if not appointed_on(today).filter(pk=handler.pk).exists():
            raise Refused("handling.no_handler", "12", _("This person does not handle requests."), field="handler")
        current = RequestAssignment.objects.current(actor.at).filter(subject_request=subject_request)
        if current.filter(handler=handler).exists():
            raise Refused("handling.already", "12", _("This person handles this request already."), field="handler")
        current.update(until_at=actor.at)
        made = RequestAssignment.objects.create(
            subject_request=subject_request, handler=handler, from_at=actor.at, by_id=actor.id
        )
        state = next_state(REQUEST, RequestState(subject_request.state), "request.assign", actor.roles)
        subject_request.state = state
        subject_request.save(update_fields=["state"])
        return made


def _waits_for_proof(subject_request: SubjectRequest) -> bool:
    return RequestAsk.objects.filter(subject_request=subject_request, state=AskState.NO_IDENTITY).exists()


def appointed_on(today: date) -> QuerySet[Staff]:
    """Return who may handle requests on this day, by name."""
    appointed = Appointment.objects.open_on(today).filter(role=Role.REQUESTS).values("staff")
    return Staff.objects.filter(pk__in=appointed, is_active=True).order_by("display_name")


def link(*, actor: Actor, subject_request: SubjectRequest, involvements: Sequence[UUID]) -> SubjectRequest:
    """Say whose data are asked for: the open dossiers of every person chosen become part of the request.

    `involvements` are those that the search showed; with each come all others of the same person. That two of them
    are one person is the handler's finding, for this request alone. Raises Refused("handling.nobody_chosen").
    """
    if not involvements:
        text = _("Choose the person, or record that nobody was found.")
        raise Refused("handling.nobody_chosen", "12", text, field="involvements")
    with act(actor, "request.link", gate=False, purpose=purpose_of(subject_request)) as deed:
        chosen = enter_all(actor, "request.link", Involvement.objects.filter(pk__in=involvements))
        subject_request = in_hands_of(actor, subject_request)
        asks = asks_of(subject_request)
        if not running(asks):
            raise Refused("handling.closed", "12", _("This request is closed."))
        people = [one.client_id for one in chosen]
        span(actor, subject_request, people)
        if subject_request.client_id is None:
            subject_request.client_id = people[0]
            subject_request.save(update_fields=["client"])
        if any(ask.decision == AskDecision.NONE_HELD for ask in asks):
            move(asks, actor, "request.handle", "reopen", **UNDECIDED)
        deed.saw([subject_request])
        return subject_request


def span(actor: Actor, subject_request: SubjectRequest, people: Iterable[UUID | None]) -> None:
    """Make every open dossier of these people part of the request, those opened since too; inside an act."""
    dossiers = Dossier.objects.filter(involvement__client_id__in=list(people), involvement__ended_on=None)
    taken_back = RequestDossier.objects.filter(subject_request=subject_request, until_at__isnull=False)
    taken_back.filter(dossier__in=dossiers).update(until_at=None, linked_by=actor.id, linked_at=actor.at)
    missing = dossiers.exclude(request_parts__subject_request=subject_request)
    RequestDossier.objects.bulk_create(
        [
            RequestDossier(subject_request=subject_request, dossier=dossier, linked_by_id=actor.id, linked_at=actor.at)
            for dossier in missing
        ]
    )


def unlink(*, actor: Actor, subject_request: SubjectRequest, part: UUID) -> SubjectRequest:
    """This is somebody else: the dossier, and all others of that person, are no part of the request any more.

    Not once it is decided upon: first back to the decisions. Raises Absent, Refused("handling.decided").
    """
    with act(actor, "request.link", gate=False, purpose=purpose_of(subject_request)) as deed:
        enter(actor, "request.handle", subject_request)
        subject_request = in_hands_of(actor, subject_request)
        deed.saw([subject_request])
        if any(ask.state not in (AskState.RECEIVED, AskState.DECIDING) for ask in asks_of(subject_request)):
            raise Refused("handling.decided", "12", _("First go back to the decisions."))
        standing = RequestDossier.objects.standing().filter(subject_request=subject_request)
        found = standing.filter(pk=part).select_related("dossier__involvement__client").first()
        if found is None:
            raise Absent
        theirs = found.dossier.involvement.client
        standing.filter(Q(pk=part) | Q(dossier__involvement__client=theirs)).update(until_at=actor.at)
        left = standing.values_list("dossier__involvement__client_id", flat=True)
        subject_request.client_id = left.first()
        subject_request.save(update_fields=["client"])
        return subject_request


def find_nobody(*, actor: Actor, subject_request: SubjectRequest) -> SubjectRequest:
    """Art. 12, 13.1: nobody of this name is registered; what remains is the letter that says so.

    No second person: nothing is refused. Raises Refused("handling.somebody" | "handling.identity_first").
    """
    with act(actor, "request.handle", subject_request, purpose=purpose_of(subject_request)):
        subject_request = in_hands_of(actor, subject_request)
        if RequestDossier.objects.standing().filter(subject_request=subject_request).exists():
            raise Refused(
                "handling.somebody", "13.1", _("A person was found: their data are collected and decided on.")
            )
        check_identity(subject_request)
        asks = asks_of(subject_request)
        move(
            asks,
            actor,
            "request.handle",
            "collect",
            "collected",
            "all_given",
            **decided_now(actor, AskDecision.NONE_HELD),
        )
        return subject_request


def check_identity(subject_request: SubjectRequest) -> None:
    """Refuse to go on while nobody knows who asks (art. 12.2); the same for who is registered and for a stranger."""
    if not subject_request.identity_how:
        raise Refused("handling.identity_first", "12.2", _("First record how this person showed who they are."))


def withdraw(*, actor: Actor, subject_request: SubjectRequest, on: date) -> SubjectRequest:
    """The person takes the request back on this day: its clocks end and nothing is answered."""
    with act(actor, "request.handle", subject_request, purpose=purpose_of(subject_request)):
        subject_request = in_hands_of(actor, subject_request)
        asks = asks_of(subject_request)
        void_decisions(asks)
        clocks.record(actor=actor, subject_request=subject_request, event=EventKind.WITHDRAWN, on=on, asks=asks)
        move(asks, actor, "request.handle", "withdraw", **UNDECIDED)
        close_if_ended(actor, subject_request, "request.handle", on)
        return subject_request


def correct_received(*, actor: Actor, subject_request: SubjectRequest, on: date) -> SubjectRequest:
    """Mend the day of receipt: an event that supersedes the first one; every clock is worked out anew."""
    with act(actor, "request.handle", subject_request, purpose=purpose_of(subject_request)):
        subject_request = in_hands_of(actor, subject_request)
        every = list(RequestAsk.objects.filter(subject_request=subject_request))
        if running(every) != every:
            raise Refused("handling.closed", "12", _("This request is closed."))
        _check_identity_after(subject_request, on)
        first = RequestEvent.objects.filter(subject_request=subject_request, event=EventKind.RECEIVED)
        subject_request.received_on = on
        subject_request.save(update_fields=["received_on"])
        clocks.record(
            actor=actor,
            subject_request=subject_request,
            event=EventKind.RECEIVED,
            on=on,
            asks=every,
            supersedes=first.get(superseded_by=None),
        )
        return subject_request


def _check_identity_after(subject_request: SubjectRequest, on: date) -> None:
    shown = subject_request.identity_on
    if shown is not None and shown < on and subject_request.identity_how != IdentityHow.KNOWN:
        text = _("This cannot have happened on that day, given what was recorded before. Look at the dates.")
        raise Refused("clocks.impossible", "12", text, field="on")


def void_decisions(asks: Iterable[RequestAsk]) -> None:
    """Take back what waits for a second person about these asks."""
    for ask in asks:
        if ask.state == AskState.SECOND:
            four_eyes.void(kind=APPROVAL, subject=ask.pk)


def current_handler(subject_request: SubjectRequest, at: datetime) -> Staff | None:
    """Return who handles a request at this moment."""
    rows = RequestAssignment.objects.current(at).filter(subject_request=subject_request).select_related("handler")
    found = rows.first()
    return found.handler if found else None
