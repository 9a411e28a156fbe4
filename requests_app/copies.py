"""Art. 13.4, AVG 15.3: copies of what is given: files as they are, texts as the PDF of the document, each numbered.

What is given in part goes as the redacted copy and never as the original. The originals stay here (art. 13.5).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from dossiers import contact_reports, contents
from dossiers.models import ContactReport, DocumentVersion, WorkNote
from requests_app.holdings import Thing
from requests_app.models import RequestDossier, RequestItem
from requests_app.models.item import ItemKind, Verdict
from werkcontact.letters.render import render
from werkcontact.mail.letters import sender
from werkcontact.vault import files, keys, small
from werkcontact.vault.keys import KeyKind
from werkcontact.vault.models import StoredFile

PDF = "application/pdf"
EXTENSIONS: Mapping[str, str] = {
    PDF: "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.oasis.opendocument.text": "odt",
    "text/plain": "txt",
    "text/csv": "csv",
}


@dataclass(frozen=True)
class Copy:
    """One copy in the package: its number, what the list says of it, and the file that goes."""

    number: int
    item: RequestItem
    thing: Thing
    media_type: str

    @property
    def in_part(self) -> bool:
        """Whether something was taken out."""
        return self.item.verdict == Verdict.IN_PART

    @property
    def file_name(self) -> str:
        """A name that says nothing about anybody."""
        return f"kopie-{self.number:03d}.{EXTENSIONS.get(self.media_type, 'bin')}"


def numbered(pairs: Iterable[tuple[RequestItem, Thing]]) -> list[Copy]:
    """Give each document and note of which something is given its number, in the order of the pairs."""
    given = [
        (item, thing)
        for item, thing in pairs
        if item.kind in (ItemKind.VERSION, ItemKind.NOTE) and item.verdict in (Verdict.GIVE, Verdict.IN_PART)
    ]
    return [
        Copy(number=number, item=item, thing=thing, media_type=_media_type(item, thing))
        for number, (item, thing) in enumerate(given, start=1)
    ]


def content_of(copy: Copy, part: RequestDossier, made_on: date) -> Iterator[bytes]:
    """Return the bytes of a copy; raises KeyGone, FileGone or Tampered before the first."""
    if copy.item.redacted_copy is not None:
        return files.read(copy.item.redacted_copy)
    version = copy.thing.version
    if version is not None and version.stored_file is not None:
        return contents.chunks_of(version)
    return iter([_rendered(copy, part, made_on)])


def zipped(entries: Iterable[tuple[str, Iterator[bytes]]], on: date) -> Iterator[bytes]:
    """Return a zip of these files piece by piece, so that nothing readable touches the disk; dated by the day alone."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, chunks in entries:
            entry = zipfile.ZipInfo(name, date_time=(on.year, on.month, on.day, 12, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w") as file:
                for chunk in chunks:
                    file.write(chunk)
                    yield pipe.take()
    yield pipe.take()


class _Pipe(io.RawIOBase):
    """Where a zip is written to, and taken from at once; it cannot be sought in, so the zip is written in one go."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object, /) -> int:
        piece = bytes(memoryview(data))  # type: ignore[arg-type]  # io says "anything with a buffer"
        self._waiting += piece
        return len(piece)

    def take(self) -> bytes:
        taken = bytes(self._waiting)
        self._waiting.clear()
        return taken


def _media_type(item: RequestItem, thing: Thing) -> str:
    stored: StoredFile | None = item.redacted_copy
    if stored is None and thing.version is not None:
        stored = thing.version.stored_file
    return stored.media_type if stored is not None else PDF


def _rendered(copy: Copy, part: RequestDossier, made_on: date) -> bytes:
    thing = copy.thing
    version, note = thing.version, thing.note
    template, more = "plain_document", {}
    if version is not None:
        text, number = contents.text_of(version), version.number
        report = ContactReport.objects.filter(document=version.document_id).first()
        if report is not None:
            template, more = "contact_report", _talk(report, part)
    else:
        text, number = _note_text(note), 1
    facts = {
        "reference": part.dossier.number,
        "title": thing.title,
        "kind": thing.kind_word,
        "dated": thing.on,
        "version": number,
        "author_role": _("staff member of Werkcontact"),
        "text": text,
        **_state(version),
        **more,
    }
    return render(template, facts, addressee=None, sender=sender(), made_on=made_on)


def _state(version: DocumentVersion | None) -> dict[str, str]:
    return {"state": str(version.document.get_state_display())} if version is not None else {}


def _talk(report: ContactReport, part: RequestDossier) -> dict[str, str]:
    found = {
        "way": str(report.get_channel_display()),
        "hours": f"{report.minutes_spent / 60:.1f}".replace(".", ","),
        "next_step": contact_reports.next_step_of(report, contents.dossier_key(part.dossier_id)),
    }
    return {name: words for name, words in found.items() if words}


def _note_text(note: WorkNote | None) -> str:
    """The text of a note that its author gave; nobody else sees it but who asked."""
    if note is None or note.text_cipher is None:
        return ""
    key = keys.get(KeyKind.VERSION, note.pk)
    return small.open_(key, note.text_cipher, f"work_note.text|{note.pk}").decode()


def index_facts(reference: str, copies: Sequence[Copy]) -> dict[str, object]:
    """Return the facts of the list that says which copy is which."""
    return {
        "reference": reference,
        "copies": [
            {
                "number": copy.number,
                "title": copy.thing.title,
                "kind": copy.thing.kind_word,
                "dated": copy.thing.on,
                "in_part": copy.in_part,
            }
            for copy in copies
        ],
    }
