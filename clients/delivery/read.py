"""Art. 4 and 5.1: a principal's file read into a table of text, whatever separator, encoding or hand made it.

Nothing but `Unreadable` is raised, and memory stays flat: limits come before parsing, rows are handed on one by one.
Standard library, openpyxl and defusedxml.
"""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from clients.delivery.fields import RawRow
from clients.delivery.limits import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, Unreadable
from clients.delivery.xlsx import read_cells

SEPARATORS = (";", ",", "\t", "|")
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the old Office container: .xls, and .xlsx with a password
ZIP_MAGIC = b"PK\x03\x04"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
LAST_ROW = 2**20  # the last row that a spreadsheet has
# No cell can be this record: what follows an open quote would lie in one cell together with it.
_END = "\x1eend of file"


@dataclass(frozen=True)
class Table:
    """A file as a table. `rows` can be gone through once, raises Unreadable on the way and leaves empty rows out."""

    header: tuple[str, ...]
    rows: Iterator[RawRow]
    encoding: str  # "utf-8", "utf-16", "cp1252"; empty for a workbook
    separator: str
    kind: Literal["csv", "xlsx"]


def read(data: bytes) -> Table:
    """Tell by its content what a file is and open it. Raises Unreadable."""
    if len(data) > MAX_BYTES:
        raise Unreadable("too_big", max=MAX_BYTES // 2**20)
    if not data.strip():
        raise Unreadable("empty")
    if data.startswith(OLE_MAGIC):
        raise Unreadable("encrypted" if _ENCRYPTED_PACKAGE in data else "old_workbook")
    if data.startswith(ZIP_MAGIC):
        header, rows = _open(_numbered(read_cells(data)), is_workbook=True)
        return Table(header, rows, encoding="", separator="", kind="xlsx")
    text, encoding = decode(data)
    separator = find_separator(text)
    header, rows = _open(_numbered(_records(text, separator)), is_workbook=False)
    return Table(header, rows, encoding, separator, kind="csv")


def decode(data: bytes) -> tuple[str, str]:
    """The text and its encoding: a byte order mark first, then strict UTF-8, then cp1252; no guess by letters."""
    if data.startswith(codecs.BOM_UTF8):
        tries = [("utf-8-sig", "utf-8")]
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        tries = [("utf-16", "utf-16")]
    else:
        tries = [("utf-8", "utf-8"), ("cp1252", "cp1252")]
    for codec, name in tries:
        try:
            return data.decode(codec), name
        except UnicodeDecodeError:
            continue
    raise Unreadable("encoding")


def find_separator(text: str) -> str:
    """The candidate that stands most often in the header line. Raises Unreadable when there is none."""
    header = next((line for line in io.StringIO(text, newline="") if line.strip()), "")
    counts = {separator: header.count(separator) for separator in SEPARATORS}
    best = max(SEPARATORS, key=counts.__getitem__)
    if counts[best] == 0:
        raise Unreadable("wrong_type")
    if counts[best] >= MAX_COLUMNS:
        raise Unreadable("too_many_columns", max=MAX_COLUMNS)
    return best


def _records(text: str, separator: str) -> Iterator[list[str]]:
    """The records of a CSV text. A quote that is never closed would swallow rows without a word: it is refused."""
    lines = itertools.chain(io.StringIO(text, newline=""), [_END])
    record: list[str] | None = None
    try:
        for following in csv.reader(lines, delimiter=separator):
            if record is not None:
                yield record
            record = following
    except csv.Error:
        raise Unreadable("cell_too_long") from None
    if record != [_END]:
        raise Unreadable("quote_open")


def _numbered(records: Iterator[Sequence[str]]) -> Iterator[RawRow]:
    """Records that hold anything, with their place in the file."""
    for number, cells in enumerate(records, start=1):
        filled = bool(cells) and any(cell.strip() for cell in cells)
        # A spreadsheet may have empty rows down to its very last; beyond that nobody has rows at all.
        if number > (MAX_ROWS + 1 if filled else LAST_ROW):
            raise Unreadable("too_many_rows", max=MAX_ROWS)
        if filled:
            yield RawRow(number, tuple(cells[:MAX_COLUMNS]))


def _open(rows: Iterator[RawRow], *, is_workbook: bool) -> tuple[tuple[str, ...], Iterator[RawRow]]:
    """Take the header off, and make sure that a first row follows."""
    first = next(rows, None)
    if first is None:
        raise Unreadable("empty")
    width = len(first.cells)
    header = tuple(" ".join(cell.split()) for cell in first.cells)
    while header and not header[-1]:
        header = header[:-1]
    if len(header) < 2 or any(unicodedata.category(sign) == "Cc" for cell in header for sign in cell):
        raise Unreadable("wrong_type")
    row = next(rows, None)
    if row is None:
        raise Unreadable("no_rows")
    return header, _fitted(itertools.chain([row], rows), len(header), width, is_workbook=is_workbook)


def _fitted(rows: Iterator[RawRow], columns: int, width: int, *, is_workbook: bool) -> Iterator[RawRow]:
    """Rows without the empty cells under no header. A workbook drops empty cells at the end: put them back."""
    for row in rows:
        cells = row.cells
        while len(cells) > columns and not cells[-1].strip() and (is_workbook or len(cells) <= width):
            cells = cells[:-1]
        if is_workbook and len(cells) < columns:
            cells += ("",) * (columns - len(cells))
        yield RawRow(row.number, cells)
