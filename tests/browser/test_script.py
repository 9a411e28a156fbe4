"""The one small script: keys outside fields, focus on what is wrong, nothing kept in the browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

STATIC = Path(settings.BASE_DIR) / "static"
PAGE = """<html><body{}><a id="new" data-key="n" href="#new-report">n</a><a id="keys" data-key="?" href="#keys">?</a>
<input id="search" data-key="/"><textarea id="text"></textarea><input id="box" type="checkbox">{}</body></html>"""
ERRORS = '<div id="errors" tabindex="-1" data-focus>Fout</div>'


@pytest.fixture
def browser_page(chromium: Browser) -> Iterator[Page]:
    """A page of nobody's, served from nowhere, with htmx and our script as they are."""
    page = chromium.new_page()
    page.route("**/*", lambda route: route.fulfill(body="", content_type="text/html"))
    yield page
    page.close()


def opened(page: Page, extra: str = "", attributes: str = "") -> Page:
    page.goto("http://werkcontact.example/clienten?q=jansen")
    page.set_content(PAGE.format(attributes, extra))
    for script in ("vendor/htmx.min.js", "app.js"):
        page.add_script_tag(content=(STATIC / script).read_text())
    return page


@pytest.mark.parametrize(("key", "fragment"), [("n", "#new-report"), ("?", "#keys")])
def test_a_key_follows_its_link(browser_page: Page, key: str, fragment: str) -> None:
    page = opened(browser_page)
    page.keyboard.press(key)
    assert page.url.endswith(fragment)


def test_the_slash_goes_to_the_search_and_is_not_typed_there(browser_page: Page) -> None:
    page = opened(browser_page)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    assert page.input_value("#search") == ""


@pytest.mark.parametrize("field", ["#search", "#text"])
def test_keys_are_letters_in_a_field(browser_page: Page, field: str) -> None:
    page = opened(browser_page)
    page.focus(field)
    page.keyboard.type("n?/")
    assert page.input_value(field) == "n?/"
    assert "#" not in page.url


def test_a_chord_is_the_browsers_own(browser_page: Page) -> None:
    page = opened(browser_page)
    page.keyboard.press("Control+n")
    assert "#" not in page.url


def test_keys_can_be_off(browser_page: Page) -> None:
    page = opened(browser_page, attributes=' data-shortcuts="off"')
    page.keyboard.press("n")
    assert "#" not in page.url


def test_the_list_of_mistakes_has_the_focus(browser_page: Page) -> None:
    assert opened(browser_page, ERRORS).evaluate("document.activeElement.id") == "errors"


def test_nothing_stays_in_the_browser(browser_page: Page) -> None:
    page = opened(browser_page)
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0
