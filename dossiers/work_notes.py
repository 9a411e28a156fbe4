"""Art. 7.6: work notes: the author's own, read by nobody else, never given to third parties, gone after six weeks.

A note that the client asks to see stays until that request is closed, however old: what was asked for is not ended
meanwhile, by nobody. Which notes those are, apps above tell (`spare`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dossiers import contact_reports, contents, intake, once
from dossiers.contact_reports import Talk
from dossiers.intake import Particulars
from dossiers.models import Document, Dossier, WorkNote
from dossiers.models.work_note import WorkNoteQuerySet
from dossiers.transitions import (
    AUTHORS,
    DOCUMENT,
    GUIDES,
    SYSTEM,
    WORK_NOTE,
    DossierState,
    WorkNoteState,
    next_state,
)
from werkcontact.access import Actor, act, enter, find, saw
from werkcontact.ids import uuid7
from werkcontact.jobs.checkpoints import checkpoint
from werkcontact.law.terms import add_term
from werkcontact.refused import Refused
from werkcontact.vault import keys
from werkcontact.vault.keys.kinds import KeyKind
from werkcontact.vault.small import open_, seal

KEPT = "6 weeks"  # how long a note is kept when nobody ends it before; on the last day it is still there
TEXT_LENGTH = 5_000
CHUNK = 500
Spared = Callable[[], "QuerySet[Any, Any]"]
_spared_by: list[Spared] = []


def spare(notes: Spared) -> None:
    """Register who keeps notes from ending: `notes` gives a query of their ids (no NULL among them), asked each time.

    What it gives can be neither dropped nor converted, and does not expire.
    """
    _spared_by.append(notes)


def unspared(notes: WorkNoteQuerySet) -> WorkNoteQuerySet:
    """Leave out the notes that somebody keeps from ending."""
    for spared in _spared_by:
        notes = notes.exclude(pk__in=spared())
    return notes


def write(*, actor: Actor, dossier: Dossier, text: str, today: date, new_id: UUID | None = None) -> WorkNote:
    """Write a note for oneself; the same `new_id` again is the same note, as `once` says.

    `today` is an Amsterdam date, from which its six weeks count.

    Raises Refused("intake.*", "documents.closed"), and what the gate raises.
    """
    with act(actor, "work_note.write", dossier, kind="create") as deed:
        contents.lock_open(dossier)
        intake.check_line("text", text, TEXT_LENGTH)
        state = next_state(WORK_NOTE, None, "work_note.write", GUIDES)
        kept = once.kept_note(actor, dossier, new_id, text)
        if kept is not None:
            deed.saw([kept])
            return kept
        note_id = new_id or uuid7()
        keys.make(KeyKind.VERSION, [note_id])
        sealed = seal(keys.get(KeyKind.VERSION, note_id), text.strip(), f"work_note.text|{note_id}")
        note = WorkNote.objects.create(
            id=note_id,
            dossier=dossier,
            author_id=actor.id,
            state=state,
            text_cipher=sealed,
            written_at=actor.at,
            expires_on=add_term(today, KEPT),
        )
        deed.saw([note])
    return note


def find_own(actor: Actor, pk: UUID, act_name: str = "work_note.read_own") -> WorkNote:
    """Fetch one's own note for this act; another's is refused under `work_note.read_others`."""
    note = find(actor, act_name, WorkNote, pk=pk)
    if note.author_id != actor.id:
        enter(actor, "work_note.read_others", note)
    return note


def read_own(actor: Actor, dossier: Dossier) -> list[tuple[WorkNote, str]]:
    """One's own open notes of a dossier with their texts, the first to end on top."""
    mine = WorkNote.objects.visible_to(actor, "work_note.read_own").still_open().filter(dossier=dossier)
    found = list(mine.select_related("dossier__involvement").order_by("expires_on", "pk"))
    saw(actor, found)
    texts = texts_of(actor, found)
    return [(note, texts.get(note.pk, "")) for note in found]


