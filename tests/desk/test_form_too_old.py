"""Art. 16: no page stays in the browser, and so a form that was open too long is kept here, for its writer."""

from __future__ import annotations

import re

import pytest
from django.test import Client as Browser

from tests.people import browser_for, make_staff

pytestmark = pytest.mark.django_db
FORM = "/mijn-gegevens/"
HERE = {"origin": "http://testserver"}


@pytest.fixture
def browser() -> Browser:
    """Somebody who is signed in, in a browser whose form tokens are looked at."""
    signed_in = browser_for(make_staff("caseworker"))
    strict = Browser(enforce_csrf_checks=True)
    strict.cookies = signed_in.cookies
    return strict


@pytest.mark.parametrize("path", ["/", FORM, "/clienten/", "/reglement/", "/geen-pagina/"])
def test_no_page_of_somebody_who_is_signed_in_stays_behind(browser: Browser, path: str) -> None:
    assert browser.get(path).headers["Cache-Control"] == "no-store, private"


def test_what_was_typed_in_a_form_that_was_open_too_long_is_offered_again(browser: Browser) -> None:
    browser.get(FORM)
    answer = browser.post(FORM, {"theme": "dark", "csrfmiddlewaretoken": "x" * 64}, headers=HERE)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Dit is bewaard" in page
    assert "dark" not in str(dict(browser.session.items())), "sealed while it waits"
    offered = browser.get("/inloggen/verder/")
    assert f'href="{offered.request["PATH_INFO"]}"' in page
    assert offered.context["kept"].fields == (("theme", "dark"),)
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', offered.content.decode())
    assert token is not None
    sent = browser.post(FORM, {"theme": "dark", "csrfmiddlewaretoken": token[1]}, headers=HERE)
    assert sent.status_code == 302


@pytest.mark.parametrize("headers", [{"origin": "https://elders.example"}, {"origin": "null"}, {}])
def test_a_form_of_another_site_is_not_offered(browser: Browser, headers: dict[str, str]) -> None:
    answer = browser.post(FORM, {"theme": "dark"}, headers=headers)
    assert answer.status_code == 403
    assert "Dit is niet bewaard" in answer.content.decode()
    assert browser.get("/inloggen/verder/").status_code == 302


def test_a_stranger_and_a_password_are_never_kept(browser: Browser) -> None:
    stranger = Browser(enforce_csrf_checks=True).post(FORM, {"theme": "dark"}, headers=HERE)
    password = browser.post("/inloggen/password/change/", {"oldpassword": "geheim"}, headers=HERE)
    for answer in (stranger, password):
        assert answer.status_code == 403
        assert "Dit is niet bewaard" in answer.content.decode()
    assert browser.get("/inloggen/verder/").status_code == 302
