"""Art. 5.2, 7.6, 9: the screens of a dossier, through the browser: what they show, to whom, and what they refuse."""

from __future__ import annotations

import io
import re
import uuid
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dossiers import contents, documents, reports, work_notes, worklist
from dossiers.models import Document, WorkNote
from dossiers.models.document import DocumentKind
from dossiers.transitions import DocumentState
from tests.dossiers.guided import (
    PDF,
    Guided,
    about,
    add_draft,
    add_pdf,
    add_talk,
    draft_of,
    log_rows,
    make_guided,
)
from tests.people import TODAY, as_actor, browser_for
from werkcontact.ids import uuid7
from werkcontact.vault import small

TALK = {
    "happened_on": "v",
    "channel": "office",
    "minutes_spent": "75",
    "title": "proefplaatsing kwekerij",
    "text": "Mevrouw wil twee dagen per week beginnen.",
    "next_step": "aanvraag proefplaatsing",
    "next_step_on": "24-11-2030",
}
FILE = {
    "title": "Belastbaarheidsprofiel",
    "happened_on": "gisteren",
    "source": "principal",
    "category": "work",
    "why": "nodig om passend werk te zoeken",
}


@pytest.fixture
def world(db: None) -> Guided:
    return make_guided()


@pytest.fixture
def browser(world: Guided) -> Browser:
    return browser_for(world.guide)