def texts_of(actor: Actor, notes: Iterable[WorkNote]) -> dict[UUID, str]:
    """The texts of one's own open notes by their ids, with one fetch of keys; another's are left out."""
    mine = {note.pk: note for note in notes if note.author_id == actor.id and note.text_cipher is not None}
    return {
        pk: open_(key, mine[pk].text_cipher or b"", f"work_note.text|{pk}").decode()
        for pk, key in keys.fetch(KeyKind.VERSION, mine).items()
    }


def drop(*, actor: Actor, note: WorkNote) -> None:
    """End one's own note; its text goes with its key.

    Raises Refused("work_notes.not_yours") for another's, Refused("work_notes.asked_for") while a running request has
    it, Refused("transitions.not_from_here") when it has ended.
    """
    with act(actor, "work_note.drop", note):
        locked = _lock_own(actor, note)
        state = next_state(WORK_NOTE, WorkNoteState(locked.state), "work_note.drop", AUTHORS)
        _end(locked, state, actor, None)
    contents.shred([note.pk])


def convert(*, actor: Actor, note: WorkNote, about: Particulars, talk: Talk, text: str, today: date) -> Document:
    """Make a contact report of one's own note: that belongs to the dossier, the note ends. `today` as in Amsterdam.

    Raises as `drop`, and as `contact_reports.record`.
    """
    with act(actor, "work_note.drop", note) as deed:
        locked = _lock_own(actor, note)
        enter(actor, "document.add", note.dossier)
        state = next_state(WORK_NOTE, WorkNoteState(locked.state), "work_note.drop", AUTHORS, "convert")
        intake.check(about, today)
        intake.check_text(text)
        final = next_state(DOCUMENT, None, "document.add", GUIDES)
        document = contents.new_document(actor, note.dossier, about, text, state=final)
        contact_reports.put(document, talk)
        _end(locked, state, actor, document)
        deed.saw([document])
    contents.shred([note.pk])
    return document


def expire(*, actor: Actor, today: date) -> int:
    """End every note whose six weeks have passed on `today` (Amsterdam), and tell how many; may be run twice.

    A note that is spared ends with the first run after that.

    Text and state go in one transaction, then the keys; `ended_notes` finds those whose keys were left.
    """
    count = 0
    while gone := _expire_some(actor, today):
        checkpoint("work_notes.ended")
        contents.shred(gone)
        count += len(gone)
    return count


def ended_notes() -> Iterable[UUID]:
    """The notes in running dossiers that have ended, whose keys must be gone."""
    ended = WorkNote.objects.filter(dossier__state=DossierState.OPEN).exclude(state=WorkNoteState.OPEN)
    return ended.values_list("pk", flat=True).iterator()


def _expire_some(actor: Actor, today: date) -> list[UUID]:
    state = next_state(WORK_NOTE, WorkNoteState.OPEN, "work_note.expire", SYSTEM)
    due = unspared(WorkNote.objects.due_on(today)).order_by("pk")
    if not due.exists():
        return []
    with act(actor, "work_note.expire") as deed:
        found = list(due.select_for_update(skip_locked=True).values_list("pk", flat=True)[:CHUNK])
        WorkNote.objects.filter(pk__in=found).update(state=state, text_cipher=None, ended_at=actor.at)
        deed.saw(found)
    return found


def _lock_own(actor: Actor, note: WorkNote) -> WorkNote:
    contents.lock_open(note.dossier)
    locked = WorkNote.objects.select_for_update(no_key=True).get(pk=note.pk)
    if locked.author_id != actor.id:
        raise Refused("work_notes.not_yours", "7.6", _("A work note is its author's alone."))
    if not unspared(WorkNote.objects.filter(pk=locked.pk)).exists():
        text = _("The client asks to see this work note. It stays until that request is answered.")
        raise Refused("work_notes.asked_for", "13.4", text)
    return locked


def _end(note: WorkNote, state: WorkNoteState, actor: Actor, became: Document | None) -> None:
    note.state, note.text_cipher, note.ended_at, note.became = state, None, actor.at, became
    note.save(update_fields=["state", "text_cipher", "ended_at", "became"])
