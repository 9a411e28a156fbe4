"""Art. 5.2, 7.6, 9: what somebody with bad luck or bad intent may try on the screens of a dossier."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossiers import contents, documents, reports, timeline, work_notes, worklist
from dossiers.models import Document
from dossiers.models.document import DocumentKind
from tests.dossiers.guided import (
    Guided,
    add_draft,
    add_pdf,
    add_talk,
    draft_of,
    log_rows,
    make_guided,
    tie,
)
from tests.dossiers.test_screens import FILE, of, pdf, text
from tests.dossiers.test_screens import TALK as TYPED_TALK
from tests.people import TODAY, browser_for, make_staff
from werkcontact.access import Absent
from werkcontact.refused import Refused


@pytest.fixture
def world(db: None) -> Guided:
    return make_guided()


@pytest.fixture
def browser(world: Guided) -> Browser:
    return browser_for(world.guide)


def url_of(name: str, document: Document, *more: object) -> str:
    return reverse(name, args=[document.pk, *more])


REPORT = {"title": "Voortgang", "happened_on": "v", "category": "work", "text": "Mijn tekst.", "why": "nodig"}


# --- two windows, and somebody else at the same moment -----------------------------------------------------------


def test_a_dropped_draft_is_not_there_to_correct_either(world: Guided, browser: Browser) -> None:
    draft = add_draft(world)
    reports.drop(actor=world.actor(), document=draft, seen=1)
    for name in ("document.read", "document.revise", "report.edit", "report.drop"):
        assert browser.get(url_of(name, draft)).status_code == 404


def test_what_was_sent_and_what_is_a_draft_have_no_form_for_a_correction(world: Guided, browser: Browser) -> None:
    draft = add_draft(world)
    assert browser.get(url_of("document.revise", draft)).headers["Location"] == url_of("report.edit", draft)
    letter = add_pdf(world)
    Document.objects.filter(pk=letter.pk).update(kind=DocumentKind.LETTER)
    answer = browser.get(url_of("document.revise", letter))
    assert answer.status_code == 403
    assert "verstuurd of getekend" in text(answer)


def just_before(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, work: Callable[[], object]) -> None:
    """Let somebody else's work come in between, once, just before this function runs."""
    real = getattr(module, name)

    def late(*args: Any, **kwargs: Any) -> Any:
        monkeypatch.setattr(module, name, real)
        work()
        return real(*args, **kwargs)

    monkeypatch.setattr(module, name, late)


