"""One file for the printer: each letter on its own sheet with its own numbers, hundreds in seconds."""

from __future__ import annotations

import time

import pytest

from tests.letters.examples import ADDRESSEE, FACTS, MADE_ON, OVERVIEW, SENDER, item, seen
from tests.letters.reading import made, opened, pages
from werkcontact.letters import compiling
from werkcontact.letters.addressee import Addressee
from werkcontact.letters.render import RUN_AT_MOST, LetterBroken, Told, render_many


def run(code: str, number: int) -> list[Told]:
    return [
        (FACTS[code] | {"reference": f"X-{count:04}"}, Addressee(name_envelope=f"Cliënt {count:04}"))
        for count in range(number)
    ]


def printed(code: str, letters: list[Told]) -> bytes:
    return render_many(code, letters, sender=SENDER, made_on=MADE_ON)


def test_no_letter_begins_on_the_back_of_another() -> None:
    read = pages(printed("request_receipt", run("request_receipt", 3)))
    assert [("Cliënt" in page, page == "") for page in read] == [
        (True, False), (False, True), (True, False), (False, True), (True, False),
    ]  # fmt: skip


def test_each_letter_has_its_own_page_numbers_and_reference() -> None:
    read = pages(printed("request_answer", run("request_answer", 3)))
    assert len(read) == 6
    for number, page in enumerate(read):
        assert f"Pagina {number % 2 + 1} van 2" in page
        assert f"X-{number // 2:04}" in page
        assert sum(f"X-{other:04}" in page for other in range(3)) == 1


@pytest.mark.slow
def test_three_hundred_letters_are_one_file_within_seconds() -> None:
    begun = time.perf_counter()
    pdf = printed("registration_notice", run("registration_notice", 300))
    assert time.perf_counter() - begun < 15  # 1.5 s on an idle machine
    assert len(opened(pdf).pages) == 600
    some = pages(pdf, every=50)
    assert all(f"Cliënt {number * 25:04}" in page and "Pagina 1 van 2" in page for number, page in enumerate(some))


@pytest.mark.slow
def test_an_overview_of_more_than_a_hundred_pages_keeps_its_headers() -> None:
    begun = time.perf_counter()
    pdf = made(
        "inspection_overview",
        **OVERVIEW | {"items": [item(n) for n in range(1, 1001)], "seen": [seen(n) for n in range(2600)]},
    )
    assert time.perf_counter() - begun < 15  # 1 s on an idle machine
    assert len(opened(pdf).pages) > 100
    read = pages(pdf, every=9)
    headers = ("Nr. Stuk Besluit", "Wanneer Wat Waarvoor Functie")
    assert all(any(header in page for header in headers) for page in read[1:-1])


def test_large_and_small_documents_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    here = made("request_answer")
    monkeypatch.setattr(compiling, "SMALL", 0)
    assert made("request_answer") == here


def test_a_child_that_fails_or_does_not_end_is_no_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "SMALL", 0)
    assert compiling.compile_pdf("probe.typ", {"signs": '["\\u4e2d"]'}) is None
    monkeypatch.setattr(compiling, "SECONDS", 0.001)
    with pytest.raises(LetterBroken):
        printed("request_receipt", [(FACTS["request_receipt"], ADDRESSEE)])


@pytest.mark.parametrize("number", [0, RUN_AT_MOST + 1])
def test_a_run_has_letters_and_not_too_many(number: int) -> None:
    with pytest.raises(ValueError, match="a print run has 1 to"):
        printed("request_receipt", run("request_receipt", number))


def test_a_fault_in_one_letter_stops_the_run_before_printing() -> None:
    letters = run("request_receipt", 2)
    letters[1] = ({**letters[1][0], "way": ""}, ADDRESSEE)
    with pytest.raises(ValueError, match="way is empty"):
        printed("request_receipt", letters)
