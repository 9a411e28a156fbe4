"""Every letter is a tagged Dutch PDF that a screen reader can read and an archive can keep."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.letters.examples import FACTS
from tests.letters.reading import made, opened, pages, root, tags
from werkcontact.letters.catalogue import CATALOGUE


def test_there_is_an_example_of_every_kind() -> None:
    assert FACTS.keys() == CATALOGUE.keys()


@pytest.mark.parametrize("code", CATALOGUE)
def test_it_is_tagged_dutch_and_says_which_standards_it_keeps(code: str) -> None:
    about_it = root(made(code))
    assert str(about_it["/Lang"]).lower().startswith("nl")
    assert about_it["/MarkInfo"]["/Marked"]
    assert about_it["/ViewerPreferences"]["/DisplayDocTitle"]
    about = about_it["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1<" in about
    assert "<pdfaid:part>2<" in about
    assert "<pdfaid:conformance>A<" in about


@pytest.mark.parametrize("code", CATALOGUE)
def test_it_has_one_first_heading_and_no_level_left_out(code: str) -> None:
    headings = [int(tag[2]) for tag in tags(made(code)) if tag in {"/H1", "/H2", "/H3"}]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(headings))


@pytest.mark.parametrize("code", CATALOGUE)
def test_its_title_holds_nothing_of_the_person(code: str) -> None:
    title = str(opened(made(code)).metadata.title)  # type: ignore[union-attr]
    assert title
    assert not any(word in title for word in ("Moulin", "UWV", "2026", "eerste gesprek"))


def test_long_tables_have_their_header_on_every_page() -> None:
    pdf = made("copies_index")
    assert len(pages(pdf)) == 2
    assert all("Nr. Stuk Soort Datum Bladzijden" in page for page in pages(pdf))
    # Repeated headers are for the eye: a screen reader hears them once.
    assert tags(pdf).count("/TH") == 5
    assert tags(pdf).count("/TR") == 61


@pytest.mark.parametrize("code", [code for code, kind in CATALOGUE.items() if kind.addressed])
def test_all_pages_are_numbered_and_carry_our_reference(code: str) -> None:
    read = pages(made(code))
    for number, page in enumerate(read, 1):
        assert f"Pagina {number} van {len(read)}" in page
        assert str(FACTS[code]["reference"]) in page


def test_the_same_facts_give_the_same_bytes() -> None:
    assert made("request_answer") == made("request_answer")
