"""Art. 16: what kind of file an upload really is: its extension, libmagic and (for office files) its parts must agree.

libmagic comes with the pylibmagic wheel. Where it cannot be loaded, the first bytes alone decide and a system check
says so (vault.W001).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import PurePath
from typing import Any, BinaryIO

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from werkcontact.refused import Refused
from werkcontact.vault import office_files
from werkcontact.vault.office_files import BadParts

HEAD_BYTES = 65_536  # how much of a file `check` wants to see; libmagic needs a few kB for office files
UNKNOWN = "application/octet-stream"
TEXT_TYPES = frozenset({"text/plain", "text/csv", "application/csv", "message/rfc822", UNKNOWN})

TEXTS = {
    "empty": _("This file is empty."),
    "extension": _("This kind of file cannot be added here."),
    "content": _("The content of this file is not what its name says. Save it again in its own program."),
    "macros": _("This file contains macros (small programs). Save it without macros and try again."),
    "unpacks": _("This file becomes far too large when it is opened. It may have been made to do harm."),
    "damaged": _("This file is damaged and cannot be read. Save it again in its own program."),
    "locked": _("This file is locked with a password. Save it without a password and try again."),
    "too_large": _("This is too large: at most %(megabytes)s MB can be sent at once. Make the file smaller."),
}


class BadFile(Refused):
    """An uploaded file was refused; its code is "file_types.<key of TEXTS>"."""

    def __init__(self, code: str) -> None:
        limit = {"megabytes": settings.UPLOAD_MAX_BYTES // 1024**2}
        super().__init__(f"file_types.{code}", "AVG 32", TEXTS[code] % limit)


@dataclass(frozen=True)
class Kind:
    """One kind of file: what it is called, how it begins, and what libmagic may call it."""

    media_type: str
    begins: tuple[bytes, ...]
    magic_types: frozenset[str]


def _office(media_type: str) -> Kind:
    return Kind(media_type, (b"PK\x03\x04",), frozenset({media_type, "application/zip", UNKNOWN}))


def _plain(media_type: str, *begins: bytes) -> Kind:
    return Kind(media_type, begins, frozenset({media_type}))


KINDS: dict[str, Kind] = {
    "pdf": _plain("application/pdf", b"%PDF-"),
    "jpg": _plain("image/jpeg", b"\xff\xd8\xff"),
    "png": _plain("image/png", b"\x89PNG\r\n\x1a\n"),
    "docx": _office(office_files.DOCX),
    "xlsx": _office(office_files.XLSX),
    "odt": _office(office_files.ODT),
    "txt": Kind("text/plain", (b"",), TEXT_TYPES),
    "csv": Kind("text/csv", (b"",), TEXT_TYPES),
}


def extension_of(name: str) -> str:
    """Return the extension of a file name: small letters, without the dot, jpeg as jpg."""
    extension = PurePath(name).suffix.lower().removeprefix(".")
    return "jpg" if extension == "jpeg" else extension


def check(name: str, head: bytes, opener: Callable[[], BinaryIO]) -> str:
    """Return the media type of a file, or raise `BadFile`.

    `head` is its first HEAD_BYTES; `opener` gives its whole content to seek in, is called only for office files, and
    what it gives is not closed here.
    """
    kind = KINDS.get(extension_of(name))
    if kind is None:
        raise BadFile("extension")
    if not head:
        raise BadFile("empty")
    if office_files.is_locked(head):
        raise BadFile("locked")
    if not head.startswith(kind.begins) or not _agrees(kind, head):
        raise BadFile("content")
    if kind.begins == (b"PK\x03\x04",):
        try:
            office_files.check(opener(), kind.media_type)
        except BadParts as error:
            raise BadFile(error.code) from error
    return kind.media_type


def libmagic_loaded() -> bool:
    """Say whether libmagic gives its opinion here."""
    return _libmagic() is not None


def _agrees(kind: Kind, head: bytes) -> bool:
    if kind.begins == (b"",) and not _looks_like_text(head):
        return False
    found = _ask_libmagic(head)
    # Much of what people write looks like source code to libmagic ("text/x-..."); web pages keep names of their own.
    return found is None or found in kind.magic_types or (kind.begins == (b"",) and found.startswith("text/x-"))


def _looks_like_text(head: bytes) -> bool:
    """Allow a stray control character (a delivery may hold a NUL, which its own reader reports), not a binary file."""
    text = head.decode("utf-16", "replace") if head.startswith((b"\xff\xfe", b"\xfe\xff")) else head.decode("latin-1")
    control = sum(1 for char in text if char < " " and char not in "\t\n\r\f")
    return control <= max(1, len(text) // 100)


@cache
def _libmagic() -> Any:
    try:
        import pylibmagic  # noqa: F401 - tells python-magic where the wheel's library lies
    except (ImportError, OSError):
        logging.getLogger(__name__).info("pylibmagic is not there; trying the system's libmagic")
    try:
        import magic
    except (ImportError, OSError):
        return None
    return magic


def _ask_libmagic(head: bytes) -> str | None:
    """Return libmagic's opinion; None when it is not there, unknown when it gives up on hostile bytes."""
    magic = _libmagic()
    if magic is None:
        return None
    try:
        return str(magic.from_buffer(head, mime=True))
    except magic.MagicException:
        return UNKNOWN
