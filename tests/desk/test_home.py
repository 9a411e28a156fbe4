"""Art. 2: Vandaag: everything that somebody must do, in one list, nearest date first, late in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from tests.people import browser_for, make_staff
from werkcontact.access.actor import AMSTERDAM
from werkcontact.desk import home, worklists
from werkcontact.desk.worklists import when
from werkcontact.ui.components import Part
from werkcontact.ui.work import Work

Open = Callable[[Sequence[Work]], None]


def today() -> Any:
    return timezone.now().astimezone(AMSTERDAM).date()


def work(days: int | None, title: str = "Werk", *, kind: str = "notice", binding: int | None = None) -> Work:
    """Something to be done by so many days from today, or on no date."""
    day = None if days is None else today() + timedelta(days=days)
    return Work(
        kind=kind,
        label={"notice": "Kennisgevingen", "request": "Verzoeken"}[kind],
        icon="mail",
        title=title,
        url="/",
        work_by_on=day,
        who="Jager, J.",
        binding_on=None if binding is None else today() + timedelta(days=binding),
    )


@pytest.fixture
def open_work(monkeypatch: pytest.MonkeyPatch) -> Open:
    """Say which work there is; in two modules, of which each gives half."""

    def give(works: Sequence[Work]) -> None:
        modules = tuple(SimpleNamespace(mine=lambda _a, _t, part=part: list(works[part::2])) for part in (0, 1))
        monkeypatch.setattr(worklists, "MODULES", modules)

    return give


@pytest.fixture
def browser(db: None) -> Browser:
    return browser_for(make_staff("requests"))


def titles(html: str) -> list[str]:
    return re.findall(r'wc-row__title" href="[^"]*">([^<]*)<', html)


def page(browser: Browser, query: str = "") -> str:
    response = browser.get(f"/{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_the_nearest_date_stands_first_and_what_has_no_date_last(browser: Browser, open_work: Open) -> None:
    open_work([work(30, "C"), work(-4, "A"), work(None, "D"), work(0, "B")])
    assert titles(page(browser)) == ["A", "B", "C", "D"]


def test_late_is_said_in_words_and_marked(browser: Browser, open_work: Open) -> None:
    open_work([work(-4)])
    html = page(browser)
    assert "4 dagen te laat" in html
    assert "wc-row--late" in html
    assert re.search(r"Te laat <span class=\"wc-count wc-count--late\">1<", html)


def test_between_the_work_by_date_and_the_last_day_it_is_not_called_late(browser: Browser, open_work: Open) -> None:
    open_work([work(-1, binding=1)])
    html = page(browser)
    assert "te laat</span>" not in html.replace("<span>te laat</span>", "", 1)  # the total above keeps its label
    assert "uiterlijk" in html
    assert "wc-row--late" not in html
    open_work([work(-2, binding=-1)])
    assert "1 dag te laat" in page(browser)


def test_a_row_does_not_say_its_kind_a_second_time(browser: Browser, open_work: Open) -> None:
    told = replace(work(3), meta=(Part("geregistreerd op 2 november 2026"),))
    open_work([told])
    lines = re.findall(r'<div class="wc-meta">(.*?)</div>', page(browser), re.DOTALL)
    assert any("geregistreerd" in line and "wc-icon" in line for line in lines)
    assert not any("Kennisgevingen" in line for line in lines)


def test_what_has_no_date_says_so(browser: Browser, open_work: Open) -> None:
    open_work([work(None)])
    assert "geen datum" in page(browser)
    open_work([work(3)])
    assert "geen datum" not in page(browser)


def test_the_list_narrows_by_kind_and_by_date_from_the_url(browser: Browser, open_work: Open) -> None:
    open_work([work(-4, "A"), work(-1, "B", kind="request"), work(40, "C"), work(41, "D", kind="request")])
    assert titles(page(browser, "?soort=request")) == ["B", "D"]
    assert titles(page(browser, "?wanneer=te-laat")) == ["A", "B"]
    assert titles(page(browser, "?wanneer=later&soort=request")) == ["D"]
    html = page(browser, "?wanneer=vandaag")
    assert titles(html) == []
    assert "Niets in deze keuze" in html


def test_the_list_comes_in_pages_that_together_hold_everything(browser: Browser, open_work: Open) -> None:
    open_work([work(number, f"{number}") for number in range(home.PAGE * 2 + 3)])
    seen, query = [], ""
    for _number in range(3):
        html = page(browser, query)
        seen += titles(html)
        following = re.search(r'href="(\?[^"]*)" rel="next"', html)
        query = following[1].replace("&amp;", "&") if following else ""
    assert seen == [f"{number}" for number in range(home.PAGE * 2 + 3)]
    assert query == ""


@pytest.mark.parametrize("query", ["?pagina=0", "?pagina=-1", "?pagina=²", "?pagina=x", "?pagina=999999", "?soort=x"])
def test_a_strange_url_gives_a_page_and_no_error(browser: Browser, open_work: Open, query: str) -> None:
    open_work([work(1)])
    page(browser, query)


def test_an_empty_list_says_what_will_appear_and_what_to_do(browser: Browser, open_work: Open) -> None:
    open_work([])
    html = page(browser)
    assert "Er wacht niets op u" in html
    assert "wc-totals" not in html


def test_the_menu_elsewhere_shows_what_was_last_counted_here(browser: Browser, open_work: Open) -> None:
    open_work([work(-1), work(2), work(3, kind="request")])
    page(browser)
    html = browser.get("/toetsen/").content.decode()
    assert "3<span" in html
    assert "waarvan 1 te laat" in html


def test_the_number_of_queries_does_not_depend_on_the_rows(
    browser: Browser, open_work: Open, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    counts = []
    for number in (10, 1000):
        open_work([work(each) for each in range(number)])
        page(browser)  # the session takes the counts
        with django_assert_max_num_queries(20) as asked:
            page(browser)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_week_ends_on_sunday() -> None:
    monday = today() - timedelta(days=today().weekday())
    on = {days: when(work((monday - today()).days + days), monday) for days in (-1, 0, 1, 6, 7)}
    assert on == {-1: "late", 0: "today", 1: "week", 6: "week", 7: "later"}
