"""Art. 5.2: a form that is posted twice makes one thing, and what was changed in between is not lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse

from dossiers.models import Document, WorkNote
from dossiers.opening import open_dossiers
from tests.dossiers.guided import PDF, Guided, make_guided, make_involvement, tie
from tests.dossiers.test_screens import FILE, TALK
from tests.people import TODAY, browser_for

REPORT = {"title": "Voortgang", "happened_on": "v", "category": "work", "text": "Gaat goed.", "why": "voor begeleiding"}
FORMS: list[tuple[str, dict[str, str], type[Document | WorkNote]]] = [
    ("contact_report.write", {**TALK, "do": "finish"}, Document),
    ("contact_report.write", {**TALK, "do": "keep"}, Document),
    ("report.write", REPORT, Document),
    ("document.add", FILE, Document),
    ("work_note.list", {"text": "Even nabellen."}, WorkNote),
]


@pytest.fixture
def world(db: None) -> Guided:
    return make_guided()


@pytest.fixture
def browser(world: Guided) -> Browser:
    return browser_for(world.guide)


def new_id(page: str) -> str:
    found = re.search(r'name="new_id" value="([0-9a-f-]{36})"', page)
    assert found is not None
    return found[1]


def with_file(name: str, fields: dict[str, str], content: bytes = PDF) -> dict[str, Any]:
    if name != "document.add":
        return {**fields}
    return {**fields, "file": SimpleUploadedFile("profiel.pdf", content, content_type="application/pdf")}


@pytest.mark.parametrize(("name", "fields", "model"), FORMS)
def test_a_second_post_of_the_same_form_gives_what_the_first_made(
    world: Guided, browser: Browser, name: str, fields: dict[str, str], model: type[Document | WorkNote]
) -> None:
    url = reverse(name, args=[world.involvement.pk])
    fields = {**fields, "new_id": new_id(browser.get(url).content.decode())}
    first, second = (browser.post(url, with_file(name, fields)) for _number in range(2))
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert [str(pk) for pk in model.objects.values_list("pk", flat=True)] == [fields["new_id"]]


@pytest.mark.parametrize(("name", "fields", "model"), FORMS)
def test_what_was_changed_after_going_back_is_asked_about_and_kept_beside_it_when_sent_again(
    world: Guided, browser: Browser, name: str, fields: dict[str, str], model: type[Document | WorkNote]
) -> None:
    url = reverse(name, args=[world.involvement.pk])
    fields = {**fields, "new_id": new_id(browser.get(url).content.decode())}
    browser.post(url, with_file(name, fields))
    changed = fields | ({"title": "Iets anders"} if name == "document.add" else {"text": "Iets anders."})
    asked = browser.post(url, with_file(name, changed))
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "Iets anders" in page
    assert "al iets anders bewaard" in page
    assert model.objects.count() == 1
    assert new_id(page) != fields["new_id"]
    assert browser.post(url, with_file(name, changed | {"new_id": new_id(page)})).status_code == 302
    assert model.objects.count() == 2


def test_another_file_under_the_same_id_is_asked_about_too(world: Guided, browser: Browser) -> None:
    url = reverse("document.add", args=[world.involvement.pk])
    fields = {**FILE, "new_id": new_id(browser.get(url).content.decode())}
    assert browser.post(url, with_file("document.add", fields)).status_code == 302
    assert browser.post(url, with_file("document.add", fields, PDF + b"%\n")).status_code == 422


@pytest.mark.parametrize(("name", "fields", "model"), FORMS)
def test_an_id_of_another_dossier_or_person_makes_nothing_and_no_error(
    world: Guided, browser: Browser, name: str, fields: dict[str, str], model: type[Document | WorkNote]
) -> None:
    other = make_involvement()
    tie(world.guide, other, "assigned")
    tie(world.stranger, world.involvement, "assigned")
    open_dossiers([other.pk], TODAY)
    here, there = (reverse(name, args=[pk]) for pk in (world.involvement.pk, other.pk))
    fields = {**fields, "new_id": new_id(browser.get(here).content.decode())}
    assert browser.post(here, with_file(name, fields)).status_code == 302
    assert browser.post(there, with_file(name, fields)).status_code == 422
    assert browser_for(world.stranger).post(here, with_file(name, fields)).status_code == 422
    assert browser.post(here, with_file(name, {**fields, "new_id": "geen id"})).status_code == 422
    assert model.objects.count() == 1
