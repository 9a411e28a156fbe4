"""Whatever stands in a field, the letter is made, says what stood there, and runs nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.letters.reading import made, opened, words
from werkcontact.letters import compiling, signs
from werkcontact.letters.addressee import Addressee
from werkcontact.letters.render import LetterBroken

MARKUP = [
    '#panic("x")',
    '#read("/etc/passwd")',
    "*vet* _schuin_ `code`",
    "$ x^2 $ @label <label> ~ -- ---",
    "back\\slash \\u{41} \"dubbel\" 'enkel' // geen noot /* niet */",
    "= Kop",
    '#let a = 1; #import "house.typ": data',
    "]#[",
    "https://example.nl/?a=b&c=d#e",
]
DELIVERED = (Path(__file__).parents[1] / "data" / "aanlevering-uwv.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("text", MARKUP)
def test_markup_stays_literal(text: str) -> None:
    to = Addressee(name_envelope=text, salutation=text, address_lines=(text,))
    said = words(made("plain_document", text=text, title=text, kind=text)) + words(
        made("request_refused", to, reasons=text, ground=text, asked=[text])
    )
    shown = " ".join(text.split())
    assert said.count(shown) >= 6


def test_paragraphs_and_lines_of_a_document_stay() -> None:
    text = opened(made("plain_document", text="een\ntwee\r\n\r\ndrie\u2028vier")).pages[0].extract_text()
    assert [line for line in text.splitlines() if line in {"een", "twee", "drie", "vier"}] == [
        "een", "twee", "drie", "vier",
    ]  # fmt: skip


def test_a_name_of_196_signs_stays_inside_the_window() -> None:
    long = "Van der Bijl tot Tweede-Oudshoorn Bovenland " * 4 + "van Zuylenstein tot A"
    assert len(long) >= 196
    lines = ("Burgemeester van Reenensingel 123 bis A-4", "2803 PA  GOUDA", "Regel 3", "Regel 4")
    pdf = made("request_receipt", Addressee(name_envelope=long, address_lines=lines, country="België"))
    heights: list[float] = []

    def look(text: str, cm: list[float], *_rest: object) -> None:
        if "BELGI" in text:
            heights.append(cm[5])

    opened(pdf).pages[0].extract_text(visitor_text=look)
    assert len(heights) == 1
    assert 45 < (842 - heights[0]) / 72 * 25.4 < 88  # mm from above
    assert "".join(long.split()) in "".join(words(pdf).split())


def test_a_name_without_any_blank_is_broken_over_lines() -> None:
    long = "Aardappelschilmesjesfabrikant" * 7
    pdf = made("request_receipt", Addressee(name_envelope=long))
    assert long in "".join(words(pdf).split())
    assert sum("fabrikant" in line for line in opened(pdf).pages[0].extract_text().splitlines()) >= 4


def test_every_letter_that_a_principal_delivers_is_printed() -> None:
    letters = sorted({sign for sign in DELIVERED if sign.isalpha()})
    assert {"ŵ", "Ģ", "ĸ", "ŋ".upper()} <= set(letters)
    said = words(made("plain_document", text=" ".join(letters)))
    assert " ".join(letters) in said
    assert "□" not in said


def test_all_latin_letters_that_are_taken_for_granted_can_be_printed() -> None:
    below = [chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x250))]
    assert compiling.compile_pdf("probe.typ", {"signs": json.dumps(below)})


def test_greek_and_cyrillic_and_signs_of_the_trade_are_printed() -> None:
    text = "Ελένη Иванов € ≤ ≥ → ✓ … – ’ “ ” ‰ ½ №"
    assert text in words(made("plain_document", text=text))


@pytest.mark.parametrize(
    ("sign", "code"),
    [
        ("😀", "U+1F600"),
        ("中", "U+4E2D"),
        ("\x00", "U+0000"),
        ("\ue000", "U+E000"),
        ("\u202e", "U+202E"),
        ("\ud800", "U+D800"),
    ],
)
def test_what_cannot_be_printed_is_marked_and_named(sign: str, code: str) -> None:
    said = words(made("request_refused", reasons=f"Hier {sign} staat iets."))
    assert "Hier □ staat iets." in said
    assert f"een teken dat wij niet kunnen afdrukken: {code}." in said


@pytest.mark.parametrize("name", ["😀 Jansen", "王小明", "محمد الهاشمي", "שרה כהן", "อรุณ", "👨‍👩‍👧‍👦 1️⃣ 🇳🇱"])
def test_no_name_breaks_a_letter(name: str) -> None:
    said = words(made("request_receipt", Addressee(name_envelope=name, salutation=name)))
    assert "Wij hebben uw verzoek ontvangen" in said


def test_an_ordinary_letter_has_no_note_about_signs() -> None:
    assert "afdrukken" not in words(made("request_receipt"))


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=60).filter(lambda text: bool(text.strip())))
def test_any_text_gives_a_letter(text: str) -> None:
    to = Addressee(name_envelope=text, salutation=text, address_lines=(text,))
    assert made("request_refused", to, reasons=text, ground=text).startswith(b"%PDF")


def test_when_the_compiler_fails_it_is_tried_with_plain_signs_only(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def first_fails(template: str, inputs: dict[str, str], *, timestamp: int = 0) -> bytes | None:
        if template == "probe.typ":
            return b"%PDF"
        tried.append(inputs["data"])
        return None if len(tried) == 1 else compiling.compile_pdf(template, inputs, timestamp=timestamp)

    monkeypatch.setattr("werkcontact.letters.render.compile_pdf", first_fails)
    assert "Hier □ dus" in words(made("request_refused", reasons="Hier Ω dus"))
    assert len(tried) == 2


def test_a_letter_that_cannot_be_made_says_nothing_of_its_contents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("werkcontact.letters.render.compile_pdf", lambda *_args, **_named: None)
    with pytest.raises(LetterBroken) as caught:
        made("request_receipt")
    assert str(caught.value) == "request_receipt"
    assert caught.value.__context__ is None


def test_a_sign_is_asked_about_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def ask(_template: str, inputs: dict[str, str]) -> bytes:
        asked.append(inputs["signs"])
        return b"%PDF"

    monkeypatch.setattr(signs, "_known", {signs.MARK: True})
    monkeypatch.setattr(signs, "compile_pdf", ask)
    for _ in range(3):
        assert signs.Signs().clean("Ω en Ж") == "Ω en Ж"
    assert asked == [json.dumps(["Ω", "Ж"])]
