"""Art. 11.1.b, c: an exception is asked for by whoever would send the notice, and decided by the directie: four eyes.

A ground of the reglement stands only on a law that carries it (`law.grounds`), with the reason in words. Until it is
granted the clock runs on.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from clients.models import Notice
from clients.notices import EXCEPTION, lock_open, whole, write_words
from werkcontact.access import Actor, act
from werkcontact.approvals import four_eyes
from werkcontact.approvals.models import Approval
from werkcontact.law import grounds
from werkcontact.law.grounds import Ground
from werkcontact.refused import Refused
from werkcontact.vault import texts


def offered() -> tuple[Ground, ...]:
    """Return the grounds on which the directie may decide; 11.1.a is recorded by the sender."""
    return tuple(ground for ground in grounds.offered("notice") if ground.by_directie)


def ask(*, actor: Actor, notice: Notice, ground: str, carrier: str, why: str) -> Notice:
    """Ask the directie for an exception; asking again takes back what waited.

    Raises Refused: notices.ended, .ground, .carrier, .words.
    """
    with act(actor, "notice.known", notice):
        locked = lock_open(notice)
        if ground not in {each.code for each in offered()}:
            raise Refused("notices.ground", "11.1", _("Choose one of the grounds."), field="ground")
        if not grounds.carries(ground, carrier):
            raise Refused("notices.carrier", "11.1", _("Choose a law that carries this ground."), field="carrier")
        locked.words = write_words(locked, why, "why")
        locked.ground, locked.carrier = ground, carrier
        locked.asked = four_eyes.prepare(actor=actor, kind=EXCEPTION, subject=locked.pk, payload=_payload(locked))
        locked.save(update_fields=["words", "ground", "carrier", "asked"])
    return locked


def decide(*, actor: Actor, notice: Notice, seen: UUID, granted: bool) -> Notice:
    """Grant the exception, which ends the clock, or send it back. `seen` is the asking that was read.

    Raises Refused: notices.ended, approvals.decided (also when asked anew since), approvals.own, .changed.
    """
    with act(actor, "notice.except", notice):
        locked = lock_open(notice)
        if locked.asked is None or locked.asked.pk != seen:
            raise Refused("approvals.decided", "11.1", _("This was asked anew since. Look at it again."))
        payload = _payload(locked)
        approval = four_eyes.decide(actor=actor, approval=locked.asked, payload=payload, granted=granted)
        locked.asked = approval
        if granted:
            locked.exception, locked.ended_by_id = approval, actor.id
            locked.save(update_fields=["exception", "ended_by"])
    return locked


def waiting(actor: Actor) -> list[Notice]:
    """Return what waits for this actor's decision, nearest date first; not what they asked themselves."""
    rows = Notice.objects.visible_to(actor, "notice.except").open()
    asked = whole(rows.filter(asked__outcome=Approval.Outcome.WAITING).exclude(asked__preparer=actor.id))
    return list(asked.order_by("work_by_on", "pk"))


def is_waiting(notice: Notice) -> bool:
    """Whether an exception was asked for and not decided."""
    return notice.asked is not None and notice.asked.outcome == Approval.Outcome.WAITING


def words_of(notice: Notice) -> str:
    """Return the words under a notice: how it is known, told otherwise, or why not told; "" when they have ended."""
    return (texts.read(notice.words_id) or "") if notice.words_id else ""


def _payload(notice: Notice) -> dict[str, Any]:
    words = notice.words
    return {
        "notice": notice.pk,
        "due_on": notice.due_on,
        "ground": notice.ground,
        "carrier": notice.carrier,
        "words": bytes(words.hash).hex() if words else "",
    }
