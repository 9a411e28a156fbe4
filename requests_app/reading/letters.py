"""Art. 12-13: the letters about a request: what was sent when, and what still lies ready to be sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from requests_app.flow import running
from requests_app.models import RequestAsk, SubjectRequest
from requests_app.sending import QUESTIONS
from requests_app.transitions import AskState
from werkcontact.access.actor import AMSTERDAM
from werkcontact.letters.catalogue import CATALOGUE
from werkcontact.mail.models import OutgoingLetter
from werkcontact.ui.components import State
from werkcontact.ui.dates import nl_date


@dataclass(frozen=True)
class LetterLine:
    """One letter; `send_url` while it can still be marked sent."""

    id: UUID
    title: str
    made_on: date
    state: State
    pdf_url: str
    send_url: str
    is_answer: bool


def letter_lines(
    subject_request: SubjectRequest, asks: Sequence[RequestAsk], letters: Sequence[OutgoingLetter]
) -> Iterator[LetterLine]:
    """Return every letter that was sent, and of those that were not the newest of each kind that still makes sense."""
    shown: set[str] = set()
    for letter in letters:
        if letter.sent_on is None and (letter.kind in shown or not is_ready(subject_request, asks, letter)):
            continue
        if letter.sent_on is None:
            shown.add(letter.kind)
        yield _line(subject_request, letter)


def is_ready(subject_request: SubjectRequest, asks: Sequence[RequestAsk], letter: OutgoingLetter) -> bool:
    """Whether a letter that was not sent yet may still go out."""
    if letter.kind in QUESTIONS:
        known = letter.kind == "identity_asked" and bool(subject_request.identity_how)
        return bool(running(asks)) and not known
    return asks[0].letter_id == letter.pk and asks[0].state == AskState.WRITING


def _line(subject_request: SubjectRequest, letter: OutgoingLetter) -> LetterLine:
    args = [subject_request.pk, letter.pk]
    sent = letter.sent_on is not None
    if letter.sent_on is not None:
        said = {"day": nl_date(letter.sent_on), "way": letter.get_way_display()}
        state = State("ok", "ok", _("sent %(day)s, %(way)s") % said)
    else:
        state = State("wait", "open", _("not sent yet"), box=True)
    return LetterLine(
        id=letter.pk,
        title=_(CATALOGUE[letter.kind].title),
        made_on=letter.made_at.astimezone(AMSTERDAM).date(),
        state=state,
        pdf_url=reverse("request.letter", args=args),
        send_url="" if sent else reverse("request.sent", args=args),
        is_answer=letter.kind not in QUESTIONS,
    )
