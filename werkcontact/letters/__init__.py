"""Art. 11, 12, 13, 17: what the house says in writing: the letters, their facts and their rendering as accessible PDF.

A letter gets an `Addressee`, a `Sender` and facts from its caller and looks nothing up. See README.md.
"""

from __future__ import annotations

from werkcontact.letters.addressee import Addressee, Sender
from werkcontact.letters.catalogue import CATALOGUE, LetterKind, fields_printed
from werkcontact.letters.facts import FactsWrong
from werkcontact.letters.render import LetterBroken, render, render_many

__all__ = [
    "CATALOGUE",
    "Addressee",
    "FactsWrong",
    "LetterBroken",
    "LetterKind",
    "Sender",
    "fields_printed",
    "render",
    "render_many",
]
