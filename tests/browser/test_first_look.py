"""The house answers in a real browser: signed out, signed in, and absent."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.conftest import Walker
from tests.people import make_staff


def test_home_is_for_who_is_signed_in(nobody: Walker) -> None:
    page = nobody.go("/")
    assert "/inloggen/" in page.url
    nobody.look("00-inloggen", narrow=True)


def test_home(as_: Callable[..., Walker]) -> None:
    walker = as_(make_staff("caseworker", name="N. Visser"))
    walker.go("/")
    walker.reads("Vandaag")
    walker.look("01-vandaag-leeg", narrow=True)


def test_what_does_not_exist_says_so(as_: Callable[..., Walker]) -> None:
    walker = as_(make_staff("caseworker"))
    walker.go("/bestaat-niet")
    walker.look("10-404", narrow=True)
