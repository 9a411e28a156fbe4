"""Art. 5.1: a principal's file is read whatever made it, and a hostile one is refused before it does harm."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from clients.delivery.limits import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, Unreadable
from clients.delivery.read import OLE_MAGIC, Table, decode, read
from clients.delivery.wording import UNREADABLE
from tests.clients.workbooks import replaced, sheet_of, workbook

DATA = Path(__file__).parents[1] / "data"
SHEET = "xl/worksheets/sheet1.xml"
SMALL_BOOK = workbook([["Naam", "BSN"], ["Jansen", 1]])


def refusal(data: bytes) -> str:
    """The code with which a file is refused, at once or while its rows are gone through."""
    with pytest.raises(Unreadable) as refused:
        list(read(data).rows)
    assert refused.value.code in UNREADABLE
    return refused.value.code


def cells(table: Table) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows]


@pytest.mark.parametrize(
    ("name", "kind", "encoding", "separator", "columns", "rows"),
    [
        ("aanlevering-uwv.csv", "csv", "utf-8", ";", 27, 278),
        ("aanlevering-cp1252.csv", "csv", "cp1252", ",", 27, 60),
        ("aanlevering-fout.csv", "csv", "utf-8", ";", 27, 40),
        ("aanlevering-gemeente.xlsx", "xlsx", "", "", 17, 139),
    ],
)
def test_the_sample_deliveries_are_understood(
    name: str, kind: str, encoding: str, separator: str, columns: int, rows: int
) -> None:
    table = read((DATA / name).read_bytes())
    assert (table.kind, table.encoding, table.separator, len(table.header)) == (kind, encoding, separator, columns)
    numbers = [row.number for row in table.rows]
    assert numbers == list(range(2, rows + 2))


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        ("Hélène".encode(), "Hélène", "utf-8"),
        ("\ufeffHélène".encode(), "Hélène", "utf-8"),
        ("Hélène € 25,00".encode("cp1252"), "Hélène € 25,00", "cp1252"),
        ("Hélène".encode("utf-16"), "Hélène", "utf-16"),
    ],
)
def test_letters_are_never_guessed(data: bytes, text: str, encoding: str) -> None:
    assert decode(data) == (text, encoding)


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_counted_in_the_header_line(separator: str) -> None:
    table = read(f"Naam{separator}Bedrag\r\nJansen{separator}€ 25\r\n".encode())
    assert (table.separator, cells(table)) == (separator, [("Jansen", "€ 25")])


def test_quotes_line_breaks_empty_rows_and_nul_bytes_are_kept_as_they_stand() -> None:
    table = read(b'a;b\n"x;y";"1\n2"\n\n;\nnul\x00;"zei ""dag"""\rlast;"1"')
    assert [(row.number, row.cells) for row in table.rows] == [
        (2, ("x;y", "1\n2")),
        (5, ("nul\x00", 'zei "dag"')),
        (6, ("last", "1")),
    ]


def test_rows_of_another_width_stay_so_but_for_separators_at_the_end_of_every_line() -> None:
    assert cells(read(b"a;b\n1\n1;2;3\n1;2;\n")) == [("1",), ("1", "2", "3"), ("1", "2", "")]
    assert cells(read(b"a;b;\n1;2;\n1;2;3\n")) == [("1", "2"), ("1", "2", "3")]


def test_a_workbooks_numbers_and_dates_become_what_somebody_would_have_typed() -> None:
    row = ["Jansen", 123, 10008579.0, 1.5, date(1980, 3, 1), True, None, "=1+1", "#N/A", "x"]
    table = read(workbook([[f"kolom {place}" for place in range(len(row))], row, [None], ["Bakker", None]]))
    assert cells(table) == [
        ("Jansen", "123", "10008579", "1.5", "01-03-1980", "ja", "", "=1+1", "=#N/A", "x"),
        ("Bakker", *[""] * 9),
    ]


