"""Art. 13.2, 13.4: everything that is held about the person becomes an item that must be decided upon.

Collecting again adds what has come since and changes nothing else, so that an answer is complete or does not go.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from requests_app.flow import asks_of, decided_now, in_hands_of, linked_parts, locked, move, purpose_of, wants_items
from requests_app.handling import check_identity, span
from requests_app.holdings import Key, Thing, held, key_of
from requests_app.models import RequestAsk, RequestDossier, RequestItem, SubjectRequest
from requests_app.models.ask import AskDecision
from requests_app.models.item import ItemKind
from requests_app.transitions import AskState
from werkcontact.access import Actor, act
from werkcontact.refused import Refused


@dataclass(frozen=True)
class Collected:
    """Items of a request with the things they are about; `new` are things that have no item yet.

    An item whose thing is no longer held (a note that ended, a field that was emptied) is not among them.
    """

    pairs: tuple[tuple[RequestItem, Thing], ...]
    new: tuple[Thing, ...]


def collect(*, actor: Actor, subject_request: SubjectRequest) -> int:
    """Make an item of everything that is held and has none; return how many were added. May be done again.

    Who only asks whether there are data gets no items: the answer is yes. Raises Refused("collecting.nobody"), and
    Refused("handling.identity_first") while nobody knows who asks.
    """
    with act(actor, "request.handle", subject_request, purpose=purpose_of(subject_request)) as deed:
        subject_request = in_hands_of(actor, subject_request)
        check_identity(subject_request)
        linked = linked_parts(subject_request)
        if not linked:
            raise Refused("collecting.nobody", "13.1", _("First find the person, or record that nobody was found."))
        span(actor, subject_request, {part.dossier.involvement.client_id for part in linked})
        parts = linked_parts(locked(subject_request))
        deed.saw([part.dossier.involvement_id for part in parts])
        asks = asks_of(subject_request)
        if not wants_items(asks):
            move(
                asks,
                actor,
                "request.handle",
                "collect",
                "collected",
                "all_given",
                **decided_now(actor, AskDecision.GIVEN),
            )
            return 0
        move(asks, actor, "request.handle", "collect", "collected")
        new = compare(asks[0], held(parts)).new
        RequestItem.objects.bulk_create([_item(asks[0], thing.key) for thing in new])
        return len(new)


def compare(ask: RequestAsk, things: Sequence[Thing]) -> Collected:
    """Return the items of the ask that carries them beside what is held now."""
    items = RequestItem.objects.filter(ask=ask).select_related("redacted_copy", "decided_by")
    by_key = {key_of(item): item for item in items}
    return Collected(
        pairs=tuple((by_key[thing.key], thing) for thing in things if thing.key in by_key),
        new=tuple(thing for thing in things if thing.key not in by_key),
    )


def notes_asked_for() -> QuerySet[RequestItem, UUID]:
    """Return the ids of the work notes that running requests have among their items; they must not end meanwhile."""
    running = SubjectRequest.objects.running()
    rows = RequestItem.objects.filter(kind=ItemKind.NOTE, part__until_at=None, ask__subject_request__in=running)
    return rows.values_list("note", flat=True)


def is_deciding(asks: Sequence[RequestAsk]) -> bool:
    """Whether decisions on items are being taken."""
    return bool(asks) and all(ask.state == AskState.DECIDING for ask in asks)


def _item(ask: RequestAsk, key: Key) -> RequestItem:
    part, kind, path, row, version, note, disclosure = key
    return RequestItem(
        ask=ask,
        part=RequestDossier(pk=part),
        kind=kind,
        field_path=path,
        row_id=row,
        version_id=version,
        note_id=note,
        disclosure_id=disclosure,
    )
