"""Art. 5.2: what is kept in a dossier: why, under which key, in which version; nothing of it is ever changed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from dossiers import contact_reports, contents, documents, reports
from dossiers.contact_reports import Talk
from dossiers.contents import NewFile
from dossiers.intake import Particulars
from dossiers.models import ContactReport, Document, DocumentVersion
from dossiers.models.document import Channel, DocumentKind, Sensitivity, Source
from dossiers.transitions import DocumentState
from tests.dossiers.guided import (
    PDF,
    TALK,
    Guided,
    about,
    add_draft,
    add_pdf,
    add_talk,
    draft_of,
    log_rows,
    make_guided,
)
from tests.people import TODAY
from werkcontact.access import Absent
from werkcontact.access.deed import act as act_of
from werkcontact.personal_data.categories import Category
from werkcontact.refused import Refused
from werkcontact.vault import keys
from werkcontact.vault.errors import KeyGone
from werkcontact.vault.keys.kinds import KeyKind


@pytest.fixture
def world(db: None) -> Guided:
    return make_guided()


def latest(document: Document) -> DocumentVersion:
    return documents.pick(documents.versions_of(document), None)


def stored_bytes() -> bytes:
    return b"".join(path.read_bytes() for path in settings.VAULT_DIR.rglob("*.bin"))


# --- what is kept with each document -----------------------------------------------------------------------------


def test_a_file_lies_under_a_key_of_its_own_and_title_and_why_under_the_dossiers(world: Guided) -> None:
    with log_rows() as rows:
        document = add_pdf(world, source=Source.PRINCIPAL)
    version = document.versions.get()
    assert b"".join(contents.chunks_of(version)) == PDF
    assert PDF not in stored_bytes()
    key = contents.dossier_key(world.dossier.pk)
    assert contents.title_of(document, key) == "Belastbaarheidsprofiel"
    assert contents.why_of(document, key) == "nodig om passend werk te zoeken"
    assert (document.source, document.category) == ("principal", "work")
    with connection.cursor() as cursor:
        cursor.execute("select row_to_json(d)::text from dossiers_document d where id = %s", [document.pk])
        assert "Belastbaar" not in cursor.fetchone()[0]
    assert rows == [("document.add", "done", sorted(map(str, {world.involvement.pk, world.dossier.pk, document.pk})))]
    keys.shred(KeyKind.VERSION, [version.pk])
    with pytest.raises(KeyGone):
        contents.chunks_of(version)
    assert contents.title_of(document, key)


@pytest.mark.parametrize(
    ("what", "field"),
    [
        (about(title=" "), "title"),
        (about(why=""), "why"),
        (about(why="x" * 301), "why"),
        (about(happened_on=TODAY.replace(day=25)), "happened_on"),
    ],
)
def test_without_a_title_a_reason_and_a_day_that_was_nothing_is_kept(
    world: Guided, what: Particulars, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        documents.add_text(actor=world.actor(), dossier=world.dossier, about=what, text="Tekst", today=TODAY)
    assert refused.value.field == field
    assert not Document.objects.exists()


def test_what_is_about_health_is_marked_even_when_nobody_thought_of_it(world: Guided) -> None:
    assert add_pdf(world, category=Category.HEALTH).sensitivity == Sensitivity.HEALTH


def test_a_contact_report_keeps_how_how_long_and_what_is_next(world: Guided) -> None:
    document = add_talk(world)
    assert document.state == DocumentState.FINAL
    report = ContactReport.objects.get(document=document)
    assert (report.channel, report.minutes_spent, report.next_step_on) == ("office", 75, TODAY)
    assert contact_reports.next_step_of(report, contents.dossier_key(world.dossier.pk)) == "aanvraag proefplaatsing"
    assert contents.text_of(latest(document)) == "Mevrouw wil twee dagen per week beginnen."


@pytest.mark.parametrize(
    ("talk", "field"),
    [(Talk(Channel.OFFICE, 1441), "minutes_spent"), (Talk(Channel.OFFICE, 5, " ", TODAY), "next_step")],
)
def test_an_impossible_conversation_is_refused_whole(world: Guided, talk: Talk, field: str) -> None:
    with pytest.raises(Refused) as refused:
        contact_reports.record(
            actor=world.actor(),
            dossier=world.dossier,
            about=about(DocumentKind.CONTACT_REPORT),
            talk=talk,
            text="Tekst",
            today=TODAY,
        )
    assert refused.value.field == field
    assert not Document.objects.exists()


def test_a_letter_that_went_out_is_filed_once_inside_the_act_that_sent_it(world: Guided) -> None:
    letter = world.involvement.pk  # any id will do
    for again in (False, True):
        with (
            pytest.raises(DatabaseError) if again else nullcontext(),
            act_of(world.actor(), "notice.send", world.dossier),
        ):
            filed = documents.file_letter(
                actor=world.actor(),
                dossier=world.dossier,
                letter_pdf=PDF,
                title="wij hebben u geregistreerd",
                category=Category.RIGHTS,
                why="kennisgeving, artikel 11",
                on=TODAY,
                filed_from=letter,
                field_paths=("clients.registration.street",),
            )
    assert (filed.kind, filed.state) == (DocumentKind.LETTER, DocumentState.FINAL)
    version = Document.objects.get().versions.get()
    assert b"".join(contents.chunks_of(version)) == PDF
    assert version.field_paths == ["clients.registration.street"]


# --- a correction is a new version -------------------------------------------------------------------------------


def test_a_correction_is_a_new_version_with_a_reason_and_the_old_one_stays(world: Guided) -> None:
    document = add_talk(world, "Drie dagen per week.")
    documents.revise(
        actor=world.actor(), document=document, seen=1, content="Twee dagen per week.", reason="verkeerd gehoord"
    )
    first, second = documents.versions_of(document)
    assert [contents.text_of(each) for each in (first, second)] == ["Drie dagen per week.", "Twee dagen per week."]
    assert contents.reason_of(second, contents.dossier_key(world.dossier.pk)) == "verkeerd gehoord"
    assert first.pk != second.pk
    assert keys.get(KeyKind.VERSION, first.pk) != keys.get(KeyKind.VERSION, second.pk)


def test_a_file_is_corrected_by_another_file(world: Guided) -> None:
    document = add_pdf(world)
    new = NewFile([PDF, b"%anders\n"], "application/pdf")
    documents.revise(actor=world.actor(), document=document, seen=1, content=new, reason="verkeerde bladzijde")
    assert [b"".join(contents.chunks_of(v)) for v in documents.versions_of(document)] == [PDF, PDF + b"%anders\n"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"reason": " "}, "intake.missing"),
        ({"content": " "}, "intake.missing"),
        ({"seen": 0}, "documents.meanwhile"),
        ({"content": "Drie dagen per week."}, "documents.unchanged"),
    ],
)
def test_no_correction_without_reason_change_and_the_version_that_was_seen(
    world: Guided, change: dict[str, Any], code: str
) -> None:
    document = add_talk(world, "Drie dagen per week.")
    asked: dict[str, Any] = {"seen": 1, "content": "Twee.", "reason": "verkeerd gehoord"} | change
    with pytest.raises(Refused) as refused:
        documents.revise(actor=world.actor(), document=document, **asked)
    assert refused.value.code == code
    assert document.versions.count() == 1


def test_a_draft_and_what_was_sent_are_not_corrected(world: Guided) -> None:
    draft = add_draft(world)
    with pytest.raises(Refused, match=r"transitions\.not_from_here"):
        documents.revise(actor=world.actor(), document=draft, seen=1, content="Anders.", reason="waarom niet")
    with act_of(world.actor(), "notice.send", world.dossier):
        letter = documents.file_letter(
            actor=world.actor(),
            dossier=world.dossier,
            letter_pdf=PDF,
            title="brief",
            category=Category.RIGHTS,
            why="artikel 11",
            on=TODAY,
        )
    with pytest.raises(Refused, match=r"documents\.as_sent"):
        documents.revise(actor=world.actor(), document=letter, seen=1, content="Anders.", reason="waarom niet")


def _sql(pk: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("update dossiers_documentversion set number = 9 where id = %s", [pk])


@pytest.mark.parametrize(
    "change",
    [
        _sql,
        lambda pk: DocumentVersion.objects.filter(pk=pk).update(number=9),
        lambda pk: DocumentVersion.objects.bulk_update([DocumentVersion(pk=pk, number=9)], ["number"]),
        lambda pk: DocumentVersion.objects.filter(pk=pk).delete(),
    ],
)
def test_no_version_is_changed_or_removed_below_the_acts_either(
    world: Guided, change: Callable[[UUID], object]
) -> None:
    version = add_pdf(world).versions.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        change(version.pk)
    assert DocumentVersion.objects.get(pk=version.pk).number == 1


# --- drafts and final ones ---------------------------------------------------------------------------------------


def test_a_draft_says_its_last_text_only_and_becomes_final_once(world: Guided) -> None:
    document = add_draft(world, "Eerste opzet.")
    assert document.state == DocumentState.DRAFT
    first = document.versions.get()
    reports.rewrite(actor=world.actor(), document=document, seen=1, draft=draft_of("Tweede."), today=TODAY)
    with pytest.raises(KeyGone):
        contents.text_of(first)
    final = reports.finalise(actor=world.actor(), document=document, seen=2, draft=draft_of("Klaar."), today=TODAY)
    assert final.state == DocumentState.FINAL
    assert [contents.text_of(v) for v in documents.versions_of(final)] == ["Klaar."]
    for again in (reports.rewrite, reports.finalise):
        with pytest.raises(Refused, match=r"transitions\.not_from_here"):
            again(actor=world.actor(), document=document, seen=3, draft=draft_of("Nog iets."), today=TODAY)


def test_a_correction_of_a_final_report_does_not_end_what_was_final(world: Guided) -> None:
    document = add_draft(world)
    reports.finalise(actor=world.actor(), document=document, seen=1, draft=draft_of("Klaar."), today=TODAY)
    documents.revise(actor=world.actor(), document=document, seen=2, content="Beter.", reason="datum klopte niet")
    contents.shred(reports.ended_versions())
    assert [contents.text_of(v) for v in documents.versions_of(document)] == ["Klaar.", "Beter."]


def test_a_second_window_does_not_overwrite_the_first(world: Guided) -> None:
    document = add_draft(world)
    reports.rewrite(actor=world.actor(), document=document, seen=1, draft=draft_of("Venster een."), today=TODAY)
    for late in (reports.rewrite, reports.finalise):
        with pytest.raises(Refused, match=r"documents\.meanwhile"):
            late(actor=world.actor(), document=document, seen=1, draft=draft_of("Venster twee."), today=TODAY)
    assert contents.text_of(latest(document)) == "Venster een."


def test_a_dropped_draft_has_no_text_any_more_and_is_not_there_to_read(world: Guided) -> None:
    document = add_draft(world)
    version = document.versions.get()
    reports.drop(actor=world.actor(), document=document, seen=1)
    with pytest.raises(KeyGone):
        contents.text_of(version)
    with pytest.raises(Absent):
        documents.find_document(world.actor(), document.pk)
    with pytest.raises(Refused, match=r"transitions\.not_from_here"):
        reports.finalise(actor=world.actor(), document=document, seen=1, draft=draft_of(), today=TODAY)


# --- who may, and until when -------------------------------------------------------------------------------------


def acts(world: Guided, document: Document, draft: Document) -> list[Callable[[Any, Any], object]]:
    """Every act of this article, for an actor and a dossier."""
    talk = about(DocumentKind.CONTACT_REPORT)
    file = NewFile([PDF], "application/pdf")
    return [
        lambda a, d: documents.add_file(actor=a, dossier=d, about=about(), content=file, today=TODAY),
        lambda a, d: documents.add_text(actor=a, dossier=d, about=about(), text="Tekst", today=TODAY),
        lambda a, d: contact_reports.record(actor=a, dossier=d, about=talk, talk=TALK, text="Tekst", today=TODAY),
        lambda a, d: reports.write(actor=a, dossier=d, draft=draft_of(), today=TODAY),
        lambda a, _d: documents.revise(actor=a, document=document, seen=1, content="Anders.", reason="daarom"),
        lambda a, _d: reports.rewrite(actor=a, document=draft, seen=1, draft=draft_of(), today=TODAY),
        lambda a, _d: reports.finalise(actor=a, document=draft, seen=1, draft=draft_of(), today=TODAY),
        lambda a, _d: reports.drop(actor=a, document=draft, seen=1),
    ]


def test_for_a_stranger_and_after_closure_there_is_no_such_dossier(world: Guided) -> None:
    document, draft = add_talk(world), add_draft(world)
    before = DocumentVersion.objects.count()
    for each in acts(world, document, draft):
        with pytest.raises(Absent):
            each(world.actor(world.stranger), world.fresh())
    world.close()
    document, draft = (Document.objects.get(pk=each.pk) for each in (document, draft))
    for each in acts(world, document, draft):
        with pytest.raises(Absent):
            each(world.actor(), world.fresh())
    assert DocumentVersion.objects.count() == before


def test_a_closure_that_came_in_between_is_seen_under_the_lock(world: Guided) -> None:
    document, draft = add_talk(world), add_draft(world)
    stale = world.fresh()
    assert document.dossier.involvement.ended_on is None
    assert draft.dossier.involvement.ended_on is None
    world.close()
    for each in acts(world, document, draft):
        with pytest.raises(Refused, match=r"documents\.closed"):
            each(world.actor(), stale)


def test_health_is_read_by_who_guides_and_not_by_the_lead(world: Guided) -> None:
    document = add_pdf(world, health=True)
    assert documents.find_document(world.actor(), document.pk) == document
    with pytest.raises(Refused, match=r"access\.refused"):
        documents.find_document(world.actor(world.lead), document.pk)
    draft = add_draft(world, health=True)
    for late in (reports.rewrite, reports.finalise):
        with pytest.raises(Refused, match=r"access\.refused"):
            late(actor=world.actor(world.lead), document=draft, seen=1, draft=draft_of(), today=TODAY)
    with pytest.raises(Absent):
        documents.find_document(world.actor(world.stranger), document.pk)