def test_the_first_visible_sheet_is_read_and_what_it_says_of_its_size_is_not_believed() -> None:
    book = openpyxl.Workbook()
    book.active.sheet_state = "hidden"  # type: ignore[union-attr]  # a new workbook has an active sheet
    sheet = book.create_sheet("Aanlevering")
    sheet.append(["Naam", "BSN"])
    sheet.append(["Jansen", "1"])
    out = io.BytesIO()
    book.save(out)
    part = zipfile.ZipFile(out).read("xl/worksheets/sheet2.xml")
    assert b'<dimension ref="A1:B2"' in part
    lying = part.replace(b'<dimension ref="A1:B2"', b'<dimension ref="A1:XFD1048576"')
    assert cells(read(replaced(out.getvalue(), {"xl/worksheets/sheet2.xml": lying}))) == [("Jansen", "1")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n ", "empty"),
        (b";;\r\n;;", "empty"),
        (b"a;b\r\n", "no_rows"),
        (b"a;b\r\n;\r\n", "no_rows"),
        (b"%PDF-1.7\nalles", "wrong_type"),
        (b"\x89PNG\r\n\x1a\n;\x00;", "wrong_type"),
        (b"<html><body>een pagina</body></html>", "wrong_type"),
        (b"maar een kolom\r\n1\r\n", "wrong_type"),
        (b"a;b\r\n\x81;1\r\n", "encoding"),
        (b'a;b\r\n1;"open\r\n2;3\r\n', "quote_open"),
        (b"a;b\r\n" + b"1" * 200_000 + b";2\r\n", "cell_too_long"),
        (b";".join(b"k" for _ in range(MAX_COLUMNS + 1)) + b"\r\n1;2", "too_many_columns"),
        (b"a;b\r\n" + b"1;2\r\n" * (MAX_ROWS + 1), "too_many_rows"),
        (b"a;b\r\n" + b"x" * MAX_BYTES, "too_big"),
        (OLE_MAGIC + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (OLE_MAGIC + b"\x00" * 600, "old_workbook"),
        (b"PK\x03\x04 and then nothing", "broken"),
        (SMALL_BOOK[:-40], "broken"),
        (replaced(SMALL_BOOK, {"xl/vbaProject.bin": b"macro"}), "macros"),
        (replaced(SMALL_BOOK, {SHEET: b"<worksheet><niet af"}), "broken"),
        (replaced(SMALL_BOOK, {SHEET: sheet_of("")}), "empty"),
        (replaced(SMALL_BOOK, {f"xl/{place}.txt": b"" for place in range(501)}), "bomb"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_no_list_is_refused_with_its_reason(data: bytes, code: str) -> None:
    assert refusal(data) == code


def test_a_zip_that_is_no_workbook_is_the_wrong_type() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("foto.jpg", b"x")
    assert refusal(out.getvalue()) == "wrong_type"


def test_exactly_as_many_rows_as_allowed_are_read() -> None:
    assert sum(1 for _ in read(b"a;b\r\n" + b"1;2\r\n" * MAX_ROWS).rows) == MAX_ROWS


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
)
ONE_CELL = '<row><c t="inlineStr"><is><t>naam</t></is></c><c t="inlineStr"><is><t>{}</t></is></c></row>'
HOSTILE = {
    # 60 MB of spaces in 60 kB; the zip's directory tells.
    "unpacks to too much": ({SHEET: sheet_of(" " * (60 * 2**20))}, "bomb"),
    "ratio": ({SHEET: sheet_of(" " * (20 * 2**20))}, "bomb"),
    "entities": ({SHEET: ENTITIES}, "broken"),
    "one huge cell": ({SHEET: sheet_of(ONE_CELL.format("x" * 900_000))}, "cell_too_long"),
    "a row far too wide": ({SHEET: sheet_of(f"<row>{'<c/>' * 120_000}</row>")}, "bomb"),
    "a cell far to the right": ({SHEET: sheet_of('<row><c r="XFD1" t="n"><v>1</v></c></row>')}, "too_many_columns"),
    "a last row of all": (
        {SHEET: sheet_of('<row r="1048577"><c t="n"><v>1</v></c></row>')},
        "too_many_rows",
    ),
    "a row that no sheet has": ({SHEET: sheet_of('<row r="99999999999"><c><v>1</v></c></row>')}, "too_many_rows"),
    "a hundred thousand styles": (
        {"xl/styles.xml": b"<styleSheet><cellXfs>" + b"<xf/>" * 100_000 + b"</cellXfs></styleSheet>"},
        "bomb",
    ),
    "deep": ({SHEET: b"<a>" * 200_000}, "bomb"),
}


@pytest.mark.parametrize(("parts", "code"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_workbook_is_refused_in_little_memory(parts: dict[str, bytes], code: str) -> None:
    data = replaced(SMALL_BOOK, parts)
    tracemalloc.start()
    try:
        assert refusal(data) == code
        assert tracemalloc.get_traced_memory()[1] < 50 * 2**20
    finally:
        tracemalloc.stop()


def test_openpyxl_reads_xml_without_entities() -> None:
    assert openpyxl.DEFUSEDXML


def go_through(data: bytes) -> None:
    """Nothing but Unreadable may come out, with a code that has a sentence."""
    code = ""
    try:
        for row in read(data).rows:
            assert len(row.cells) <= MAX_COLUMNS
    except Unreadable as refused:
        code = refused.code
    assert code in ("", *UNREADABLE)


@given(st.binary(max_size=400))
@example(b'";\n')
@example(b"\xff\xfea")
def test_random_bytes_raise_nothing_but_unreadable(data: bytes) -> None:
    go_through(data)


@given(st.text(alphabet=st.sampled_from('ab;,\t|"\r\n \x00=é'), max_size=80))
def test_random_csv_raises_nothing_but_unreadable(text: str) -> None:
    go_through(text.encode())


PARTS = {
    name: zipfile.ZipFile(io.BytesIO(SMALL_BOOK)).read(name)
    for name in zipfile.ZipFile(io.BytesIO(SMALL_BOOK)).namelist()
}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(PARTS)), st.data())
def test_a_workbook_with_a_damaged_part_raises_nothing_but_unreadable(name: str, data: st.DataObject) -> None:
    part = bytearray(PARTS[name])
    for place in data.draw(st.lists(st.integers(0, len(part) - 1), min_size=1, max_size=4)):
        part[place] = data.draw(st.sampled_from(b'<>/"=0a9&;r \x00\xff'))
    go_through(replaced(SMALL_BOOK, {name: bytes(part)}))


@settings(deadline=None)
@given(st.integers(0, len(SMALL_BOOK) - 1), st.integers(0, 255))
def test_a_workbook_with_a_damaged_byte_raises_nothing_but_unreadable(place: int, byte: int) -> None:
    go_through(SMALL_BOOK[:place] + bytes([byte]) + SMALL_BOOK[place + 1 :])