def pdf(name: str = "Jager profiel.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def of(world: Guided, name: str) -> str:
    return reverse(name, args=[world.involvement.pk])


def text(response: HttpResponseBase) -> str:
    assert isinstance(response, HttpResponse)
    return response.content.decode()


# --- the Dossier tab ---------------------------------------------------------------------------------------------


def test_everything_stands_in_a_row_with_counts_by_kind(world: Guided, browser: Browser) -> None:
    add_talk(world)
    add_pdf(world)
    add_draft(world)
    with log_rows() as rows:
        page = text(browser.get(of(world, "document.list")))
    for shown in (
        "Gespreksverslag: proefplaatsing kwekerij",
        "Mevrouw wil twee dagen",
        "75 minuten",
        "aanvraag proefplaatsing",
        "hoort hier omdat: nodig om passend werk te zoeken",
        "Concept, nog niet definitief",
        "Gespreksverslagen",
        world.dossier.number,
    ):
        assert shown in page
    ((act, outcome, subjects),) = rows
    assert (act, outcome) == ("document.list", "200")
    assert set(subjects) >= {str(pk) for pk in Document.objects.values_list("pk", flat=True)}
    filtered = text(browser.get(of(world, "document.list"), {"soort": "gesprekken"}))
    assert "proefplaatsing kwekerij" in filtered
    assert "Belastbaarheidsprofiel" not in filtered


def test_an_empty_dossier_says_what_to_do_next(world: Guided, browser: Browser) -> None:
    page = text(browser.get(of(world, "document.list")))
    assert "Er ligt nog niets in dit dossier" in page
    assert of(world, "contact_report.write") in page


def _fill(world: Guided, count: int) -> None:
    as_actor()
    key = contents.dossier_key(world.dossier.pk)
    day, versions = TODAY, []
    filled = []
    for number in range(count):
        pk = uuid7()
        filled.append(
            Document(
                id=pk,
                dossier=world.dossier,
                kind="contact_report" if number % 2 else "file",
                category="work",
                title_cipher=small.seal(key, f"stuk {number}", f"document.title|{pk}"),
                why_cipher=small.seal(key, "omdat", f"document.why|{pk}"),
                author=world.guide,
                happened_on=day - timedelta(days=number // 3),
                recorded_at=timezone.now(),
            )
        )
        versions.append(pk)
    Document.objects.bulk_create(filled)
    from dossiers.models import DocumentVersion

    DocumentVersion.objects.bulk_create(
        DocumentVersion(
            document_id=pk, number=1, text_cipher=b"x", sha256=b"0" * 32, made_by=world.guide, made_at=timezone.now()
        )
        for pk in versions
    )


def test_a_thousand_rows_cost_as_many_queries_as_ten_and_every_one_is_reached_once(
    world: Guided, browser: Browser
) -> None:
    spent = []
    browser.get(of(world, "document.list"))  # what a process looks up once is not of this page
    for count in (10, 990):
        _fill(world, count)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(of(world, "document.list")).status_code == 200
        spent.append(len(queries))
    assert spent[0] == spent[1] <= 25
    url, seen = of(world, "document.list") + "?soort=stukken", []
    while url:
        page = text(browser.get(url))
        seen += re.findall(r"/dossiers/stukken/([0-9a-f-]{36})/\"", page)
        found = re.search(r'href="([^"]+)" rel="next"', page)
        url = found[1].replace("&amp;", "&") if found else ""
    wanted = Document.objects.filter(kind="file").order_by("-happened_on", "-id").values_list("pk", flat=True)
    assert seen == [str(pk) for pk in wanted]


def test_a_lead_sees_that_something_about_health_exists_and_neither_title_nor_content(world: Guided) -> None:
    talk = add_talk(world, "Zij kan niet lang staan.", health=True)
    lead = browser_for(world.lead)
    page = text(lead.get(of(world, "document.list")))
    assert "Gespreksverslag over gezondheid" in page
    for hidden in ("proefplaatsing", "lang staan", reverse("document.read", args=[talk.pk])):
        assert hidden not in page
    assert lead.get(reverse("document.read", args=[talk.pk])).status_code == 403
    assert "lang staan" in text(browser_for(world.guide).get(of(world, "document.list")))


# --- writing -----------------------------------------------------------------------------------------------------


def test_a_contact_report_is_kept_as_final_in_one_go(world: Guided, browser: Browser) -> None:
    answer = browser.post(of(world, "contact_report.write"), {**TALK, "do": "finish"}, follow=True)
    assert answer.redirect_chain[-1][0] == of(world, "document.list")
    assert "proefplaatsing kwekerij" in text(answer)
    document = Document.objects.get()
    assert (document.state, document.happened_on) == (DocumentState.FINAL, timezone.localdate())


def test_a_mistake_keeps_what_was_typed_and_says_so_at_the_field(world: Guided, browser: Browser) -> None:
    answer = browser.post(of(world, "contact_report.write"), {**TALK, "minutes_spent": "", "do": "finish"})
    assert answer.status_code == 422
    page = text(answer)
    assert "Mevrouw wil twee dagen per week beginnen." in page
    assert 'id="id_minutes_spent_error"' in page
    assert "<title>Fout:" in page
    assert not Document.objects.exists()


def test_a_draft_is_kept_gone_on_with_and_made_final(world: Guided, browser: Browser) -> None:
    answer = browser.post(of(world, "contact_report.write"), {**TALK, "do": "keep"})
    document = Document.objects.get()
    url = reverse("report.edit", args=[document.pk])
    assert answer.headers["Location"] == url
    assert "Concept, nog niet definitief" in text(browser.get(url))
    again = {**TALK, "text": "Nu compleet.", "version": "1"}
    assert browser.post(url, {**again, "do": "keep"}).status_code == 302
    read = reverse("document.read", args=[document.pk])
    assert "Concept, nog niet definitief" in text(browser.get(read))
    browser.post(url, {**again, "version": "2", "do": "finish"})
    page = text(browser.get(read))
    assert "Nu compleet." in page
    assert "Concept" not in page
    assert browser.get(url).headers["Location"] == read


@pytest.mark.parametrize("finished", [False, True])
def test_a_second_window_is_told_and_loses_nothing(world: Guided, browser: Browser, finished: bool) -> None:
    document = add_draft(world)
    first = reports.finalise if finished else reports.rewrite
    first(actor=world.actor(), document=document, seen=1, draft=draft_of("Venster een."), today=TODAY)
    typed = {
        "version": "1",
        "title": "Voortgang",
        "happened_on": "v",
        "category": "work",
        "text": "Venster twee.",
        "why": "nodig",
        "do": "keep",
    }
    answer = browser.post(reverse("report.edit", args=[document.pk]), typed)
    assert answer.status_code == 422
    page = text(answer)
    assert "Venster een." in page
    assert "Venster twee." in page
    if not finished:
        assert 'name="version" value="2"' in page
        assert browser.post(reverse("report.edit", args=[document.pk]), {**typed, "version": "2"}).status_code == 302


def test_dropping_a_draft_asks_first(world: Guided, browser: Browser) -> None:
    document = add_draft(world)
    url = reverse("report.drop", args=[document.pk])
    assert 'name="version" value="1"' in text(browser.get(url))
    assert Document.objects.get().state == DocumentState.DRAFT
    assert browser.post(url, {"version": "1"}).headers["Location"] == of(world, "document.list")
    assert Document.objects.get().state == DocumentState.DROPPED
    assert "Voortgang" not in text(browser.get(of(world, "document.list")))


# --- files -------------------------------------------------------------------------------------------------------


def macros() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr("word/document.xml", "<document/>")
        parts.writestr("word/vbaProject.bin", "macro")
    return packed.getvalue()


def test_a_file_comes_in_with_why_from_whom_and_what_about(world: Guided, browser: Browser) -> None:
    answer = browser.post(of(world, "document.add"), {**FILE, "file": pdf()}, follow=True)
    page = text(answer)
    assert "Belastbaarheidsprofiel" in page
    assert "van de opdrachtgever" in page
    document = Document.objects.get()
    assert b"".join(contents.chunks_of(document.versions.get())) == PDF


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (pdf("brief.exe", b"MZ"), "Dit soort bestand kunt u hier niet toevoegen."),
        (pdf("leeg.pdf", b""), "leeg"),
        (pdf("nep.pdf", b"<html>"), "inhoud"),
        (SimpleUploadedFile("macro.docx", macros()), "macro"),
        (None, "verplicht"),
    ],
)
def test_a_bad_file_is_refused_in_words_at_its_field_and_the_rest_is_kept(
    world: Guided, browser: Browser, upload: SimpleUploadedFile | None, words: str
) -> None:
    answer = browser.post(of(world, "document.add"), {**FILE, **({"file": upload} if upload else {})})
    assert answer.status_code == 422
    page = text(answer)
    error = re.search(r'id="id_file_error">.*?</p>', page, re.DOTALL)
    assert error
    assert words in error[0]
    assert "nodig om passend werk te zoeken" in page
    assert not Document.objects.exists()


