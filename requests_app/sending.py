"""Art. 12-13, AVG 12.3: what goes out of the door moves the clocks: a question, an extension, a refusal, the answer.

A clock ends, or stands still, on the day on which its letter is sent, never when it is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from requests_app import clocks, more_time
from requests_app.answer import check_writing, parts_made
from requests_app.correspondence import letters_of
from requests_app.flow import asks_of, close_if_ended, in_hands_of, move, purpose_of, running, wants_items
from requests_app.inspection import check_complete
from requests_app.models import RequestAsk, SubjectRequest
from requests_app.models.ask import AskDecision, EventKind
from werkcontact.access import Absent, Actor, act
from werkcontact.mail import letters
from werkcontact.mail.models import OutgoingLetter
from werkcontact.refused import Refused

QUESTIONS: Mapping[str, EventKind] = {
    "identity_asked": EventKind.IDENTITY_ASKED,
    "specification_asked": EventKind.SPECIFICATION_ASKED,
    "extension_told": EventKind.EXTENSION_TOLD,
}
"""Letters before the answer, and what their sending does to the clocks."""


def mark_sent(*, actor: Actor, subject_request: SubjectRequest, letter_id: UUID, on: date, way: str) -> OutgoingLetter:
    """Say on which day (Amsterdam) and by which way a letter went out; it is frozen and its event recorded.

    Raises Absent for a letter of another request, what `mail.letters.mark_sent` and `clocks.record` raise,
    Refused("sending.old_letter") for one that was overtaken, and for an answer that is not complete (any more) what
    `inspection.check_complete` raises.
    """
    with act(actor, "request.handle", subject_request, purpose=purpose_of(subject_request), kind="send"):
        subject_request = in_hands_of(actor, subject_request)
        asks = asks_of(subject_request)
        letter = next((one for one in letters_of(subject_request) if one.pk == letter_id), None)
        if letter is None:
            raise Absent
        if letter.kind in QUESTIONS:
            _check_question(subject_request, asks, letter, actor.today, on)
            sent = letters.mark_sent(actor=actor, letter=letter, on=on, way=way)
            event = QUESTIONS[letter.kind]
            clocks.record(
                actor=actor, subject_request=subject_request, event=event, on=on, proof=sent, asks=running(asks)
            )
            return sent
        return _send_answer(actor, subject_request, asks, letter, on, way)


def _check_question(
    subject_request: SubjectRequest, asks: list[RequestAsk], letter: OutgoingLetter, today: date, on: date
) -> None:
    overtaken = not running(asks) or (letter.kind == "identity_asked" and subject_request.identity_how)
    if overtaken:
        raise Refused("sending.old_letter", "12", _("This letter was overtaken by what happened since."))
    if letter.kind == "extension_told":
        # as it stood on the day of sending, which may be recorded later
        then = max(min(on, today), subject_request.received_on)
        standing = clocks.standings(subject_request, asks, then)[asks[0].pk]
        more_time.check_extensible(standing.avg.extend_by, on)


def _send_answer(
    actor: Actor, subject_request: SubjectRequest, asks: list[RequestAsk], letter: OutgoingLetter, on: date, way: str
) -> OutgoingLetter:
    if letter.sent_on is None:
        check_writing(asks)
    if asks[0].letter_id != letter.pk:
        raise Refused("sending.old_letter", "13", _("This letter was overtaken by what happened since."))
    if asks[0].decision in (AskDecision.GIVEN, AskDecision.PARTLY) and wants_items(asks):
        check_complete(subject_request, asks)
        if not parts_made(asks):
            raise Refused("sending.old_letter", "13", _("This letter was overtaken by what happened since."))
    sent = letters.mark_sent(actor=actor, letter=letter, on=on, way=way)
    refused = asks[0].decision == AskDecision.NO_IDENTITY
    event = EventKind.REFUSED_IDENTITY if refused else EventKind.DECISION_SENT
    clocks.record(actor=actor, subject_request=subject_request, event=event, on=on, proof=sent, asks=asks)
    move(asks, actor, "request.handle", "sent_no_identity" if refused else "sent")
    close_if_ended(actor, subject_request, "request.handle", on)
    return sent
