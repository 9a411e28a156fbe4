"""Art. 16: look into office files (zip archives) without unpacking them: real kind, macros, bombs, passwords.

Knows nothing of Django. The zip's directory is measured before it is read, since a directory of 50 MB alone fills the
memory, and its sizes before anything is unpacked: a workbook of 511 kB can become 530 MB.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import BinaryIO
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
MAIN_PART = {
    DOCX: f"{DOCX}.main+xml",
    XLSX: f"{XLSX}.main+xml",
}

MAX_ENTRIES = 5_000
MAX_DIRECTORY_BYTES = 1_000_000
MAX_UNPACKED_BYTES = 200_000_000
MAX_RATIO = 100
RATIO_COUNTS_FROM_BYTES = 5_000_000  # below this a high ratio harms nobody: an empty form may well shrink a hundredfold
MAX_TYPES_BYTES = 1_000_000

END = b"PK\x05\x06"
END_BYTES = 22
END_64 = b"PK\x06\x07"
END_64_BYTES = 20
LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Office wraps an encrypted document in its old container
MACRO_FOLDERS = ("basic/", "scripts/", "dialogs/")  # of OpenDocument
MACRO_FILES = ("vbaproject.bin", "vbadata.xml")
# All that zipfile raises on a broken archive; NotImplementedError is a version of zip that it does not know.
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, NotImplementedError, OSError)


class BadParts(Exception):  # noqa: N818 - what it says; no ValueError, which `check` takes for a broken archive
    """The archive is refused; `code` is one of content, macros, unpacks, damaged, locked."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def is_locked(head: bytes) -> bool:
    """Say whether these are the first bytes of Office's old container, in which it puts documents with a password."""
    return head.startswith(LOCKED)


def check(file: BinaryIO, media_type: str) -> None:
    """Raise `BadParts` unless the archive is a harmless document of this media type."""
    size = file.seek(0, io.SEEK_END)
    _measure_directory(file, size)
    try:
        with zipfile.ZipFile(file) as archive:
            _measure_entries(archive, size)
            _refuse_macro_entries(archive)
            if media_type == ODT:
                _check_opendocument(archive)
            else:
                _check_openxml(archive, MAIN_PART[media_type])
    except BROKEN as error:
        raise BadParts("damaged") from error


def _measure_directory(file: BinaryIO, size: int) -> None:
    """Only a plain directory at the very end is taken, so that zipfile and we read the same one."""
    if size < END_BYTES:
        raise BadParts("damaged")
    tail_at = max(0, size - END_BYTES - END_64_BYTES)
    file.seek(tail_at)
    tail = file.read(END_BYTES + END_64_BYTES)
    end = tail[-END_BYTES:]
    if not end.startswith(END) or not end.endswith(b"\0\0") or tail.startswith(END_64):
        raise BadParts("damaged")
    entries, directory_bytes = struct.unpack("<10xHL", end[:16])
    if entries > MAX_ENTRIES or directory_bytes > MAX_DIRECTORY_BYTES:
        raise BadParts("unpacks")


def _measure_entries(archive: zipfile.ZipFile, size: int) -> None:
    entries = archive.infolist()
    packed = sum(entry.compress_size for entry in entries)
    unpacked = sum(entry.file_size for entry in entries)
    if any(entry.flag_bits & 1 for entry in entries):
        raise BadParts("locked")
    # Entries that overlap are together larger than the file.
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED_BYTES or packed > size:
        raise BadParts("unpacks")
    if unpacked > RATIO_COUNTS_FROM_BYTES and unpacked > MAX_RATIO * packed:
        raise BadParts("unpacks")
    # Documents are packed in no other way, and zipfile unpacks the others without a limit.
    if any(entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for entry in entries):
        raise BadParts("damaged")
    # Of two parts with one name we might look at the one and Office open the other.
    if len({entry.filename.lower() for entry in entries}) < len(entries):
        raise BadParts("damaged")


def _refuse_macro_entries(archive: zipfile.ZipFile) -> None:
    for name in archive.namelist():
        plain = name.replace("\\", "/").lower().lstrip("/")
        if plain.endswith(MACRO_FILES) or plain.startswith(MACRO_FOLDERS) or "/macrosheets/" in plain:
            raise BadParts("macros")


def _part(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    try:
        return archive.getinfo(name)
    except KeyError:
        raise BadParts("content") from None


def _check_openxml(archive: zipfile.ZipFile, main_part: str) -> None:
    """The list of content types names every part's kind, whatever its file is called."""
    entry = _part(archive, "[Content_Types].xml")
    if entry.file_size > MAX_TYPES_BYTES:
        raise BadParts("unpacks")
    try:
        types = {str(element.get("ContentType", "")).lower() for element in fromstring(archive.read(entry))}
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise BadParts("damaged") from error
    if any("macro" in kind or "vba" in kind for kind in types):
        raise BadParts("macros")
    if main_part.lower() not in types:
        raise BadParts("content")


def _check_opendocument(archive: zipfile.ZipFile) -> None:
    entry = _part(archive, "mimetype")
    if entry.file_size > len(ODT) or archive.read(entry) != ODT.encode():
        raise BadParts("content")
