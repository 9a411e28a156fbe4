"""Art. 12.1: a request is registered by whomever it reaches, by any way, also for somebody whom we do not know.

Registering looks nothing up and tells nothing: the receipt is the same for who is registered and for a stranger.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from requests_app import clocks
from requests_app.models import RequestAsk, SubjectRequest
from requests_app.models.ask import AskKind, EventKind
from requests_app.models.subject_request import AnswerWay, Capacity, Way
from requests_app.sealed import Asker, open_asker, seal_asker
from requests_app.transitions import ASK, REQUEST, AskState, next_state
from werkcontact.access import Absent, Actor, act, enter
from werkcontact.numbers.take import take
from werkcontact.refused import Refused
from werkcontact.vault import keys
from werkcontact.vault.keys import KeyKind

KEPT_BEFORE = "registering.kept_before"
KINDS = (AskKind.CONFIRMATION, AskKind.INSPECTION, AskKind.COPY)
"""What may be asked: a kind is registered only when it can also be handled."""


@dataclass(frozen=True)
class Receipt:
    """All that who registered a request gets to see of it: its number."""

    number: str


def register(
    *,
    actor: Actor,
    request_id: UUID,
    received_on: date,
    way: Way,
    kinds: Sequence[AskKind],
    asker: Asker,
    today: date,
    capacity: Capacity = Capacity.SELF,
    answer_way: AnswerWay = AnswerWay.POST,
) -> SubjectRequest:
    """Write down a request and start the clock of each kind asked; the same `request_id` twice is one request.

    `received_on` is the day on which it reached the organisation anywhere (Amsterdam), today at the latest. Raises
    Refused("registering.future" | "registering.nothing_asked" | "registering.for_whom"), and
    Refused("registering.kept_before") when under this id something else was kept: going back to a sent form and
    changing it loses no request.
    """
    _check(received_on, kinds, asker, capacity, today)
    with act(actor, "request.register", kind="create") as deed:
        known = SubjectRequest.objects.filter(pk=request_id).first()
        if known is not None and _same(actor, known, asker, received_on, kinds, (way, answer_way, capacity)):
            return known
        if known is not None:
            text = _("From this form something else was kept already. Send it once more to keep this as well.")
            raise Refused(KEPT_BEFORE, "12", text)
        keys.make(KeyKind.REQUEST, [request_id])
        made = SubjectRequest.objects.create(
            id=request_id,
            number=take("V", today.year)[0],
            state=next_state(REQUEST, None, "request.register", actor.roles),
            received_on=received_on,
            way=way,
            answer_way=answer_way,
            capacity=capacity,
            registered_by_id=actor.id,
            registered_at=actor.at,
            **seal_asker(asker, request_id),
        )
        state = next_state(ASK, None, "request.register", actor.roles)
        RequestAsk.objects.bulk_create(
            [RequestAsk(subject_request=made, kind=kind, state=AskState(state)) for kind in dict.fromkeys(kinds)]
        )
        clocks.record(actor=actor, subject_request=made, event=EventKind.RECEIVED, on=received_on)
        deed.saw([made.pk])
        return made


def _same(
    actor: Actor,
    known: SubjectRequest,
    asker: Asker,
    received_on: date,
    kinds: Sequence[AskKind],
    choices: tuple[Way, AnswerWay, Capacity],
) -> bool:
    """Whether a request that is known already is the one that this person writes down now."""
    if known.registered_by_id != actor.id:
        return False
    asked = set(RequestAsk.objects.filter(subject_request=known).values_list("kind", flat=True))
    kept = (known.received_on, known.way, known.answer_way, known.capacity)
    return (*kept, asked) == (received_on, *choices, set(kinds)) and open_asker(known) == asker


def receipt(*, actor: Actor, request_id: UUID) -> Receipt:
    """Return the receipt to who registered the request; for anybody else there is none. Raises Absent."""
    enter(actor, "request.register")
    made = SubjectRequest.objects.filter(pk=request_id, registered_by_id=actor.id).first()
    if made is None:
        raise Absent
    return Receipt(number=made.number)


def _check(received_on: date, kinds: Sequence[AskKind], asker: Asker, capacity: Capacity, today: date) -> None:
    if received_on > today:
        text = _("This day is still to come. Fill in the day on which it reached us.")
        raise Refused("registering.future", "12", text, field="received_on")
    if not kinds or not set(kinds) <= set(KINDS):
        raise Refused("registering.nothing_asked", "12", _("Choose at least one thing that is asked."), field="kinds")
    if (capacity == Capacity.SELF) == bool(asker.about):
        text = _("Say for whom is asked, and only when somebody asks for another.")
        raise Refused("registering.for_whom", "12", text, field="about")
