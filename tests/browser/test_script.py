"""The one small script: keys outside fields, focus on what is wrong, nothing kept in the browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

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


TWICE = """<form id="form" method="post" action="/gesprek"><input name="text" value="x">
<button id="keep" name="do" value="keep">k</button><button id="finish" name="do" value="finish">f</button></form>"""


def posts(page: Page) -> list[str]:
    """What is posted from here on; no page comes back, as on a slow line."""
    sent: list[str] = []

    def answer(route: Route) -> None:
        sent.append(route.request.post_data or "")
        route.fulfill(status=204)

    page.route("**/gesprek", answer)
    return sent


def test_a_form_is_sent_once_with_the_button_that_was_pressed(browser_page: Page) -> None:
    page = opened(browser_page, TWICE)
    sent = posts(page)
    page.evaluate("() => { finish.click(); setTimeout(() => { finish.click(); keep.click(); form.requestSubmit(); }) }")
    page.wait_for_timeout(300)
    assert sent == ["text=x&do=finish"]
    assert page.evaluate("[keep.disabled, finish.disabled]") == [True, True]


def test_a_page_that_is_come_back_to_can_be_sent_again(browser_page: Page) -> None:
    page = opened(browser_page, TWICE)
    posts(page)
    page.evaluate("finish.click()")
    page.wait_for_function("finish.disabled")
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    assert page.evaluate("[keep.disabled, finish.disabled]") == [False, False]


def test_a_form_that_was_not_sent_keeps_its_button(browser_page: Page) -> None:
    page = opened(browser_page, TWICE)
    page.evaluate("form.addEventListener('submit', (event) => event.preventDefault())")
    page.evaluate("finish.click()")
    page.wait_for_timeout(50)
    assert page.evaluate("finish.disabled") is False


def test_a_search_can_be_asked_again(browser_page: Page) -> None:
    page = opened(browser_page, TWICE.replace('method="post"', 'method="get" target="elsewhere"'))
    page.evaluate("finish.click()")
    page.wait_for_timeout(50)
    assert page.evaluate("finish.disabled") is False


def test_nothing_stays_in_the_browser(browser_page: Page) -> None:
    page = opened(browser_page)
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0
