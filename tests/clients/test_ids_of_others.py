"""Art. 9, 18: ids of others in addresses and forms of clients: nothing answers, and nothing is told of them."""

from __future__ import annotations

import re

import pytest

from clients.models import Assignment, Involvement
from tests.clients.rows import assign, make_principal, open_clients, person
from tests.clients.test_client_page import FIELDS, one
from tests.people import as_actor, browser_for, make_staff
from werkcontact.ids import uuid7

pytestmark = pytest.mark.django_db
ONE_METHOD = ("{}/", "{}/adres/")  # a page that is only read, and one that is only asked for


def test_art09_every_address_of_anothers_client_answers_as_one_that_does_not_exist() -> None:
    client, guide = one(secrecy=2), make_staff("caseworker")
    given = assign(client, make_staff("caseworker"))
    [mine] = open_clients(make_principal("Gemeente"), [person("Vries", 2)])
    own = assign(mine, guide)
    browsers = [browser_for(who) for who in (guide, make_staff("lead"), make_staff("archivist"), make_staff())]
    posts = {"purpose": "guidance", "until_on": "vandaag", "caseworker": str(guide.pk), "seen": "1", "at_once": "on"}
    for rest in ("{}/", "{}/wijzigen/", "{}/adres/", "{}/bsn/", "{}/toewijzen/", "toewijzingen/{}/beeindigen/"):
        theirs = given.pk if "toewijzingen" in rest else client.pk
        for browser in browsers:
            for ask in (browser.get, lambda where, browser=browser: browser.post(where, posts)):
                asked = [ask("/clienten/" + rest.format(pk)) for pk in (theirs, uuid7())]
                refused = 405 if rest in ONE_METHOD and (ask == browser.get) is (rest == "{}/adres/") else 404
                assert [answer.status_code for answer in asked] == [refused, refused], rest
                assert without_token(asked[0].content) == without_token(asked[1].content)
    assert browsers[0].post(f"/clienten/toewijzingen/{own.pk}/beeindigen/", posts).status_code == 403  # a guide's own
    assert browsers[0].post(f"/clienten/toewijzingen/{client.pk}/beeindigen/", posts).status_code == 404
    assert not Assignment.objects.exclude(until_on=None).exists()


def without_token(content: bytes) -> bytes:
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", content)


def test_nobody_is_assigned_who_was_not_offered() -> None:
    client, browser = one(), browser_for(make_staff("intake"))
    form = {"from_on": "vandaag", "reason": "regio", "client": str(client.pk)}
    for other in (make_staff(), make_staff("intake"), make_staff("lead")):
        for where in (f"/clienten/{client.pk}/toewijzen/", "/clienten/toewijzen/"):
            assert browser.post(where, {**form, "caseworker": str(other.pk)}).status_code == 422
    for forged in ("x", "\0", str(uuid7())):
        answer = browser.post(f"/clienten/{client.pk}/toewijzen/", {**form, "caseworker": forged, "reason": "\0"})
        assert answer.status_code == 422
    assert not Assignment.objects.exists()


def test_art18_one_person_at_two_principals_is_two_clients_and_neither_tells_of_the_other() -> None:
    guide = make_staff("caseworker")
    first = one()
    [second] = open_clients(make_principal("Gemeente"), [person("Jager", reference="GEM-9") | FIELDS])
    as_actor()
    Involvement.objects.filter(pk=second.pk).update(client=first.client)  # appointed staff said that they are one
    assign(first, guide)
    browser = browser_for(guide)
    seen = [
        browser.post("/clienten/zoeken/", {"q": "jager"}),
        browser.get("/clienten/"),
        browser.get(f"/clienten/{first.pk}/"),
    ]
    for answer in seen:
        assert not any(other in answer.content.decode() for other in ("Gemeente", str(second.pk), "GEM-9"))
    asked = browser.post("/clienten/zoeken/", {"q": "GEM-9"}).content.decode()
    assert not any(other in asked for other in ("Gemeente", str(second.pk)))
    assign(second, guide)
    found = browser.post("/clienten/zoeken/", {"q": "jager"}).content.decode()
    assert str(first.pk) in found
    assert str(second.pk) in found
    assert "Gemeente" not in browser.get(f"/clienten/{first.pk}/").content.decode()