def test_who_is_overtaken_while_sending_sees_what_stands_there_now(
    world: Guided, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = add_draft(world)
    other = lambda: reports.rewrite(  # noqa: E731
        actor=world.actor(), document=draft, seen=1, draft=draft_of("Venster een."), today=TODAY
    )
    just_before(monkeypatch, reports, "rewrite", other)
    answer = browser.post(url_of("report.edit", draft), {**REPORT, "version": "1", "do": "keep"})
    assert answer.status_code == 422
    page = text(answer)
    assert "Mijn tekst." in page
    assert "Venster een." in page
    assert 'name="version" value="2"' in page


def test_who_is_overtaken_while_correcting_sees_the_newest_version(
    world: Guided, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = add_talk(world, "Drie dagen.")
    other = lambda: documents.revise(  # noqa: E731
        actor=world.actor(), document=talk, seen=1, content="Twee dagen.", reason="verkeerd gehoord"
    )
    just_before(monkeypatch, documents, "revise", other)
    answer = browser.post(
        url_of("document.revise", talk), {"version": "1", "text": "Vier dagen.", "reason": "echt waar"}
    )
    page = text(answer)
    assert "Vier dagen." in page
    assert "Twee dagen." in page
    assert 'name="version" value="2"' in page


def test_a_draft_that_changes_while_it_is_read_is_read_as_it_is_now(
    world: Guided, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("document.read", "report.edit"):
        draft = add_draft(world)
        other = lambda draft=draft: reports.rewrite(  # noqa: E731
            actor=world.actor(), document=draft, seen=1, draft=draft_of("Venster een."), today=TODAY
        )
        just_before(monkeypatch, contents, "text_of", other)
        assert "Venster een." in text(browser.get(url_of(name, draft)))


def test_what_became_final_meanwhile_is_corrected_and_not_kept_again(world: Guided, browser: Browser) -> None:
    draft = add_draft(world)
    reports.finalise(actor=world.actor(), document=draft, seen=1, draft=draft_of("Definitief."), today=TODAY)
    answer = browser.post(url_of("report.edit", draft), {**REPORT, "version": "1", "do": "keep"})
    page = text(answer)
    assert answer.status_code == 422
    assert "Mijn tekst." in page
    assert 'name="do"' not in page
    assert url_of("document.revise", draft) in page


def test_a_draft_that_changed_is_looked_at_before_it_is_dropped(world: Guided, browser: Browser) -> None:
    draft = add_draft(world)
    reports.rewrite(actor=world.actor(), document=draft, seen=1, draft=draft_of("Venster een."), today=TODAY)
    answer = browser.post(url_of("report.drop", draft), {"version": "1"}, follow=True)
    assert answer.redirect_chain[-1][0] == url_of("report.edit", draft)
    assert "Bekijk het" in text(answer)
    assert "Venster een." in text(answer)


def test_a_second_click_on_drop_says_that_the_note_is_gone(world: Guided, browser: Browser) -> None:
    note = work_notes.write(actor=world.actor(), dossier=world.fresh(), text="Ik twijfel.", today=TODAY)
    url = reverse("work_note.drop", args=[note.pk])
    assert [browser.post(url).headers.get("Location") for _click in range(2)] == [of(world, "work_note.list")] * 2


def test_a_note_that_ended_in_another_window_does_not_take_the_typed_report_with_it(
    world: Guided, browser: Browser
) -> None:
    note = work_notes.write(actor=world.actor(), dossier=world.fresh(), text="Ik twijfel.", today=TODAY)
    work_notes.drop(actor=world.actor(), note=note)
    answer = browser.post(reverse("work_note.convert", args=[note.pk]), TYPED_TALK)
    assert answer.status_code == 422
    assert "Mevrouw wil twee dagen per week beginnen." in text(answer)
    assert not Document.objects.exists()


# --- health ------------------------------------------------------------------------------------------------------


def test_a_purpose_that_was_not_stated_opens_nothing_about_health(world: Guided) -> None:
    add_talk(world, "Zij kan niet lang staan.", health=True)
    both = make_staff("lead", "requests")
    tie(both, world.involvement, "lead")
    page = text(browser_for(both).get(of(world, "document.list")))
    assert "Gespreksverslag over gezondheid" in page
    for hidden in ("lang staan", "proefplaatsing"):
        assert hidden not in page


def test_marked_meanwhile_as_health_it_is_not_changed_by_who_may_not_read_it(world: Guided) -> None:
    stale = Document.objects.select_related("dossier__involvement").get(pk=add_draft(world).pk)
    reports.rewrite(actor=world.actor(), document=stale, seen=1, draft=draft_of("Rug.", health=True), today=TODAY)
    for late in (reports.rewrite, reports.finalise):
        with pytest.raises(Refused, match=r"access\.refused"):
            late(actor=world.actor(world.lead), document=stale, seen=2, draft=draft_of(), today=TODAY)
    with pytest.raises(Refused, match=r"access\.refused"):
        reports.drop(actor=world.actor(world.lead), document=stale, seen=2)


def test_who_wrote_a_draft_about_health_and_may_not_read_it_can_drop_it(world: Guided) -> None:
    lead = world.actor(world.lead)
    draft = reports.write(actor=lead, dossier=world.fresh(), draft=draft_of("Rug.", health=True), today=TODAY)
    assert [row.url for row in worklist.mine(lead, TODAY)] == [url_of("report.drop", draft)]
    reports.drop(actor=lead, document=draft, seen=1)
    assert worklist.mine(lead, TODAY) == []


def test_the_title_in_a_browsers_history_does_not_tell_about_health(world: Guided, browser: Browser) -> None:
    document = add_pdf(world, health=True)
    page = text(browser.get(url_of("document.read", document)))
    title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    assert title
    assert "Belastbaarheidsprofiel" not in title[1]
    assert "Stuk over gezondheid" in title[1]
    assert "Belastbaarheidsprofiel" in page


def test_what_is_typed_about_a_client_is_not_kept_by_the_browser(world: Guided, browser: Browser) -> None:
    for name in ("contact_report.write", "report.write", "document.add"):
        page = text(browser.get(of(world, name)))
        fields = re.findall(r'<input type="text"[^>]*>', page)
        assert fields
        assert all('autocomplete="off"' in field for field in fields if 'type="search"' not in field)


# --- third parties (art. 7.6) and the log ------------------------------------------------------------------------


def test_a_third_party_is_shown_no_draft(world: Guided) -> None:
    draft, talk = add_draft(world), add_talk(world)
    third = world.actor(make_staff("auditor"))
    shown = timeline.timeline(third, world.fresh(), group="", after="", today=TODAY)
    assert [item.url for item in shown.items] == [url_of("document.read", talk)]
    assert next(choice.count for choice in shown.filter.choices) == 1
    assert timeline.count_of(third, world.involvement) == 1
    assert timeline.count_of(world.actor(), world.involvement) == 2

    with pytest.raises(Absent):
        documents.find_document(third, draft.pk)


def test_the_log_names_the_version_that_was_read_and_taken(world: Guided, browser: Browser) -> None:
    document = add_pdf(world)
    version = document.versions.get()
    for url in (url_of("document.read", document), url_of("document.download", document, 1)):
        with log_rows() as rows:
            browser.get(url)
        assert {str(document.pk), str(version.pk)} <= set(rows[-1][2])


def test_the_log_names_whatever_next_step_a_page_shows(world: Guided, browser: Browser) -> None:
    add_talk(world)
    for _nth in range(timeline.PAGE + 1):
        add_pdf(world)
    talk = Document.objects.get(kind=DocumentKind.CONTACT_REPORT)
    talk.contact_report.next_step_on = TODAY + timedelta(days=3650)
    talk.contact_report.save()
    with log_rows() as rows:
        page = text(browser.get(of(world, "document.list")))
    assert "proefplaatsing kwekerij" not in page
    assert url_of("document.read", talk) in page
    assert str(talk.pk) in rows[-1][2]


def kinds_of(browser: Browser, url: str) -> str:
    browser.get(url)
    with connection.cursor() as cursor:
        cursor.execute("select kind from access_log order by id desc limit 1")
        return str(cursor.fetchone()[0])


def test_looking_at_a_form_is_logged_as_reading(world: Guided, browser: Browser) -> None:
    draft, talk = add_draft(world), add_talk(world)
    urls = [of(world, name) for name in ("contact_report.write", "report.write", "document.add")]
    urls += [url_of("report.edit", draft), url_of("report.drop", draft), url_of("document.revise", talk)]
    assert {kinds_of(browser, url) for url in urls} == {"read"}


# --- whatever is sent --------------------------------------------------------------------------------------------

WILD = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["\x00", "9" * 5000, "9999-12-31.", "0001-01-01." + "f" * 32, "2026-11-24." + "١" * 32]),
    st.builds("{}.{}".format, st.dates(), st.uuids()),
)


def wild(function: Any) -> Any:
    mended = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    return mended(function)


@wild
@given(query=st.dictionaries(st.sampled_from(["soort", "na", "versie", "x"]), WILD))
def test_no_query_string_breaks_a_page(world: Guided, browser: Browser, query: dict[str, str]) -> None:
    talk = Document.objects.first() or add_talk(world)
    for url in (of(world, "document.list"), url_of("document.read", talk)):
        assert browser.get(url, query).status_code in {200, 404}


@wild
@given(data=st.data())
def test_no_form_breaks_whatever_is_typed(world: Guided, browser: Browser, data: st.DataObject) -> None:
    draft = Document.objects.filter(kind=DocumentKind.REPORT).first() or add_draft(world)
    note = work_notes.write(actor=world.actor(), dossier=world.fresh(), text="Ik twijfel.", today=TODAY)
    name = data.draw(st.sampled_from(["contact_report.write", "report.write", "document.add", "work_note.list"]))
    urls = [
        of(world, name),
        url_of("report.edit", draft),
        url_of("report.drop", draft),
        reverse("work_note.convert", args=[note.pk]),
    ]
    typed = {**TYPED_TALK, **FILE, **REPORT, "version": "1", "do": data.draw(st.sampled_from(["keep", "finish", "x"]))}
    spoiled = data.draw(st.dictionaries(st.sampled_from(sorted(typed)), WILD, max_size=3))
    assert browser.post(data.draw(st.sampled_from(urls)), typed | spoiled).status_code in {200, 302, 404, 422}


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "a\x00b.pdf", "é" * 300 + ".pdf", ".pdf", "x.PDF.exe", ""])
def test_a_files_name_is_not_kept_and_breaks_nothing(world: Guided, browser: Browser, name: str) -> None:
    answer = browser.post(of(world, "document.add"), {**FILE, "file": pdf(name)} if name else FILE)
    assert answer.status_code in {302, 422}
    for document in Document.objects.all():
        shown = browser.get(url_of("document.download", document, 1)).headers["Content-Disposition"]
        assert shown == f'attachment; filename="{world.dossier.number}-stuk-1.pdf"'