def test_too_large_a_file_is_refused_in_words(world: Guided, browser: Browser, settings: pytest.FixtureRequest) -> None:
    settings.UPLOAD_MAX_BYTES = 1024 * 1024  # type: ignore[attr-defined]
    big = pdf(content=PDF + b"0" * 1024 * 1024)
    answer = browser.post(of(world, "document.add"), {**FILE, "file": big})
    assert answer.status_code == 422
    assert "1 MB" in text(answer)


def test_with_another_mistake_one_is_told_to_choose_the_file_again(world: Guided, browser: Browser) -> None:
    page = text(browser.post(of(world, "document.add"), {**FILE, "why": "", "file": pdf()}))
    assert "Kies het bestand opnieuw" in page
    assert not Document.objects.exists()


def test_a_download_is_whole_neutral_in_name_and_kept_nowhere(world: Guided, browser: Browser) -> None:
    document = add_pdf(world)
    with log_rows() as rows:
        answer = browser.get(reverse("document.download", args=[document.pk, 1]))
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{world.dossier.number}-stuk-1.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Length"] == str(len(PDF))
    assert [(act, outcome) for act, outcome, _subjects in rows] == [("document.read", "200")]


def test_a_correction_shows_both_versions_and_the_reason(world: Guided, browser: Browser) -> None:
    document = add_talk(world, "Drie dagen.")
    url = reverse("document.revise", args=[document.pk])
    assert "Drie dagen." in text(browser.get(url))
    asked = {"version": "1", "text": "Twee dagen.", "reason": "verkeerd gehoord"}
    assert browser.post(url, {**asked, "reason": ""}).status_code == 422
    page = text(browser.post(url, asked, follow=True))
    assert "Twee dagen." in page
    assert "verkeerd gehoord" in page
    read = reverse("document.read", args=[document.pk])
    old = text(browser.get(read, {"versie": "1"}))
    assert "Dit is een oudere versie" in old
    assert "Drie dagen." in old
    late = browser.post(url, {**asked, "text": "Vier dagen."})
    assert late.status_code == 422
    assert "Vier dagen." in text(late)
    assert browser.get(read, {"versie": "9"}).status_code == 404
    for nonsense in ("twee", "9" * 5000, "\x00"):
        assert "Twee dagen." in text(browser.get(read, {"versie": nonsense}))


# --- work notes --------------------------------------------------------------------------------------------------


