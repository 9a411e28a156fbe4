"""Reads a letter back as its reader does: text by page, and what a screen reader is given."""

from __future__ import annotations

import io
from typing import Any

from pypdf import PdfReader

from tests.letters.examples import ADDRESSEE, FACTS, MADE_ON, SENDER
from werkcontact.letters.addressee import Addressee
from werkcontact.letters.catalogue import CATALOGUE
from werkcontact.letters.render import render

# A reader must not notice them: where a long word may break, and where one was broken.
_UNSEEN = str.maketrans("", "", "\u200b\u00ad")


def made(code: str, addressee: Addressee = ADDRESSEE, /, **changed: Any) -> bytes:
    """Render the example of this kind, with some facts changed."""
    to = addressee if CATALOGUE[code].addressed else None
    return render(code, FACTS[code] | changed, addressee=to, sender=SENDER, made_on=MADE_ON)


def opened(pdf: bytes) -> PdfReader:
    """Open a PDF."""
    return PdfReader(io.BytesIO(pdf))


def pages(pdf: bytes, *, every: int = 1) -> list[str]:
    """Return the text of each page (or every so many), white space made single."""
    return [" ".join(page.extract_text().translate(_UNSEEN).split()) for page in list(opened(pdf).pages)[::every]]


def root(pdf: bytes) -> Any:
    """Return the catalogue of the file, where it says what it is."""
    return opened(pdf).trailer["/Root"]


def words(pdf: bytes) -> str:
    """Return the whole text on one line, with the footer where a page ends."""
    return " ".join(pages(pdf))


def tags(pdf: bytes) -> list[str]:
    """Return the names of all structure elements, in reading order."""
    found: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append(str(node["/S"]))
            walk(node.get("/K", []))

    walk(root(pdf)["/StructTreeRoot"].get("/K", []))
    return found
