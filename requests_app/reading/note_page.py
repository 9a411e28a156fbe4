"""Art. 7.6: what the author of a work note sees of a request: their own note, its number, the day it came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dossiers import work_notes
from requests_app.models import RequestItem
from requests_app.transitions import AskState
from werkcontact.access import Absent, Actor
from werkcontact.access.actor import AMSTERDAM


@dataclass(frozen=True)
class NotePage:
    """One's own note, and the request for which it must be decided on."""

    number: str
    received_on: date
    work_by_on: date | None
    dossier: str
    written_on: date
    text: str
    open: bool


def note_page(actor: Actor, item: RequestItem) -> NotePage:
    """Read the page for the author of a note that still exists; for anybody else there is none. Raises Absent."""
    note = item.note
    if item.part.until_at is not None or note is None or note.author_id != actor.id or note.text_cipher is None:
        raise Absent
    return NotePage(
        number=item.part.subject_request.number,
        received_on=item.part.subject_request.received_on,
        work_by_on=item.ask.work_by_on,
        dossier=item.part.dossier.number,
        written_on=note.written_at.astimezone(AMSTERDAM).date(),
        text=work_notes.texts_of(actor, [note]).get(note.pk, ""),
        open=item.ask.state == AskState.DECIDING,
    )
