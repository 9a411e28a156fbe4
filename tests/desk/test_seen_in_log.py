"""Art. 9: lists of work leave in the access log whom they showed: the rows of this page, and no others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from clients.models import Notice
from dossiers.models import Document, WorkNote
from requests_app.models import RequestAsk
from tests.dossiers.guided import log_rows
from tests.people import as_actor, browser_for
from tests.requests_app.making import (
    Office,
    fill_dossier,
    in_hand,
    make_office,
    register_person,
    register_request,
)
from werkcontact.desk import home
from werkcontact.staff.models import Staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office(timezone.now() - timedelta(minutes=1))


def seen_by(staff: Staff, path: str = "/") -> set[str]:
    browser = browser_for(staff)
    with log_rows() as rows:
        assert browser.get(path).status_code == 200
    ((_act, _outcome, subjects),) = rows
    return set(subjects)


def test_home_logs_the_clients_and_notices_of_its_rows(office: Office) -> None:
    involvement = register_person(office)
    notice = Notice.objects.get(involvement=involvement)
    assert {str(involvement.pk), str(notice.pk)} <= seen_by(office.caseworker)


def test_home_logs_the_drafts_and_the_ending_notes_of_its_rows(office: Office) -> None:
    involvement = register_person(office)
    fill_dossier(office, involvement)
    as_actor()
    draft, note = Document.objects.filter(kind="report").first(), WorkNote.objects.get()
    assert draft is not None
    Document.objects.filter(pk=draft.pk).update(state="draft")
    WorkNote.objects.update(expires_on=office.today)
    assert {str(draft.pk), str(note.pk)} <= seen_by(office.caseworker)


def test_home_logs_the_requests_of_its_rows(office: Office) -> None:
    involvement = register_person(office)
    fill_dossier(office, involvement)
    free, held = register_request(office), in_hand(office, [involvement.pk])
    assert {str(free.pk), str(held.pk)} <= seen_by(office.handler)
    assert str(held.pk) in seen_by(office.caseworker), "their own work note is asked about there"


def test_a_page_of_home_logs_no_rows_of_another_page(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    register_person(office)
    monkeypatch.setattr(home, "PAGE", 1)
    first, second = (seen_by(office.caseworker, f"/?soort={kind}") for kind in ("assignment", "notice"))
    notice = str(Notice.objects.get().pk)
    assert notice not in first
    assert notice in second
    free, other = register_request(office), register_request(office)
    pages = [seen_by(office.handler, f"/?pagina={number}") for number in (1, 2)]
    assert sorted(len(page & {str(free.pk), str(other.pk)}) for page in pages) == [1, 1]


def test_the_desk_of_the_directie_logs_what_is_late_and_links_to_late_requests(office: Office) -> None:
    involvement = register_person(office)
    late = register_request(office)
    as_actor()
    long_ago = office.today - timedelta(days=3)
    Notice.objects.update(work_by_on=long_ago, due_on=long_ago)
    RequestAsk.objects.update(work_by_on=long_ago, binding_on=long_ago)
    notice = Notice.objects.get()
    assert {str(late.pk), str(involvement.pk), str(notice.pk)} <= seen_by(office.director, "/beheer/")
    browser = browser_for(office.director)
    page = browser.get("/beheer/").content.decode()
    link = f"/verzoeken/{late.pk}/"
    assert f'href="{link}"' in page
    assert browser.get(link).status_code == 200
