"""Art. 12.2, AVG 12.6: who asks must be who they say; only the outcome is kept, never a copy or number of a document.

Where there is doubt, proof is asked for by letter, and from the day it is sent the clock of the law stands still. Want
of proof is a reason to refuse, by letter and by two persons; proof that comes later takes the request up again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from requests_app import clocks, second
from requests_app.correspondence import write_letter
from requests_app.flow import UNDECIDED, asks_of, in_hands_of, move, purpose_of
from requests_app.handling import void_decisions
from requests_app.models import RequestAsk, RequestEvent, SubjectRequest
from requests_app.models.ask import AskDecision, EventKind
from requests_app.models.subject_request import IdentityHow
from requests_app.transitions import REQUEST, AskState, RequestState, next_state
from werkcontact.access import Actor, act
from werkcontact.approvals.models import Approval
from werkcontact.law.clocks import Standing
from werkcontact.mail.models import OutgoingLetter
from werkcontact.refused import Refused

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
GROUND = "12.2|AVG 12.6"
TIME_TO_SHOW = timedelta(days=7)  # at least, from the day on which it is asked
TIME_TO_REFUSE = timedelta(days=7)  # what a second person and the post need before the reglement's own day


def ask_for_proof(*, actor: Actor, subject_request: SubjectRequest, why: str, today: date) -> OutgoingLetter:
    """Write the letter that asks for proof; `why` says in one or two sentences what makes us doubt.

    The clock stands still from the day on which it is sent. Raises Refused("identity_check.known").
    """
    with act(actor, "request.handle", subject_request, purpose=purpose_of(subject_request)):
        subject_request = in_hands_of(actor, subject_request)
        if subject_request.identity_how:
            raise Refused("identity_check.known", "12.2", _("This person has shown already who they are."))
        if not why.strip():
            raise Refused("identity_check.why", "12.2", _("Say what makes us doubt."), field="why")
        asks = asks_of(subject_request)
        standing = clocks.standings(subject_request, asks, today)[asks[0].pk]
        facts = {"why": why.strip(), "show_by": show_by(standing, today)}
        return write_letter(actor=actor, subject_request=subject_request, asks=asks, kind="identity_asked", facts=facts)


def show_by(standing: Standing, asked_on: date) -> date:
    """Return by when proof must be shown: a week before the reglement's end, and a week after it is asked at least."""
    week = asked_on + TIME_TO_SHOW
    return max(standing.reglement.end - TIME_TO_REFUSE, week) if standing.reglement else week


def record_shown(
    *, actor: Actor, subject_request: SubjectRequest, how: IdentityHow, on: date, today: date
) -> SubjectRequest:
    """Record how and on which day (Amsterdam) somebody showed who they are; the actor is the one who saw it.

    It ends the question, and takes up again what was, or was about to be, refused for want of it.
    """
    with act(actor, "request.handle", subject_request, purpose=purpose_of(subject_request)):
        subject_request = in_hands_of(actor, subject_request)
        _check_day(subject_request, on, today)
        asks = asks_of(subject_request)
        refused = [ask for ask in asks if ask.decision == AskDecision.NO_IDENTITY]
        void_decisions(refused)
        if question(clocks.events_of([subject_request.pk])[subject_request.pk]) is not None:
            event = EventKind.IDENTITY_SHOWN
            clocks.record(actor=actor, subject_request=subject_request, event=event, on=on, asks=asks)
        move(refused, actor, "request.handle", "identity_shown", **UNDECIDED)
        subject_request.identity_how, subject_request.identity_on = how, on
        subject_request.identity_by_id = actor.id
        if subject_request.state == RequestState.CLOSED:
            state = next_state(REQUEST, RequestState.CLOSED, "request.handle", actor.roles, "identity_shown")
            subject_request.state, subject_request.closed_on = state, None
        subject_request.save(update_fields=["identity_how", "identity_on", "identity_by", "state", "closed_on"])
        return subject_request


def refuse(*, actor: Actor, subject_request: SubjectRequest, reasons: str, today: date) -> Approval:
    """Lay the refusal for want of identity before a second person, once the day to show it has passed.

    Raises Refused("identity_check.not_asked" | "identity_check.too_early" | "identity_check.reasons").
    """
    with act(actor, "request.handle", subject_request, purpose=purpose_of(subject_request)):
        subject_request = in_hands_of(actor, subject_request)
        asks = asks_of(subject_request)
        asked_on, until = asked_and_until(subject_request, asks, today)
        if asked_on is None or until is None:
            raise Refused("identity_check.not_asked", "12.2", _("First ask for proof, by a letter that is sent."))
        if today <= until:
            raise Refused("identity_check.too_early", "12.2", _("The day by which it may be shown has not passed."))
        if not reasons.strip():
            raise Refused("identity_check.reasons", "12.2", _("Say why we cannot know who asks."), field="reasons")
        return second.lay_before(
            actor=actor,
            subject_request=subject_request,
            asks=asks,
            choice="refuse_identity",
            decision=AskDecision.NO_IDENTITY,
            ground=GROUND,
            words={"reasons": reasons.strip()},
        )


def question(events: Iterable[RequestEvent]) -> RequestEvent | None:
    """Return the question for proof that is still open, of the events that count."""
    found = None
    for event in events:
        if event.event == EventKind.IDENTITY_ASKED:
            found = found or event
        elif event.event == EventKind.IDENTITY_SHOWN:
            found = None
    return found


def asked_and_until(
    subject_request: SubjectRequest, asks: Sequence[RequestAsk], today: date
) -> tuple[date | None, date | None]:
    """Return the day on which proof was asked for by letter, and the day by which that said it must be shown."""
    events = clocks.events_of([subject_request.pk])[subject_request.pk]
    standing = clocks.standings(subject_request, asks, today, events=events)[asks[0].pk]
    asked = question(events)
    return (asked.on, _until(asked, standing)) if asked is not None and asked.proof is not None else (None, None)


def may_refuse(asks: Sequence[RequestAsk], events: Iterable[RequestEvent], standing: Standing, today: date) -> bool:
    """Whether the refusal may be prepared on this day."""
    if any(ask.state != AskState.RECEIVED for ask in asks):
        return False
    asked = question(events)
    return asked is not None and asked.proof is not None and today > _until(asked, standing)


def _until(asked: RequestEvent, standing: Standing) -> date:
    made_at = asked.proof.made_at if asked.proof else asked.recorded_at
    return show_by(standing, made_at.astimezone(AMSTERDAM).date())


def _check_day(subject_request: SubjectRequest, on: date, today: date) -> None:
    if on > today:
        text = _("This day is still to come. Fill in today or earlier.")
        raise Refused("identity_check.future", "12.2", text, field="on")
    if on < subject_request.received_on:
        text = _("Identity cannot have been established before the request was received.")
        raise Refused("identity_check.before", "12.2", text, field="on")
    if subject_request.identity_how:
        raise Refused("identity_check.known", "12.2", _("This person has shown already who they are."))