def test_a_head_request_gives_no_byte_and_is_logged(world: Guided, browser: Browser) -> None:
    document = add_pdf(world)
    with log_rows() as rows:
        answer = browser.head(url_of("document.download", document, 1))
    assert answer.status_code == 200
    assert b"".join(getattr(answer, "streaming_content", [])) == b""
    assert [(act, outcome) for act, outcome, _subjects in rows] == [("document.read", "200")]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_line_endings_of_a_browser_are_no_change_and_take_no_room(world: Guided, browser: Browser) -> None:
    talk = add_talk(world, "Een.\nTwee.")
    url = url_of("document.revise", talk)
    same = browser.post(url, {"version": "1", "text": "Een.\r\nTwee.", "reason": "daarom"})
    assert same.status_code == 422
    assert "hetzelfde" in text(same)
    longest = "x\r\n" * 19_999 + "xx"
    assert browser.post(url, {"version": "1", "text": longest, "reason": "daarom"}).status_code == 302


def test_a_text_without_spaces_does_not_fill_the_timeline(world: Guided, browser: Browser) -> None:
    add_talk(world, "x" * 40_000)
    assert "x" * 1000 not in text(browser.get(of(world, "document.list")))


def test_the_timeline_asks_little_of_the_database(world: Guided, browser: Browser) -> None:
    add_talk(world)
    add_pdf(world)
    browser.get(of(world, "document.list"))
    with CaptureQueriesContext(connection) as queries:
        browser.get(of(world, "document.list"))
    grants = [query for query in queries if 'FROM "clients_grant"' in query["sql"]]
    assert len(queries) - len(grants) + 1 <= 18  # the gate reads one's ties once, whoever asks


def test_a_file_that_has_to_be_chosen_again_says_so_whatever_was_wrong(world: Guided, browser: Browser) -> None:
    document = add_pdf(world)
    answer = browser.post(url_of("document.revise", document), {"version": "1", "reason": "daarom", "file": pdf()})
    page = text(answer)
    assert answer.status_code == 422
    assert "hetzelfde" in page
    assert "Kies het bestand opnieuw" in page
