"""Art. 13.4, 7.6: a decision for every item: give, give in part, or withhold with a ground that a law carries.

The handler decides; on a work note its author alone, since nobody else reads it. A second person decides on all that is
not given whole; without a decision on every item nothing goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dossiers.contents import NewFile
from dossiers.models import WorkNote
from requests_app import second
from requests_app.collecting import compare, is_deciding
from requests_app.flow import UNDECIDED, asks_of, decided_now, in_hands_of, linked_parts, locked, move, purpose_of
from requests_app.holdings import held
from requests_app.models import RequestAsk, RequestItem, SubjectRequest
from requests_app.models.ask import AskDecision
from requests_app.models.item import ItemKind, Verdict
from requests_app.sealed import open_words, seal_words
from requests_app.transitions import AskState
from werkcontact.access import Absent, Actor, act
from werkcontact.law import grounds
from werkcontact.refused import Refused
from werkcontact.vault import files
from werkcontact.vault.keys import KeyKind

WORDS_LENGTH = 2_000
IN_PART = frozenset({ItemKind.VERSION, ItemKind.NOTE})
"""Of what a redacted copy can be made."""


@dataclass(frozen=True)
class Choice:
    """What somebody decides on one item. `ground` is of the catalogue, `carrier` the law that carries it; `words` say
    why it is necessary and why less would not do; `copy` is what remains when only a part is given."""

    verdict: Verdict
    ground: str = ""
    carrier: str = ""
    words: str = ""
    copy: NewFile | None = None


def decide(*, actor: Actor, item: RequestItem, seen: datetime | None, choice: Choice) -> RequestItem:
    """Decide on one item as the handler; `seen` is when it was last decided on, as the decider had it before them.

    Raises Refused("inspection.authors_own") for a work note, Refused("inspection.meanwhile") when another window was
    first, Refused("inspection.ground" | "inspection.words" | "inspection.copy" | "inspection.whole_only").
    """
    subject_request = item.part.subject_request
    with act(actor, "request.handle", subject_request, purpose=purpose_of(subject_request)) as deed:
        in_hands_of(actor, subject_request)
        deed.saw([item])
        if item.kind == ItemKind.NOTE and not (choice.verdict == Verdict.GIVE and author_left(item.note)):
            raise Refused("inspection.authors_own", "7.6", _("The author of a work note decides on it."))
        return _write(actor, item, seen, choice)


def author_left(note: WorkNote | None) -> bool:
    """Whether the author of a work note works here no more.

    Nobody else may read the note (art. 7.6), so nobody can say what of it must be withheld: it can only be given whole
    and unread. Otherwise it would keep a complete answer from its subject for good.
    """
    return note is not None and not note.author.is_active


def decide_own_note(*, actor: Actor, item: RequestItem, seen: datetime | None, choice: Choice) -> RequestItem:
    """Art. 7.6: decide on one's own work note, that nobody else reads. Raises Absent for another's, and as `decide`."""
    with act(actor, "request.decide_own_note", item):
        if item.note is None or item.note.author_id != actor.id:
            raise Absent
        locked(item.part.subject_request)
        return _write(actor, item, seen, choice)


def give_all(*, actor: Actor, subject_request: SubjectRequest, items: Sequence[UUID]) -> int:
    """Give all of these items that are still undecided, work notes left out; return how many that were."""
    with act(actor, "request.handle", subject_request, purpose=purpose_of(subject_request)):
        subject_request = in_hands_of(actor, subject_request)
        asks = _deciding(subject_request)
        rows = RequestItem.objects.filter(ask=asks[0], pk__in=items).undecided().exclude(kind=ItemKind.NOTE)
        return rows.update(verdict=Verdict.GIVE, decided_by=actor.id, decided_at=actor.at)


def finish(*, actor: Actor, subject_request: SubjectRequest) -> AskState:
    """Close the deciding: on to the letter when all is given, else before a second person.

    Raises Refused("inspection.new_things" | "inspection.undecided"): an answer is complete or it does not go.
    """
    with act(actor, "request.handle", subject_request, purpose=purpose_of(subject_request)):
        subject_request = in_hands_of(actor, subject_request)
        asks = _deciding(subject_request)
        verdicts = check_complete(subject_request, asks)
        if verdicts <= {Verdict.GIVE}:
            move(asks, actor, "request.handle", "all_given", **decided_now(actor, AskDecision.GIVEN))
        else:
            second.lay_before(
                actor=actor,
                subject_request=subject_request,
                asks=asks,
                choice="to_second",
                decision=AskDecision.PARTLY,
            )
        return AskState(asks[0].state)


def reopen(*, actor: Actor, subject_request: SubjectRequest) -> SubjectRequest:
    """Go back from the letter to the decisions; what was agreed and written is void."""
    with act(actor, "request.handle", subject_request, purpose=purpose_of(subject_request)):
        subject_request = in_hands_of(actor, subject_request)
        asks = asks_of(subject_request)
        if any(ask.decision == AskDecision.NO_IDENTITY for ask in asks):
            raise _not_now()  # there are none yet: only proof takes it up again
        move(asks, actor, "request.handle", "reopen", **UNDECIDED)
        return subject_request


def check_complete(subject_request: SubjectRequest, asks: Sequence[RequestAsk]) -> set[Verdict]:
    """Refuse while something has no item or no decision; return the verdicts that there are."""
    found = compare(asks[0], held(linked_parts(subject_request)))
    if found.new:
        text = _("Since it was collected, something was added to the file. Collect again and decide on it.")
        raise Refused("inspection.new_things", "13.4", text)
    verdicts = {Verdict(item.verdict) for item, _thing in found.pairs}
    if Verdict.UNDECIDED in verdicts or not verdicts:
        text = _("An answer is complete or it does not go: some items have no decision yet.")
        raise Refused("inspection.undecided", "13.4", text)
    return verdicts


def words_of(item: RequestItem) -> str:
    """Return why an item is withheld, whole or in part."""
    return open_words(item.part.subject_request_id, f"item|{item.pk}", item.words_cipher)


def _deciding(subject_request: SubjectRequest) -> list[RequestAsk]:
    asks = asks_of(subject_request)
    if not is_deciding(asks):
        raise _not_now()
    return asks


def _not_now() -> Refused:
    return Refused("inspection.not_now", "13.4", _("This cannot be done any more, or not yet. Look at it anew."))


def _write(actor: Actor, item: RequestItem, seen: datetime | None, choice: Choice) -> RequestItem:
    subject_request = item.part.subject_request
    asks = _deciding(subject_request)
    item = RequestItem.objects.select_for_update(of=("self",)).select_related("part").get(pk=item.pk)
    if item.part.until_at is not None:
        raise Absent
    if item.decided_at != seen:
        text = _("This was decided in the meantime, by somebody else or in another window. Look at it anew.")
        raise Refused("inspection.meanwhile", "13.4", text)
    _check(item, choice, asks[0])
    old = item.redacted_copy_id
    given = choice.verdict == Verdict.GIVE
    item.verdict = choice.verdict
    item.ground = "" if given else f"{choice.ground}|{choice.carrier}"
    words = choice.words.strip()
    item.words_cipher = None if given else seal_words(subject_request.pk, f"item|{item.pk}", words)
    item.redacted_copy = None
    if choice.verdict == Verdict.IN_PART and choice.copy is not None:
        owner = item.part.dossier_id
        media_type = choice.copy.media_type
        item.redacted_copy = files.store(choice.copy.chunks, kind=KeyKind.DOSSIER, owner=owner, media_type=media_type)
    item.decided_by_id, item.decided_at = actor.id, actor.at
    item.save(update_fields=["verdict", "ground", "words_cipher", "redacted_copy", "decided_by", "decided_at"])
    if old is not None:
        transaction.on_commit(lambda: files.erase([old]))
    return item


def _check(item: RequestItem, choice: Choice, ask: RequestAsk) -> None:
    if choice.verdict == Verdict.UNDECIDED:
        raise Refused("inspection.verdict", "13.4", _("Choose what is decided."), field="verdict")
    if choice.verdict == Verdict.GIVE:
        return
    if choice.verdict == Verdict.IN_PART and item.kind not in IN_PART:
        raise Refused("inspection.whole_only", "13.4", _("This is given or withheld as a whole."), field="verdict")
    offered = {ground.code for ground in grounds.offered("withhold", ask.kind)}
    if choice.ground not in offered or not grounds.carries(choice.ground, choice.carrier):
        text = _("Choose the ground, and the law that carries it.")
        raise Refused("inspection.ground", "13.4", text, field="ground")
    if not choice.words.strip() or len(choice.words) > WORDS_LENGTH:
        text = _("Say why this is necessary, and why less would not do.")
        raise Refused("inspection.words", "13.4", text, field="words")
    if choice.verdict == Verdict.IN_PART and choice.copy is None:
        text = _("Giving in part needs the copy from which the rest was taken out.")
        raise Refused("inspection.copy", "13.4", text, field="copy")
