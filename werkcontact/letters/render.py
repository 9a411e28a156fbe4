"""Art. 11, 13: renders letters as PDF/UA-1 and PDF/A-2a with typst: facts go in as data, never as markup.

Only the fonts inside the typst wheel are used, so that a letter looks the same on every machine and the same facts
give the same bytes. A fault of the compiler is reported without its text, because that may quote what was printed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime, time

from werkcontact.letters.addressee import Addressee, Sender
from werkcontact.letters.catalogue import CATALOGUE, LetterKind
from werkcontact.letters.compiling import compile_pdf
from werkcontact.letters.facts import day, prepare
from werkcontact.letters.signs import Signs

RUN_AT_MOST = 500  # letters; typst needs some 1.7 MB of memory for each while it runs

Told = tuple[Mapping[str, object], Addressee | None]


class LetterBroken(Exception):  # noqa: N818 - like Refused, it is named after what happened
    """The compiler could not make this letter. Holds its code and nothing of its contents."""


def render(
    template: str,
    facts: Mapping[str, object],
    *,
    addressee: Addressee | None,
    sender: Sender,
    made_on: date,
) -> bytes:
    """Return one letter as a tagged PDF.

    `template` is a code of the catalogue. `made_on` is the date above the letter, in Amsterdam.
    `addressee` is None only for kinds that are not addressed (copies of documents).
    Raises KeyError for an unknown code, FactsWrong when a fact is missing, unknown or of the wrong kind,
    ValueError when the addressee is, and LetterBroken when typst fails.
    """
    return render_many(template, [(facts, addressee)], sender=sender, made_on=made_on)


def render_many(template: str, letters: Iterable[Told], *, sender: Sender, made_on: date) -> bytes:
    """Return one PDF of many letters of one kind: a print run.

    Each letter has its own page numbers and begins on the front of a sheet, so that printing on both sides never
    puts one person's letter on the back of another's. Raises what `render` raises; ValueError for none
    or more than RUN_AT_MOST: part a larger run.
    """
    kind = CATALOGUE[template]
    told = list(letters)
    if not 1 <= len(told) <= RUN_AT_MOST:
        raise ValueError(f"a print run has 1 to {RUN_AT_MOST} letters")
    pdf = _compile(kind, _data(kind, told, sender, made_on, strict=False), made_on)
    if pdf is None:
        # A sign that prints by itself and not in its surroundings: leave only what surely prints.
        pdf = _compile(kind, _data(kind, told, sender, made_on, strict=True), made_on)
    if pdf is None:
        raise LetterBroken(kind.code)
    return pdf


def _data(kind: LetterKind, told: list[Told], sender: Sender, made_on: date, *, strict: bool) -> str:
    letters = [_letter(kind, facts, addressee, Signs(strict=strict)) for facts, addressee in told]
    clean = Signs(strict=strict).clean
    from_us = {name: clean(value) for name, value in asdict(sender).items()}
    year_month_day = [made_on.year, made_on.month, made_on.day]
    return json.dumps({"sender": from_us, "date": day(made_on), "made_on": year_month_day, "letters": letters})


def _letter(
    kind: LetterKind, facts: Mapping[str, object], addressee: Addressee | None, signs: Signs
) -> dict[str, object]:
    if kind.addressed != (addressee is not None):
        raise ValueError(f"letter {kind.code}: {'an' if kind.addressed else 'no'} addressee is needed")
    data: dict[str, object] = {"facts": prepare(kind.code, kind.facts, facts, signs)}
    if addressee is not None:
        lines = [*addressee.address_lines, *([addressee.country.upper()] if addressee.country else [])]
        data["addressee"] = {
            "name": signs.clean(addressee.name_envelope),
            "salutation": signs.clean(addressee.salutation),
            "lines": [signs.clean(line) for line in lines if line.strip()],
        }
    data["unprintable"] = signs.note()
    return data


def _compile(kind: LetterKind, data: str, made_on: date) -> bytes | None:
    noon = datetime.combine(made_on, time(12), UTC)
    return compile_pdf(kind.template, {"data": data}, timestamp=int(noon.timestamp()))
