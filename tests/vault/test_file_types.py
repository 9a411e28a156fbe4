"""Art. 16: a file is taken only when extension, first bytes, libmagic and parts agree; harmful ones are refused."""

from __future__ import annotations

import contextlib
import io
import struct
import zipfile
import zlib

import openpyxl
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings

from werkcontact.vault import checks, file_types, office_files
from werkcontact.vault.file_types import HEAD_BYTES, BadFile
from werkcontact.vault.office_files import DOCX, ODT, XLSX

TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
PART = '<Override PartName="{}" ContentType="{}"/>'
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x01\x00H\x00H\x00\x00\xff\xdb\x00C\x00" + bytes(64)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2048)


def png() -> bytes:
    def block(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))

    head = struct.pack(">LLBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + block(b"IHDR", head) + block(b"IDAT", zlib.compress(b"\0\0")) + block(b"IEND", b"")


def zipped(entries: dict[str, str | bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", packing) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return target.getvalue()


def docx(extra: dict[str, str | bytes] | None = None, main: str = f"{DOCX}.main+xml", more_types: str = "") -> bytes:
    types = TYPES.format(PART.format("/word/document.xml", main) + more_types)
    return zipped({"[Content_Types].xml": types, "word/document.xml": "<w:document/>", **(extra or {})})


def odt(extra: dict[str, str | bytes] | None = None) -> bytes:
    target = io.BytesIO(zipped({"mimetype": ODT}, zipfile.ZIP_STORED))
    with zipfile.ZipFile(target, "a") as archive:
        for name, content in {"content.xml": "<office:document-content/>", **(extra or {})}.items():
            archive.writestr(name, content)
    return target.getvalue()


def xlsx() -> bytes:
    book, target = openpyxl.Workbook(), io.BytesIO()
    sheet = book.create_sheet()
    for _ in range(50):
        sheet.append(["Naam", "1980-01-01", 12])
    book.save(target)
    return target.getvalue()


def checked(name: str, content: bytes) -> str:
    return file_types.check(name, content[:HEAD_BYTES], lambda: io.BytesIO(content))


def refused(name: str, content: bytes) -> str:
    with pytest.raises(BadFile) as refusal:
        checked(name, content)
    assert str(refusal.value.text)
    return refusal.value.code.removeprefix("file_types.")


GOOD = {
    "letter.pdf": (PDF, "application/pdf"),
    "photo.jpg": (JPG, "image/jpeg"),
    "photo.JPEG": (JPG, "image/jpeg"),
    "scan.png": (png(), "image/png"),
    "report.docx": (docx(), DOCX),
    "list.xlsx": (xlsx(), XLSX),
    "report.odt": (odt(), ODT),
    "note.txt": ("Een gesprek over Hélène.\r\n".encode("cp1252"), "text/plain"),
    "utf16.txt": ("Een gesprek over Hélène.".encode("utf-16"), "text/plain"),
    "mail.txt": (b"From: a@example.org\nTo: b@example.org\nSubject: x\n\nText\n", "text/plain"),
    "short.txt": (b"x", "text/plain"),
    "list.csv": (b"Naam;Geboortedatum\r\nde Vries;1980-01-01\r\n", "text/csv"),
    "nul.csv": (b"Naam;Geboortedatum\r\nde Vr\0ies;1980-01-01\r\n", "text/csv"),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_we_take_is_taken(name: str) -> None:
    content, media_type = GOOD[name]
    assert checked(name, content) == media_type


@pytest.mark.parametrize(
    "name", ["x.exe", "x.docm", "x.doc", "x.html", "x.svg", "x.zip", "x.pdf.exe", "pdf", "", ".pdf"]
)
def test_other_kinds_are_refused_by_name(name: str) -> None:
    assert refused(name, PDF) == "extension"


@pytest.mark.parametrize("name", ["x.pdf", "x.txt", "x.docx"])
def test_an_empty_file_is_refused(name: str) -> None:
    assert refused(name, b"") == "empty"


def test_every_kind_under_every_other_name_is_refused() -> None:
    text = {"txt", "csv"}
    for good, (content, _media_type) in GOOD.items():
        mine = file_types.extension_of(good)
        for other in file_types.KINDS:
            if other != mine and not {mine, other} <= text:
                assert refused(f"x.{other}", content) == "content", (good, other)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.txt", b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"),
        ("x.csv", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("x.txt", b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + bytes(200)),
        ("x.txt", b"\x7fELF\x02\x01\x01" + bytes(200)),
        ("x.pdf", b"<html>%PDF-1.7"),
        ("x.docx", zipped({"a.txt": "no document"})),
        ("x.docx", docx(main="application/x-other")),
    ],
)
def test_content_that_belies_the_name_is_refused(name: str, content: bytes) -> None:
    assert refused(name, content) in {"content", "damaged"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.docx", docx({"word/vbaProject.bin": b"x"})),
        ("x.docx", docx({"word\\VBAPROJECT.BIN": b"x"})),
        ("x.docx", docx(main="application/vnd.ms-word.document.macroEnabled.main+xml")),
        (
            "x.docx",
            docx({"word/a.bin": b"x"}, more_types=PART.format("/word/a.bin", "application/vnd.ms-office.vbaProject")),
        ),
        ("x.docx", docx(more_types=PART.format("/word/a.bin", "application/vnd.ms-office.v&#98;aProject"))),
        ("x.docx", docx({"word/embedded/macrosheets/sheet1.xml": b"x"})),
        ("x.odt", odt({"Basic/Standard/Module1.xml": "x"})),
        ("x.odt", odt({"Scripts/python/x.py": "x"})),
    ],
)
def test_macros_are_refused_however_they_are_called(name: str, content: bytes) -> None:
    assert refused(name, content) == "macros"


def test_documents_with_a_password_are_refused_in_words_of_their_own() -> None:
    assert refused("x.docx", OLE) == "locked"
    content = bytearray(docx())
    directory = content.rindex(b"PK\x01\x02")
    content[directory + 8] |= 1
    assert refused("x.docx", bytes(content)) == "locked"


def test_bombs_are_refused_without_unpacking_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("unpacked"))
    assert refused("x.docx", docx({"word/big.xml": bytes(6_000_000)})) == "unpacks"
    monkeypatch.setattr(office_files, "MAX_UNPACKED_BYTES", 100_000)
    assert refused("x.docx", docx({"word/big.xml": bytes(range(256)) * 400})) == "unpacks"
    monkeypatch.setattr(office_files, "MAX_ENTRIES", 20)
    assert refused("x.docx", docx({f"word/{number}.xml": "" for number in range(20)})) == "unpacks"


