"""Art. 5.1: a workbook (.xlsx) read as text, after a look at the zip's directory and a count of its XML.

A file of half a megabyte can unpack to 500, one cell of 600 MB takes 1.2 GB, a million style records as much. So sizes
are taken from the directory, and every part is counted through a parser without DTD and entities, before openpyxl
builds anything.
"""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

import openpyxl
from defusedxml.expatreader import DefusedExpatParser
from openpyxl.utils.exceptions import InvalidFileException

from clients.delivery.limits import MAX_CELL, MAX_COLUMNS, MAX_ROWS, Unreadable

MAX_UNPACKED = 40 * 2**20
MAX_RATIO = 150  # a part that unpacks to more than this many times its size is no list of people
MAX_ENTRIES = 500
MAX_DEPTH = 50
MAX_ELEMENTS = 3_000_000  # in all parts together: some 25,000 rows of 30 columns
MAX_STRINGS = 500_000  # rows of a sheet or strings of the table, empty ones too
MAX_RUN = 50_000  # elements between two of those: cells of one row, but also styles, links and rules
SMALL = 2**20  # bytes below which a ratio says nothing

_RECORDS = (["worksheet", "sheetData", "row"], ["sst", "si"])
_ERROR_VALUES = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})
_PLAIN_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What zipfile, expat and openpyxl raise on broken or hostile files (found by mutating files, see the tests).
_BROKEN = (
    ArithmeticError, AssertionError, AttributeError, EOFError, InvalidFileException, LookupError, OSError, RuntimeError,
    SAXException, SyntaxError, TypeError, ValueError, struct.error, zipfile.BadZipFile, zlib.error,
)  # fmt: skip

# openpyxl's warnings quote cells; those must not reach a log.
warnings.filterwarnings("ignore", module=r"openpyxl\.")


def read_cells(data: bytes) -> Iterator[tuple[str, ...]]:
    """The rows of the first visible sheet as text. Raises Unreadable, at the first row or on the way."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _look_at_directory(archive)
            _count_parts(archive)
        workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        try:
            sheet = next(sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible")
            # What a file says of its own size may be anything.
            sheet.reset_dimensions()
            for row in sheet.iter_rows(values_only=True):
                if not row:
                    yield ()
                    continue
                if row[MAX_COLUMNS:].count(None) < len(row) - MAX_COLUMNS:
                    raise Unreadable("too_many_columns", max=MAX_COLUMNS)
                yield tuple(as_text(value) for value in row[:MAX_COLUMNS])
        finally:
            workbook.close()
    except (*_BROKEN, StopIteration):
        raise Unreadable("broken") from None


def as_text(value: object) -> str:
    """A cell's value as somebody would have typed it: dates dd-mm-jjjj, numbers without a point they do not need."""
    if value is None:
        return ""
    if isinstance(value, str):
        # The outcome of a formula that went wrong: as wrong as the formula.
        return f"={value}" if value in _ERROR_VALUES else value
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, date):  # a datetime too: the time of day is no part of any field
        return f"{value.day:02}-{value.month:02}-{value.year:04}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, int | float):
        return str(value)
    return "="  # a formula over several cells, or a time: nothing that a field can hold


def _look_at_directory(archive: zipfile.ZipFile) -> None:
    """Refuse by what the zip's directory says, before anything is unpacked."""
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable("encrypted")
    if not any(name.startswith("xl/") for name in names):
        raise Unreadable("wrong_type")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unreadable("macros")
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise Unreadable("bomb")
    if any(entry.file_size > max(SMALL, MAX_RATIO * entry.compress_size) for entry in entries):
        raise Unreadable("bomb")
    if len(set(names)) < len(names) or any(entry.compress_type not in _PLAIN_METHODS for entry in entries):
        raise Unreadable("broken")


class _Counter(ContentHandler):
    """Counts, part by part, what openpyxl would make objects of. Raises Unreadable where it is too much."""

    def __init__(self) -> None:
        super().__init__()
        self.path: list[str] = []
        self.elements = self.rows_and_strings = self.run = self.characters_here = 0

    def startDocument(self) -> None:  # noqa: N802 - as SAX has it
        self.path = []
        self.rows_and_strings = self.run = self.characters_here = 0

    def startElement(self, name: str, attrs: object) -> None:  # noqa: N802, ARG002 - as SAX has it
        self.path.append(name.rpartition(":")[2])
        self.characters_here = 0
        self.elements += 1
        self.run += 1
        if self.path in _RECORDS:
            # openpyxl lets go of these one by one; everything else it keeps.
            self.rows_and_strings += 1
            self.run = 0
        if len(self.path) > MAX_DEPTH or self.run > MAX_RUN:
            raise Unreadable("bomb")
        if self.elements > MAX_ELEMENTS or self.rows_and_strings > MAX_STRINGS:
            raise Unreadable("too_many_rows", max=MAX_ROWS)

    def endElement(self, name: str) -> None:  # noqa: N802, ARG002 - as SAX has it
        self.path.pop()
        self.characters_here = 0

    def characters(self, content: str) -> None:
        self.characters_here += len(content)
        if self.characters_here > MAX_CELL:
            raise Unreadable("cell_too_long")


def _count_parts(archive: zipfile.ZipFile) -> None:
    """Go once through every part. Only a part that is not called XML may be something else (a picture)."""
    counter = _Counter()
    for entry in archive.infolist():
        parser = DefusedExpatParser(forbid_dtd=True)
        parser.setContentHandler(counter)
        with archive.open(entry) as part:
            try:
                parser.parse(part)
            except SAXException:
                if entry.filename.lower().endswith((".xml", ".rels")):
                    raise
