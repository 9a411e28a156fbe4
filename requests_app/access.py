"""Art. 9, 12-15, 18: what the gate must know of requests; only a request spans several dossiers.

A request is that of nobody's file ("none") until its handler has found the person, then of a registered person while
one of its dossiers is open, else of the archive. A running request is also a purpose: for its handler, and for the
second person who must decide on it, to look into the files that it spans.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from clients.access import of_involvement
from clients.models import Involvement
from requests_app.flow import linked_parts, purpose_of
from requests_app.models import RequestAsk, RequestAssignment, RequestDossier, RequestItem, SubjectRequest
from requests_app.transitions import AskState
from werkcontact.access import Actor, grants, purposes
from werkcontact.access.errors import PurposeChoice
from werkcontact.access.records import Subject, reach, register, subject_of
from werkcontact.access.verdicts import State
from werkcontact.approvals.models import Approval


def state_of(subject_request: SubjectRequest) -> State:
    """The column of the access table in which a request stands."""
    ended = [part.dossier.involvement.ended_on is not None for part in linked_parts(subject_request)]
    if not ended:
        return "none"
    return "archived" if all(ended) else "registered"


def _ties(actor: Actor, subject_request: SubjectRequest) -> frozenset[str]:
    if actor.roles <= {"requests", "directie", "officer"}:
        return frozenset()  # no tie widens what these may, and a list of theirs asks for none
    ties = (grants.ties(actor, part.dossier.involvement_id) for part in linked_parts(subject_request))
    return frozenset().union(*ties)


def _visible(actor: Actor, act: str, path: str = "") -> Q:
    prefix = f"{path}__" if path else ""
    parts = RequestDossier.objects.standing().filter(subject_request=OuterRef(f"{prefix}pk"))
    some, still_open = Exists(parts), Exists(parts.filter(dossier__involvement__ended_on=None))
    found = Q(pk__in=[])
    if reach(actor, act, "none").everything:
        found |= Q(~some)
    registered = reach(actor, act, "registered")
    if registered.everything:
        found |= Q(still_open)
    elif registered.permissions:
        tied = grants.within(actor, registered, "dossier__involvement")
        found |= Q(Exists(parts.filter(tied, dossier__involvement__ended_on=None)))
    if reach(actor, act, "archived").everything:
        found |= Q(some, ~still_open)
    return found


def _logged(subject_request: SubjectRequest) -> Iterable[UUID]:
    return {subject_request.pk, *(part.dossier.involvement_id for part in linked_parts(subject_request))}


def _prepared_by(ask: RequestAsk) -> UUID | None:
    return ask.approval.preparer_id if ask.approval else None


def running_purposes(actor: Actor, record: models.Model | None) -> Iterable[PurposeChoice]:
    """Give the running requests about the person of this record that this actor handles or must decide on."""
    involvement = _involvement_of(record)
    if involvement is None:
        return
    mine = RequestAssignment.objects.current(actor.at).filter(handler_id=actor.id, subject_request=OuterRef("pk"))
    to_decide = RequestAsk.objects.filter(
        subject_request=OuterRef("pk"), state=AskState.SECOND, approval__outcome=Approval.Outcome.WAITING
    ).exclude(approval__preparer_id=actor.id)
    rows = SubjectRequest.objects.running().filter(
        Q(Exists(mine)) | Q(Exists(to_decide)),
        parts__dossier__involvement=involvement,
        parts__until_at=None,
    )
    for one in rows.order_by("number").distinct():
        yield PurposeChoice(purpose_of(one), _("Request %(number)s") % {"number": one.number})


def _involvement_of(record: models.Model | None) -> UUID | None:
    """The involvement on which a record hangs; its scope in the gate is that id."""
    if record is None:
        return None
    if isinstance(record, Involvement):
        return record.pk
    try:
        return UUID(subject_of(type(record)).scope(record))
    except ValueError:
        return None


register(
    SubjectRequest,
    Subject(
        state=state_of,
        ties=_ties,
        visible=_visible,
        scope=lambda one: f"request:{one.pk}",
        logged=_logged,
        related=("registered_by", "identity_by"),
    ),
)
register(
    RequestAsk,
    Subject(
        state=lambda ask: state_of(ask.subject_request),
        ties=lambda actor, ask: _ties(actor, ask.subject_request),
        visible=lambda actor, act: _visible(actor, act, "subject_request"),
        scope=lambda ask: f"request:{ask.subject_request_id}",
        logged=lambda ask: _logged(ask.subject_request),
        own=_prepared_by,
        related=("subject_request__registered_by", "subject_request__identity_by", "approval"),
    ),
)
register(RequestItem, of_involvement("part__dossier__involvement", related=("ask", "part__subject_request", "note")))
purposes.provider("requests", running_purposes)
