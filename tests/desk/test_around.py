"""Art. 9, 16, 19: what stands around each page: only where one may go; the reglement; what a print is for."""

from __future__ import annotations

import re

import pytest

from tests.people import browser_for, make_staff
from werkcontact.access import Actor
from werkcontact.desk.links import may_open
from werkcontact.desk.markdown import html
from werkcontact.rulebook.current import rulebook_on

ROLES = ("caseworker", "intake", "requests", "archivist", "officer", "directie", "technical", "lead")


def menu(page: str) -> list[str]:
    found = re.search(r'<nav class="wc-nav".*?</nav>', page, re.DOTALL)
    return re.findall(r'href="([^"]+)"', found[0]) if found else []


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_every_link_of_the_menu_opens(role: str) -> None:
    browser = browser_for(make_staff(role))
    links = menu(browser.get("/").content.decode())
    assert links[0] == "/"
    for link in links:
        assert browser.get(link).status_code == 200, link


@pytest.mark.django_db
def test_management_is_only_in_the_menu_of_who_may_open_it() -> None:
    shown = {role: "/beheer/" in menu(browser_for(make_staff(role)).get("/").content.decode()) for role in ROLES}
    assert {role for role, seen in shown.items() if seen} == {"archivist", "officer", "directie", "technical"}


def test_a_list_of_clients_opens_for_those_whose_column_has_an_answer() -> None:
    def actor(*roles: str, declared: bool = True) -> Actor:
        return Actor(id=None, at=None, roles=frozenset(roles), declared=declared)  # type: ignore[arg-type]

    assert may_open(actor("caseworker"), "client.list")
    assert may_open(actor("officer"), "client.list")
    assert not may_open(actor("technical"), "client.list")
    assert not may_open(actor(), "client.list")
    assert not may_open(actor("caseworker", declared=False), "client.list")


@pytest.mark.django_db
def test_one_page_of_the_menu_is_the_current_one() -> None:
    browser = browser_for(make_staff("directie"))
    for path in ("/", "/beheer/"):
        page = browser.get(path).content.decode()
        assert re.findall(r'href="([^"]+)" aria-current="page"', page) == [path]


@pytest.mark.django_db
def test_a_print_says_who_when_what_for_and_by_which_rulebook() -> None:
    page = browser_for(make_staff("caseworker", name="N. Visser")).get("/").content.decode()
    line = re.search(r'wc-printline">([^<]*)<', page)
    assert line is not None
    assert "N. Visser" in line[1]
    assert "doel: Begeleiding van deze cliënt" in line[1]
    assert "Reglement, versie december 2017" in page
    assert re.search(r"Inloggen verloopt om \d\d:\d\d", page)


# --- the reglement ---------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_everybody_in_the_house_reads_the_whole_rulebook() -> None:
    page = browser_for(make_staff("technical")).get("/reglement/").content.decode()
    articles = re.findall(r"<h3[^>]*>Artikel (\d+)\.", page)
    assert articles == [str(number) for number in range(1, 20)]
    assert '<li value="5">Het verstrekken van gegevens' in page, "art. 7 goes from 2 to 5, and keeps its numbers"
    assert '<ol type="a"><li value="1">de geregistreerde dit al weet' in page, "art. 11 has its letters"
    assert "**" not in page
    assert "<caption>Overzicht wijzigingen</caption>" in page


@pytest.mark.django_db
def test_no_word_of_the_rulebook_is_lost_on_its_page() -> None:
    from tests.people import TODAY

    text = rulebook_on(TODAY).text
    source = re.sub(r"</?b>|\*\*|^#+|^ *(- [a-z]\.|-|[0-9]+\.) ", " ", text, flags=re.MULTILINE).split()
    shown = re.sub(r"<[^>]+>", " ", html(text))
    shown = shown.replace("&quot;", '"').replace("&#x27;", "'").replace("&amp;", "&")
    assert shown.split() == source


@pytest.mark.parametrize("line", ["{}", "# {}", "- {}", "1. a\n  - {}", "a\tb\n{}\tc\n{}\td", "**{}**"])
def test_no_markup_in_the_text_comes_through(line: str) -> None:
    shown = html(line.replace("{}", '<script src=//x>hallo</script><img onerror=y> 1 < 2 & "q"'))
    assert "<script" not in shown
    assert "<img" not in shown
    assert "1 &lt; 2 &amp; &quot;q&quot;" in shown