def test_a_directory_too_large_to_read_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    good = docx()
    monkeypatch.setattr(zipfile, "ZipFile", lambda *_: pytest.fail("read"))
    content = bytearray(good)
    content[-10:-6] = struct.pack("<L", 1_000_001)
    assert refused("x.docx", bytes(content)) == "unpacks"
    for odd in (good + b"more", good[:-2] + b"\x01\x00c", good[:-22] + b"PK\x06\x07" + bytes(16) + good[-22:]):
        assert refused("x.docx", odd) == "damaged"


def test_entries_that_overlap_are_refused() -> None:
    content = docx({"word/big.bin": bytes(range(256)) * 40})
    start, end = content.index(b"PK\x01\x02"), len(content) - 22
    entries, size = struct.unpack("<10xHL", content[end : end + 16])
    last = content[content.rindex(b"PK\x01\x02") : end]
    closing = bytearray(content[end:])
    closing[8:16] = struct.pack("<HHL", entries + 20, entries + 20, size + 20 * len(last))
    assert refused("x.docx", content[:start] + content[start:end] + last * 20 + bytes(closing)) == "unpacks"


def test_two_parts_with_one_name_are_refused() -> None:
    target = io.BytesIO(docx())
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("[CONTENT_types].xml", "other")
    assert refused("x.docx", target.getvalue()) == "damaged"


def test_other_ways_of_packing_and_hostile_xml_are_refused() -> None:
    types = TYPES.format(PART.format("/word/document.xml", f"{DOCX}.main+xml"))
    for packing in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        entries: dict[str, str | bytes] = {"[Content_Types].xml": types, "word/document.xml": "<w:document/>"}
        assert refused("x.docx", zipped(entries, packing)) == "damaged"
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + types.replace("Types xmlns", 'Types a="&a;" xmlns')
    assert refused("x.docx", zipped({"[Content_Types].xml": bomb, "word/document.xml": ""})) == "damaged"
    assert refused("x.docx", zipped({"[Content_Types].xml": types + "<", "word/document.xml": ""})) == "damaged"


SAMPLES = [docx(), odt(), xlsx()]


@given(st.sampled_from(SAMPLES), st.data())
@hypothesis_settings(max_examples=150, deadline=None)
def test_a_mangled_document_is_taken_or_refused_and_never_an_error(sample: bytes, data: st.DataObject) -> None:
    content = bytearray(sample)
    for _ in range(data.draw(st.integers(1, 4))):
        # Most of what matters stands in the directory at the end.
        at = len(content) - 1 - data.draw(st.integers(0, len(content) - 1) | st.integers(0, 200))
        content[at] = data.draw(st.integers(0, 255))
    name = data.draw(st.sampled_from(["x.docx", "x.odt", "x.xlsx"]))
    with contextlib.suppress(BadFile):
        assert checked(name, bytes(content)) in {DOCX, ODT, XLSX}


@given(st.sampled_from(sorted(file_types.KINDS)), st.binary(max_size=400))
def test_any_bytes_under_any_name_are_taken_or_refused(extension: str, content: bytes) -> None:
    with contextlib.suppress(BadFile):
        assert checked(f"x.{extension}", content) == file_types.KINDS[extension].media_type


def test_the_limit_is_told_in_megabytes(settings: Settings) -> None:
    settings.UPLOAD_MAX_BYTES = 7 * 1024**2
    assert "7 MB" in str(BadFile("too_large").text)


def test_libmagic_is_there_and_where_it_is_not_the_first_bytes_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    assert file_types.libmagic_loaded()
    assert checks.libmagic(None) == []
    monkeypatch.setattr(file_types, "_libmagic", lambda: None)
    assert [warning.id for warning in checks.libmagic(None)] == ["vault.W001"]
    for name, (content, media_type) in GOOD.items():
        assert checked(name, content) == media_type
    assert refused("x.pdf", png()) == "content"
    assert refused("x.txt", png()) == "content"
