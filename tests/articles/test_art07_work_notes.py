"""Art. 7.6: a work note is its author's alone, and is gone after six weeks."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from clients.models import Grant
from dossiers import contents, documents, jobs, work_notes
from dossiers.models import Document, WorkNote
from dossiers.models.document import DocumentKind
from dossiers.transitions import WorkNoteState
from tests.dossiers.guided import TALK, Guided, about, add_draft, log_rows, make_guided, tie
from tests.people import NOW, TODAY, make_staff, system
from werkcontact.access import Absent, grants
from werkcontact.jobs import checkpoints
from werkcontact.refused import Refused
from werkcontact.vault import keys
from werkcontact.vault.keys.kinds import KeyKind

SECRET = "Ik twijfel of dit haar eigen wens is."


@pytest.fixture
def world(db: None) -> Guided:
    return make_guided()


def note_of(world: Guided) -> WorkNote:
    return work_notes.write(actor=world.actor(), dossier=world.fresh(), text=SECRET, today=TODAY)


def reread(note: WorkNote) -> WorkNote:
    return WorkNote.objects.get(pk=note.pk)


def has_key(note: WorkNote) -> bool:
    return bool(keys.fetch(KeyKind.VERSION, [note.pk]))


def test_its_author_reads_it_under_a_key_of_its_own(world: Guided) -> None:
    note = note_of(world)
    assert work_notes.texts_of(world.actor(), [work_notes.find_own(world.actor(), note.pk)]) == {note.pk: SECRET}
    assert note.text_cipher is not None
    assert SECRET.encode() not in bytes(note.text_cipher)
    assert has_key(note)


def test_nobody_else_reads_it_not_even_the_lead_or_another_who_guides(world: Guided) -> None:
    note = note_of(world)
    other = make_staff("caseworker")
    tie(other, world.involvement, "assigned")
    for staff in (world.lead, other):
        actor = world.actor(staff)
        with pytest.raises(Refused, match=r"access\.refused"):
            work_notes.find_own(actor, note.pk)
        assert not WorkNote.objects.visible_to(actor, "work_note.read_own").exists()
        assert work_notes.texts_of(actor, [note]) == {}
        with pytest.raises(Refused, match=r"work_notes\.not_yours"):
            work_notes.drop(actor=actor, note=reread(note))
    with pytest.raises(Absent):
        work_notes.find_own(world.actor(world.stranger), note.pk)
    assert has_key(note)


def test_an_empty_one_is_refused_and_a_stranger_writes_none(world: Guided) -> None:
    with pytest.raises(Refused, match=r"intake\.missing"):
        work_notes.write(actor=world.actor(), dossier=world.fresh(), text=" ", today=TODAY)
    with pytest.raises(Absent):
        work_notes.write(actor=world.actor(world.stranger), dossier=world.fresh(), text=SECRET, today=TODAY)
    assert not WorkNote.objects.exists()


def test_dropped_it_leaves_no_text_and_no_key(world: Guided) -> None:
    note = note_of(world)
    work_notes.drop(actor=world.actor(), note=note)
    assert (reread(note).state, reread(note).text_cipher) == (WorkNoteState.DROPPED, None)
    assert not has_key(note)
    with pytest.raises(Refused, match=r"transitions\.not_from_here"):
        work_notes.drop(actor=world.actor(), note=note)


def test_made_a_contact_report_it_belongs_to_the_dossier_and_the_note_is_gone(world: Guided) -> None:
    note = note_of(world)
    what = about(DocumentKind.CONTACT_REPORT, "haar eigen wens")
    document = work_notes.convert(
        actor=world.actor(), note=note, about=what, talk=TALK, text="Wij bespraken haar wens.", today=TODAY
    )
    assert (reread(note).state, reread(note).became) == (WorkNoteState.CONVERTED, document)
    assert not has_key(note)
    found = documents.find_document(world.actor(world.lead), document.pk)
    assert contents.text_of(documents.versions_of(found)[0]) == "Wij bespraken haar wens."


def test_a_refused_contact_report_leaves_the_note_as_it_was(world: Guided) -> None:
    note = note_of(world)
    with pytest.raises(Refused, match=r"intake\.missing"):
        work_notes.convert(actor=world.actor(), note=note, about=about(), talk=TALK, text="", today=TODAY)
    assert work_notes.texts_of(world.actor(), [reread(note)]) == {note.pk: SECRET}
    assert not Document.objects.exists()


def test_who_no_longer_guides_can_drop_it_and_not_read_or_convert_it(world: Guided) -> None:
    note = note_of(world)
    grants.end(_causes(world), at=NOW)
    later = world.actor(at=NOW + timedelta(hours=1))
    with pytest.raises(Absent):
        work_notes.find_own(later, note.pk)
    with pytest.raises(Absent):
        work_notes.convert(actor=later, note=note, about=about(), talk=TALK, text="Toch.", today=TODAY)
    work_notes.drop(actor=later, note=reread(note))
    assert not has_key(note)


def _causes(world: Guided) -> list[UUID]:
    return list(Grant.objects.filter(user=world.guide).values_list("cause_id", flat=True))


def test_on_the_last_day_of_six_weeks_it_is_there_and_the_day_after_it_is_not(world: Guided) -> None:
    note = note_of(world)
    assert note.expires_on == date(2027, 1, 5)
    assert jobs.end_work_notes(system("work_notes"), date(2027, 1, 5)) == {"ended": 0}
    assert has_key(note)
    with log_rows() as rows:
        assert jobs.end_work_notes(system("work_notes"), date(2027, 1, 6)) == {"ended": 1}
    assert rows == [("work_note.expire", "done", [str(note.pk)])]
    assert (reread(note).state, reread(note).text_cipher) == (WorkNoteState.DROPPED, None)
    assert not has_key(note)
    assert jobs.end_work_notes(system("work_notes"), date(2027, 1, 7)) == {"ended": 0}


def test_keys_that_an_interrupted_run_left_go_with_the_next(world: Guided, monkeypatch: pytest.MonkeyPatch) -> None:
    note, draft = note_of(world), add_draft(world)

    def killed(_name: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(checkpoints, "hook", killed)
    with pytest.raises(KeyboardInterrupt):
        jobs.end_work_notes(system("work_notes"), date(2027, 1, 6))
    assert reread(note).text_cipher is None
    assert has_key(note)
    monkeypatch.setattr(checkpoints, "hook", None)
    jobs.end_work_notes(system("work_notes"), date(2027, 1, 6))
    assert not has_key(note)
    assert contents.text_of(draft.versions.get()) == "Eerste opzet."


def test_only_its_job_may_end_notes(world: Guided) -> None:
    note_of(world)
    with pytest.raises(Refused, match=r"access\.job"):
        work_notes.expire(actor=system("deadlines"), today=date(2027, 1, 6))


def test_the_database_keeps_no_text_of_an_ended_note(world: Guided) -> None:
    note = note_of(world)
    with pytest.raises(DatabaseError), transaction.atomic():
        WorkNote.objects.filter(pk=note.pk).update(state=WorkNoteState.DROPPED, ended_at=NOW)
