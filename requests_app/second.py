"""Art. 13.4, 14.4, AVG 12.4: what is refused or withheld is prepared by one and decided by another.

The payload that the second person decides on names every ask with its decision and every item with its verdict,
ground, words and redacted copy; whatever changes in between makes the decision void.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from requests_app.flow import UNDECIDED, asks_of, locked, move
from requests_app.handling import APPROVAL
from requests_app.models import RequestAsk, RequestItem, SubjectRequest
from requests_app.models.ask import AskDecision, AskKind
from requests_app.models.item import RequestItemQuerySet, Verdict
from requests_app.sealed import open_words, seal_words
from werkcontact.access import Actor, act
from werkcontact.approvals import four_eyes
from werkcontact.approvals.models import Approval
from werkcontact.refused import Refused
from werkcontact.vault import texts
from werkcontact.vault.keys import KeyKind

NOTE_LENGTH = 2_000


def lay_before(
    *,
    actor: Actor,
    subject_request: SubjectRequest,
    asks: Sequence[RequestAsk],
    choice: str,
    decision: AskDecision,
    ground: str = "",
    words: dict[str, str] | None = None,
) -> Approval:
    """Bring asks before a second person with this decision, inside the act of who prepares it."""
    for ask in asks:
        mine = decision if ask.kind != AskKind.CONFIRMATION or decision != AskDecision.PARTLY else AskDecision.GIVEN
        sealed = seal_words(subject_request.pk, f"ask|{ask.pk}", json.dumps(words)) if words else None
        decided: dict[str, Any] = {"decision": mine, "decided_by_id": actor.id, "decided_at": actor.at}
        move([ask], actor, "request.handle", choice, ground=ground, words_cipher=sealed, **decided)
    approval = four_eyes.prepare(actor=actor, kind=APPROVAL, subject=asks[0].pk, payload=payload(asks))
    RequestAsk.objects.filter(pk__in=[ask.pk for ask in asks]).update(approval=approval)
    return approval


def decide(*, actor: Actor, ask: RequestAsk, granted: bool, note: str) -> RequestAsk:
    """Agree, or send it back with a note; never by who prepared it, nor by who decided on what is withheld.

    Raises Refused("approvals.own" | "approvals.decided" | "approvals.changed" | "second.why").
    """
    with act(actor, "request.decide_second", ask):
        subject_request = locked(ask.subject_request)
        asks = asks_of(subject_request)
        approval = asks[0].approval
        if approval is None:
            raise Refused(
                "approvals.decided", "13.4", _("This was already decided, or changed since. Look at it anew.")
            )
        if not granted and not note.strip():
            raise Refused("second.why", "13.4", _("Say what must be looked at again."), field="note")
        if _withheld(asks).filter(decided_by_id=actor.id).exists():
            raise Refused("approvals.own", "13.4", _("Nobody decides on what they prepared themselves."))
        approval = four_eyes.decide(actor=actor, approval=approval, payload=payload(asks), granted=granted)
        if granted:
            move(asks, actor, "request.decide_second", "approve")
            _withheld(asks).update(approval=approval)
        else:
            approval.note = texts.write(KeyKind.REQUEST, subject_request.pk, note.strip()[:NOTE_LENGTH])
            approval.save(update_fields=["note"])
            undecided = {**UNDECIDED, "approval": approval}  # so that the handler reads why
            identity = asks[0].decision == AskDecision.NO_IDENTITY
            move(asks, actor, "request.decide_second", "send_back_identity" if identity else "send_back", **undecided)
        return asks[0]


def payload(asks: Sequence[RequestAsk]) -> dict[str, Any]:
    """Return what the second person decides on, as canonical data: ids, words and files by their hashes."""
    items = _items(asks).select_related("redacted_copy").order_by("pk")
    return {
        "asks": [[ask.pk, ask.kind, ask.decision, ask.ground, _sha256(ask.words_cipher)] for ask in asks],
        "items": [
            [
                item.pk,
                item.verdict,
                item.ground,
                _sha256(item.words_cipher),
                bytes(item.redacted_copy.sha256).hex() if item.redacted_copy else "",
            ]
            for item in items
        ],
    }


def words_of(ask: RequestAsk) -> dict[str, str]:
    """Return the reasons of a refusal of the whole, by name ("reasons", "necessity")."""
    text = open_words(ask.subject_request_id, f"ask|{ask.pk}", ask.words_cipher)
    found: dict[str, str] = json.loads(text) if text else {}
    return found


def sent_back_with(ask: RequestAsk) -> str:
    """Return why a second person last sent this back, "" when that was never, or something was prepared anew."""
    last = ask.approval
    if last is None or last.outcome != Approval.Outcome.REFUSED or last.note_id is None:
        return ""
    return texts.read(last.note_id) or ""


def _items(asks: Sequence[RequestAsk]) -> RequestItemQuerySet:
    return RequestItem.objects.filter(ask__in=asks, part__until_at=None)


def _withheld(asks: Sequence[RequestAsk]) -> RequestItemQuerySet:
    return _items(asks).filter(verdict__in=[Verdict.IN_PART, Verdict.WITHHOLD])


def _sha256(cipher: bytes | memoryview | None) -> str:
    return hashlib.sha256(bytes(cipher)).hexdigest() if cipher else ""
