"""Art. 7.6, 13.4: a work note that the client asks to see does not end before that request is closed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dossiers import jobs, work_notes, worklist
from dossiers.contact_reports import Talk
from dossiers.intake import Particulars
from dossiers.models import Dossier, WorkNote
from dossiers.models.document import Channel, DocumentKind
from dossiers.transitions import WorkNoteState
from requests_app import handling
from requests_app.models import SubjectRequest
from tests.people import TODAY, system
from tests.requests_app.making import Office, fill_dossier, in_hand, note_of, register_person
from werkcontact.personal_data.categories import Category
from werkcontact.refused import Refused

LONG_AFTER = TODAY + timedelta(days=90)


@pytest.fixture
def dossier(office: Office) -> Dossier:
    return fill_dossier(office, register_person(office))


@pytest.fixture
def asked_for(office: Office, dossier: Dossier) -> SubjectRequest:
    return in_hand(office, [dossier.involvement_id])


def _ended(dossier: Dossier) -> bool:
    jobs.end_work_notes(system("work_notes"), LONG_AFTER)
    return note_of(dossier).state != WorkNoteState.OPEN


def test_it_expires_when_nobody_asks_for_it(dossier: Dossier) -> None:
    assert _ended(dossier)


def test_it_stays_while_the_request_runs_and_ends_when_it_is_closed(
    office: Office, dossier: Dossier, asked_for: SubjectRequest
) -> None:
    assert not _ended(dossier)
    handling.withdraw(actor=office.actor(office.handler), subject_request=asked_for, on=TODAY)
    assert _ended(dossier)


def test_others_end_though_one_stays(office: Office, dossier: Dossier, asked_for: SubjectRequest) -> None:
    work_notes.write(actor=office.actor(office.caseworker), dossier=dossier, text="Later.", today=TODAY)
    assert jobs.end_work_notes(system("work_notes"), LONG_AFTER) == {"ended": 1}
    assert asked_for.state != "closed"


def test_it_ends_when_the_dossier_turns_out_to_be_somebody_elses(
    office: Office, dossier: Dossier, asked_for: SubjectRequest
) -> None:
    part = asked_for.parts.get()
    handling.unlink(actor=office.actor(office.handler), subject_request=asked_for, part=part.pk)
    assert _ended(dossier)


def test_its_author_cannot_end_it_meanwhile_nor_is_told_to(
    office: Office, dossier: Dossier, asked_for: SubjectRequest
) -> None:
    author = office.actor(office.caseworker)
    note = WorkNote.objects.select_related("dossier__involvement").get(dossier=dossier)
    about = Particulars(DocumentKind.CONTACT_REPORT, "Gesprek", "afspraken", Category.GUIDANCE, TODAY)
    talk = Talk(Channel.OFFICE, 30, "")
    with pytest.raises(Refused, match=r"work_notes\.asked_for"):
        work_notes.drop(actor=author, note=note)
    with pytest.raises(Refused, match=r"work_notes\.asked_for"):
        work_notes.convert(actor=author, note=note, about=about, talk=talk, text="Anders.", today=TODAY)
    assert [row.kind for row in worklist.mine(author, note.expires_on)] == ["draft"]
    handling.withdraw(actor=office.actor(office.handler), subject_request=asked_for, on=TODAY)
    work_notes.drop(actor=author, note=note)
    assert note_of(dossier).state == WorkNoteState.DROPPED
