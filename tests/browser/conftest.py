"""A real browser on a real server: one Chromium a session, one database a module, one signed-in state a person.

Screenshots go to build/screens, one a page. The server's threads and this test share the databases of this process;
background work is the job's own function, called in process, so that nothing has to be waited for.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from tests.people import browser_for
from tests.servers import fresh_databases
from tools.chromium import find
from werkcontact.staff.models import Staff

ROOT = Path(__file__).resolve().parent.parent.parent
SCREENS = ROOT / "build" / "screens"
FAILURES = ROOT / "build" / "failures"
AXE = (ROOT / "tests/browser/vendor/axe.min.js").read_text(encoding="utf-8")
CHROMIUM = find() or ""
WIDTH, NARROW = 1280, 320

# The sync API runs an event loop in this thread, and Django then takes every query for one made inside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs Chromium; without one skip with that reason, or fail where it must be there."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM and not os.environ.get("WC_REQUIRE_BROWSER"):
                item.add_marker(pytest.mark.skip(reason="there is no Chromium on this machine"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for the session."""
    if not CHROMIUM:
        pytest.fail("Chromium is required here (CI) and is not there.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[LiveServer]:
    """A server on fresh databases that all tests of this module share."""
    from django.db import connections

    with django_db_blocker.unblock():
        server = LiveServer("localhost")
        yield server
        server.stop()
        for connection in connections.all():
            connection.close()
        fresh_databases()


class Walker:
    """Somebody at the keyboard: a signed-in page, and what a test asks of it."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.base = base

    def go(self, path: str) -> Page:
        """Open a page of the house."""
        self.page.goto(self.base + path)
        return self.page

    def press(self, name: str) -> None:
        """Press the button, or follow the link, of this name."""
        found = self.page.get_by_role("button", name=name, exact=True)
        if not found.count():
            found = self.page.get_by_role("link", name=name, exact=True)
        found.first.click()

    def reads(self, text: str) -> None:
        """The page says this."""
        from playwright.sync_api import expect

        expect(self.page.locator("body")).to_contain_text(text)

    def look(self, name: str, *, narrow: bool = False) -> None:
        """Keep a screenshot, and hold the page to WCAG 2.2 AA."""
        SCREENS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENS / f"{name}.png", full_page=True)
        assert self.faults() == []
        if narrow:
            self.page.set_viewport_size({"width": NARROW, "height": 900})
            self.page.screenshot(path=SCREENS / f"{name}-320.png", full_page=True)
            assert self.page.evaluate("document.documentElement.scrollWidth") <= NARROW
            self.page.set_viewport_size({"width": WIDTH, "height": 900})

    def faults(self) -> list[str]:
        """Return what axe finds against WCAG 2.2 AA and its best practices."""
        self.page.evaluate(AXE)  # script tags are stopped by the CSP
        found: dict[str, Any] = self.page.evaluate(
            "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
        )
        return [f"{fault['id']}: {node['html'][:200]}" for fault in found["violations"] for node in fault["nodes"]]


@pytest.fixture(scope="module")
def states() -> dict[str, str]:
    """The session cookie of each person, made once a module."""
    return {}


@pytest.fixture
def as_(chromium: Browser, house: LiveServer, states: dict[str, str]) -> Iterator[Callable[[Staff], Walker]]:
    """Return a function that seats somebody at a browser, signed in with both factors."""
    contexts: list[BrowserContext] = []

    def seat(staff: Staff) -> Walker:
        from django.conf import settings

        if staff.email not in states:
            states[staff.email] = browser_for(staff).cookies[settings.SESSION_COOKIE_NAME].value
        context = _context(chromium)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": states[staff.email], "url": house.url}])
        contexts.append(context)
        return Walker(context.new_page(), house.url)

    yield seat
    for context in contexts:
        context.close()


@pytest.fixture
def nobody(chromium: Browser, house: LiveServer) -> Iterator[Walker]:
    """Somebody who is not signed in."""
    context = _context(chromium)
    yield Walker(context.new_page(), house.url)
    context.close()


def _context(chromium: Browser) -> BrowserContext:
    context = chromium.new_context(
        viewport={"width": WIDTH, "height": 900}, locale="nl-NL", timezone_id="Europe/Amsterdam"
    )
    context.set_default_timeout(8000)
    return context


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep a picture of each open page of a browser test that failed."""
    report = yield
    if report.when == "call" and report.failed:
        browser = getattr(item, "funcargs", {}).get("chromium")
        FAILURES.mkdir(parents=True, exist_ok=True)
        for number, context in enumerate(browser.contexts if browser else []):
            for page in context.pages:
                stamp = f"{item.name}-{number}-{datetime.now():%H%M%S}"  # noqa: DTZ005
                page.screenshot(path=FAILURES / f"{stamp}.png", full_page=True)
    return report
