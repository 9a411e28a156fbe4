"""Art. 5.2, AVG 9: what a document is about and its health mark can be put right; history keeps what was."""

from __future__ import annotations

import pytest
from django.db import connection
from django.urls import reverse

from dossiers import classifying, contents, documents
from dossiers.classifying import Marks
from dossiers.models import Document
from dossiers.models.document import DocumentKind, Sensitivity
from tests.dossiers.guided import Guided, add_draft, add_pdf, make_guided
from tests.dossiers.test_screens import text
from tests.people import browser_for
from werkcontact.access import Absent
from werkcontact.personal_data.categories import Category
from werkcontact.refused import Refused
from werkcontact.vault import texts

PLAIN = Marks(Category.WORK, "toch nodig voor werk", health=False)
HEALTH = Marks(Category.WORK, "nodig om passend werk te zoeken", health=True)


@pytest.fixture
def world(db: None) -> Guided:
    return make_guided()


def reread(document: Document) -> Document:
    return Document.objects.get(pk=document.pk)


def test_to_mark_as_health_is_free_and_history_keeps_what_was(world: Guided) -> None:
    document = add_pdf(world)
    classifying.classify(actor=world.actor(world.lead), document=document, marks=HEALTH)
    assert reread(document).sensitivity == Sensitivity.HEALTH
    was = Document.history.filter(id=document.pk).order_by("history_id").values_list("sensitivity", flat=True)
    assert list(was) == ["normal", "health"]
    with pytest.raises(Refused, match=r"access\.refused"):
        documents.find_document(world.actor(world.lead), document.pk)


def test_to_take_the_mark_away_needs_a_reason_that_the_log_names(world: Guided) -> None:
    document = add_pdf(world, health=True)
    with pytest.raises(Refused) as refused:
        classifying.classify(actor=world.actor(), document=document, marks=PLAIN, reason=" ")
    assert (refused.value.code, refused.value.field) == ("classifying.reason", "reason")
    assert reread(document).sensitivity == Sensitivity.HEALTH
    classifying.classify(actor=world.actor(), document=document, marks=PLAIN, reason="verkeerd aangekruist")
    now = reread(document)
    assert now.sensitivity == Sensitivity.NORMAL
    assert contents.why_of(now, contents.dossier_key(world.dossier.pk)) == "toch nodig voor werk"
    with connection.cursor() as cursor:
        cursor.execute("select act, reason_id from access_log order by id desc limit 1")
        act, reason = cursor.fetchone()
    assert (act, texts.read(reason)) == ("document.revise", "verkeerd aangekruist")


def test_who_may_not_read_it_does_not_take_the_mark_away(world: Guided) -> None:
    stale = Document.objects.select_related("dossier__involvement").get(pk=add_pdf(world).pk)
    classifying.classify(actor=world.actor(), document=stale, marks=HEALTH)
    with pytest.raises(Refused, match=r"access\.refused"):
        classifying.classify(actor=world.actor(world.lead), document=stale, marks=PLAIN, reason="vast niet")
    with pytest.raises(Absent):
        classifying.classify(actor=world.actor(world.stranger), document=stale, marks=PLAIN, reason="vast niet")


def test_the_category_health_is_health_whatever_the_mark_says(world: Guided) -> None:
    document = add_pdf(world)
    marks = Marks(Category.HEALTH, "nodig om passend werk te zoeken", health=False)
    assert classifying.classify(actor=world.actor(), document=document, marks=marks).sensitivity == Sensitivity.HEALTH


def test_drafts_letters_and_closed_dossiers_are_left_alone(world: Guided) -> None:
    draft, letter, last = add_draft(world), add_pdf(world), add_pdf(world)
    with pytest.raises(Refused, match=r"transitions\.not_from_here"):
        classifying.classify(actor=world.actor(), document=draft, marks=HEALTH)
    Document.objects.filter(pk=letter.pk).update(kind=DocumentKind.LETTER)
    with pytest.raises(Refused, match=r"documents\.as_sent"):
        classifying.classify(actor=world.actor(), document=letter, marks=HEALTH)
    assert last.dossier.involvement.ended_on is None
    world.close()
    with pytest.raises(Refused, match=r"documents\.closed"):
        classifying.classify(actor=world.actor(), document=last, marks=HEALTH)


def test_its_screen_keeps_what_was_typed_and_sends_a_lead_to_what_they_may_read(world: Guided) -> None:
    document = add_pdf(world, health=True)
    url = reverse("document.classify", args=[document.pk])
    guide, lead = browser_for(world.guide), browser_for(world.lead)
    assert url in text(guide.get(reverse("document.read", args=[document.pk])))
    asked = {"category": "work", "why": "anders gezegd", "reason": ""}
    answer = guide.post(url, asked)
    assert answer.status_code == 422
    assert "Vul in waarom dit niet over gezondheid gaat." in text(answer)
    assert "anders gezegd" in text(answer)
    assert lead.get(url).status_code == 403
    assert browser_for(world.stranger).get(url).status_code == 404
    read = reverse("document.read", args=[document.pk])
    assert guide.post(url, {**asked, "reason": "verkeerd aangekruist"}).headers["Location"] == read
    listed = reverse("document.list", args=[world.involvement.pk])
    assert lead.post(url, {**asked, "health": "on"}).headers["Location"] == listed
