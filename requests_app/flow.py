"""Art. 12-15: what the acts on one request share: its lock, its handler, and the asks that are answered together.

Confirmation, inspection and copy are asked about the same data, so they walk through their states together and one
letter answers them; each keeps its own row, clocks and decision. The items hang on the first of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch, prefetch_related_objects
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from requests_app.models import RequestAsk, RequestAssignment, RequestDossier, SubjectRequest
from requests_app.models.ask import AskDecision, AskKind
from requests_app.transitions import ASK, ASK_ENDED, REQUEST, AskState, RequestState, next_state
from werkcontact.access import Actor
from werkcontact.refused import Refused

TOGETHER = (AskKind.INSPECTION, AskKind.COPY, AskKind.CONFIRMATION)
"""The kinds that are answered by one look at all that is held, and by one letter; the first carries the items."""


def purpose_of(subject_request: SubjectRequest) -> str:
    """The purpose with which its handler looks into files: the request, by its number."""
    return f"request:{subject_request.number}"


def locked(subject_request: SubjectRequest) -> SubjectRequest:
    """Take the lock of a request; every act on it begins with this, so of two at once the second sees the first."""
    return SubjectRequest.objects.select_for_update(of=("self",)).get(pk=subject_request.pk)


def in_hands_of(actor: Actor, subject_request: SubjectRequest) -> SubjectRequest:
    """Take the lock, and refuse whoever is not its handler now."""
    found = locked(subject_request)
    if not is_handler(actor, found):
        raise not_yours()
    return found


def not_yours() -> Refused:
    """The refusal for whoever does not handle a request now."""
    return Refused("flow.not_yours", "12", _("Somebody else handles this request, or nobody yet. Take it first."))


def is_handler(actor: Actor, subject_request: SubjectRequest) -> bool:
    """Whether this actor handles this request at this moment."""
    now = RequestAssignment.objects.current(actor.at)
    return now.filter(subject_request=subject_request, handler_id=actor.id).exists()


def linked_parts(subject_request: SubjectRequest) -> list[RequestDossier]:
    """Return the dossiers that a request spans, with all that hangs on them singly; asked once for each instance.

    An act takes the lock anew (`locked`) and so has an instance that has not asked yet.
    """
    with_parts([subject_request])
    return sorted(subject_request.parts.all(), key=lambda part: part.dossier.number)


_ON_PART = tuple(f"dossier__involvement__{name}" for name in ("principal", "client", "registration", "notice__words"))


def with_parts(requests: Sequence[SubjectRequest]) -> None:
    """Fetch the dossiers of many requests with one query, for lists; each with the requests about it (`asked_of`)."""
    about_it = RequestDossier.objects.standing().filter(
        dossier=OuterRef("dossier"), subject_request__registered_at__lte=OuterRef("subject_request__registered_at")
    )
    what = {name: f"subject_request__{name}" for name in ("id", "number", "received_on", "closed_on")}
    asked_of = ArraySubquery(about_it.order_by("subject_request__number").values(json=JSONObject(**what)))
    rows = RequestDossier.objects.standing().select_related(*_ON_PART).annotate(asked_of=asked_of)
    prefetch_related_objects(list(requests), Prefetch("parts", rows))


def asks_of(subject_request: SubjectRequest) -> list[RequestAsk]:
    """Return the asks that are answered together, the one that carries the items first."""
    rows = RequestAsk.objects.filter(subject_request=subject_request).select_related("approval")
    found = {ask.kind: ask for ask in rows}
    for ask in found.values():
        ask.subject_request = subject_request  # the gate asks for it, and it is here
    return [found[kind] for kind in TOGETHER if kind in found]


def running(asks: Iterable[RequestAsk]) -> list[RequestAsk]:
    """Those on which something is still to be done."""
    return [ask for ask in asks if ask.state not in ASK_ENDED]


def wants_items(asks: Sequence[RequestAsk]) -> bool:
    """Whether all that is held is collected and decided upon; who only asks whether there are data gets a yes or no."""
    return any(ask.kind != AskKind.CONFIRMATION for ask in asks)


def move(asks: Iterable[RequestAsk], actor: Actor, act: str, *choices: str, **changes: Any) -> None:
    """Bring asks to the state that follows from each choice in turn, with the columns that change with it.

    Raises Refused("transitions.not_from_here") where the table has no such step.
    """
    for ask in asks:
        for choice in choices:
            ask.state = AskState(next_state(ASK, AskState(ask.state), act, actor.roles, choice))
        for name, value in changes.items():
            setattr(ask, name, value)
        ask.save(update_fields=["state", *changes])


def decided_now(actor: Actor, decision: AskDecision) -> dict[str, Any]:
    """The columns of an ask on which this person decides alone."""
    return {"decision": decision, "decided_by_id": actor.id, "decided_at": actor.at, "approval": None}


def close_if_ended(actor: Actor, subject_request: SubjectRequest, act: str, on: date) -> None:
    """Close the request with the last of its asks; `on` is the day on which that one ended.

    This is the one place where an answered request lets go of its dossiers.
    """
    if subject_request.state == RequestState.CLOSED:
        return
    if RequestAsk.objects.filter(subject_request=subject_request).running().exists():
        return
    state = next_state(REQUEST, RequestState(subject_request.state), act, actor.roles, "all_ended")
    subject_request.state, subject_request.closed_on = state, on
    subject_request.save(update_fields=["state", "closed_on"])


UNDECIDED: dict[str, Any] = {
    "decision": "",
    "decided_by": None,
    "decided_at": None,
    "ground": "",
    "words_cipher": None,
    "approval": None,
    "letter": None,
}
"""The columns of an ask on which nothing is decided (any more)."""