def test_a_work_note_is_on_its_authors_screen_only(world: Guided, browser: Browser) -> None:
    browser.post(of(world, "work_note.list"), {"text": "Ik twijfel."}, follow=True)
    assert "Ik twijfel." in text(browser.get(of(world, "work_note.list")))
    assert "1 werkaantekening" in text(browser.get(of(world, "document.list")))
    lead = browser_for(world.lead)
    note = WorkNote.objects.get()
    for url in (of(world, "work_note.list"), of(world, "document.list")):
        assert "Ik twijfel." not in text(lead.get(url))
    assert "1 werkaantekening" not in text(lead.get(of(world, "document.list")))
    assert lead.get(reverse("work_note.drop", args=[note.pk])).status_code == 403
    assert lead.get(reverse("work_note.convert", args=[note.pk])).status_code == 403


def test_a_work_note_is_made_a_contact_report(world: Guided, browser: Browser) -> None:
    note = work_notes.write(actor=world.actor(), dossier=world.fresh(), text="Ik twijfel.", today=TODAY)
    url = reverse("work_note.convert", args=[note.pk])
    assert "Ik twijfel." in text(browser.get(url))
    page = text(browser.post(url, {**TALK, "do": "finish"}, follow=True))
    assert "proefplaatsing kwekerij" in page
    assert browser.get(url).status_code == 404


def test_what_is_still_to_do_stands_on_ones_own_list(world: Guided) -> None:
    draft = add_draft(world)
    note = work_notes.write(actor=world.actor(), dossier=world.fresh(), text="Ik twijfel.", today=TODAY)
    early, late = (worklist.mine(world.actor(), day) for day in (TODAY, note.expires_on))
    assert [row.url for row in early] == [reverse("report.edit", args=[draft.pk])]
    assert [row.work_by_on for row in late] == [None, note.expires_on]
    assert late[1].who == "De Jager, J."
    for other in (world.lead, world.stranger):
        assert worklist.mine(world.actor(other), note.expires_on) == []


# --- for others there is no such page ----------------------------------------------------------------------------

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


def test_a_stranger_and_nothing_at_all_are_answered_alike(world: Guided) -> None:
    document, draft = add_pdf(world), add_draft(world)
    note = work_notes.write(actor=world.actor(), dossier=world.fresh(), text="Ik twijfel.", today=TODAY)
    urls = [(of(world, name), reverse(name, args=[uuid.uuid4()])) for name in NAMES_OF_DOSSIER]
    urls += [(reverse(n, args=[document.pk]), reverse(n, args=[uuid.uuid4()])) for n in NAMES_OF_DOCUMENT]
    urls += [(reverse(n, args=[draft.pk]), reverse(n, args=[uuid.uuid4()])) for n in ("report.edit", "report.drop")]
    urls += [(reverse(n, args=[note.pk]), reverse(n, args=[uuid.uuid4()])) for n in NAMES_OF_NOTE]
    urls.append(
        (reverse("document.download", args=[document.pk, 1]), reverse("document.download", args=[uuid.uuid4(), 1]))
    )
    stranger = browser_for(world.stranger)
    for theirs, nobodys in urls:
        for send in (stranger.get, stranger.post):
            one, other = send(theirs), send(nobodys)
            assert one.status_code == other.status_code == 404
            assert TOKEN.sub(b"", one.content) == TOKEN.sub(b"", other.content)
    world.close()
    guide = browser_for(world.guide)
    assert {guide.get(theirs).status_code for theirs, _nobodys in urls} == {404}


NAMES_OF_DOSSIER = ("document.list", "contact_report.write", "report.write", "document.add", "work_note.list")
NAMES_OF_DOCUMENT = ("document.read", "document.revise")
NAMES_OF_NOTE = ("work_note.drop", "work_note.convert")


def test_a_draft_never_stands_among_the_final_versions(world: Guided, browser: Browser) -> None:
    document = add_draft(world, "Eerste opzet.")
    reports.finalise(actor=world.actor(), document=document, seen=1, draft=draft_of("Klaar."), today=TODAY)
    read = reverse("document.read", args=[document.pk])
    assert "Klaar." in text(browser.get(read))
    assert browser.get(read, {"versie": "1"}).status_code == 404
    assert documents.versions_of(document)[0].number == 2
    assert about(DocumentKind.REPORT).kind == document.kind
