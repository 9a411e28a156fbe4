"""Art. 5.2, 16: how a document and its versions are written and opened; every act on documents stands on this.

Order of keys: a version's key is made and committed first, then its row. Title, why and reason lie under the
dossier's key, so one fetch opens those of a whole page; the content lies under the version's own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dossiers.intake import Particulars
from dossiers.models import Document, DocumentVersion, Dossier
from dossiers.transitions import DocumentState, DossierState
from werkcontact.access import Actor
from werkcontact.ids import uuid7
from werkcontact.refused import Refused
from werkcontact.vault import files, keys
from werkcontact.vault.keys.kinds import KeyKind
from werkcontact.vault.small import open_, seal


@dataclass(frozen=True)
class NewFile:
    """The plaintext of a file in chunks, and the media type that `vault.file_types` found."""

    chunks: Iterable[bytes]
    media_type: str


Content = str | NewFile


def dossier_key(dossier: UUID) -> bytes:
    """The key of one dossier; raises KeyGone."""
    return keys.get(KeyKind.DOSSIER, dossier)


def lock_open(dossier: Dossier) -> Dossier:
    """Lock the dossier for this transaction; the first lock of every act on it. Refused when it closed meanwhile."""
    locked = Dossier.objects.select_for_update(no_key=True).get(pk=dossier.pk)
    if locked.state != DossierState.OPEN:
        raise Refused("documents.closed", "6.1", _("This dossier has been closed. Nothing can be added any more."))
    return locked


def lock_document(document: Document) -> Document:
    """Lock a document within its locked dossier, and read it anew."""
    return Document.objects.select_for_update(no_key=True).get(pk=document.pk)


def sealed_particulars(document_id: UUID, about: Particulars, key: bytes) -> dict[str, object]:
    """The fields of a document that come from its particulars."""
    return {
        "category": about.category,
        "sensitivity": about.sensitivity,
        "source": about.source,
        "title_cipher": seal(key, about.title.strip(), f"document.title|{document_id}"),
        "why_cipher": seal(key, about.why.strip(), f"document.why|{document_id}"),
        "happened_on": about.happened_on,
    }


def new_document(
    actor: Actor,
    dossier: Dossier,
    about: Particulars,
    content: Content,
    *,
    state: DocumentState = DocumentState.FINAL,
    new_id: UUID | None = None,
    filed_from: UUID | None = None,
    field_paths: Sequence[str] = (),
) -> Document:
    """Write a document with its first version, inside an act; `new_id` is the id that its form brought."""
    document_id = new_id or uuid7()
    document = Document.objects.create(
        id=document_id,
        dossier=dossier,
        kind=about.kind,
        state=state,
        author_id=actor.id,
        recorded_at=actor.at,
        filed_from_id=filed_from,
        **sealed_particulars(document_id, about, dossier_key(dossier.pk)),
    )
    add_version(actor, document, content, field_paths=field_paths)
    return document


def add_version(
    actor: Actor,
    document: Document,
    content: Content,
    *,
    number: int = 1,
    reason: str = "",
    field_paths: Sequence[str] = (),
) -> DocumentVersion:
    """Write one version under a key of its own, inside an act; a correction brings its reason."""
    version_id = uuid7()
    keys.make(KeyKind.VERSION, [version_id])
    version = DocumentVersion(
        id=version_id,
        document=document,
        number=number,
        field_paths=list(field_paths),
        made_by_id=actor.id,
        made_at=actor.at,
    )
    if isinstance(content, str):
        key = keys.get(KeyKind.VERSION, version_id)
        version.text_cipher = seal(key, content, f"document_version.text|{version_id}")
        version.sha256 = hashlib.sha256(content.encode()).digest()
    else:
        stored = files.store(content.chunks, kind=KeyKind.VERSION, owner=version_id, media_type=content.media_type)
        version.stored_file = stored
        version.sha256 = stored.sha256
    if reason:
        sealed = seal(dossier_key(document.dossier_id), reason.strip(), f"document_version.reason|{version_id}")
        version.reason_cipher = sealed
    version.save(force_insert=True)
    return version


def title_of(document: Document, key: bytes) -> str:
    """Its title, with the dossier's key."""
    return open_(key, document.title_cipher, f"document.title|{document.pk}").decode()


def why_of(document: Document, key: bytes) -> str:
    """Why it belongs in the dossier, with the dossier's key."""
    return open_(key, document.why_cipher, f"document.why|{document.pk}").decode()


def reason_of(version: DocumentVersion, key: bytes) -> str:
    """Why this version was made, with the dossier's key; nothing for a first one."""
    if version.reason_cipher is None:
        return ""
    return open_(key, version.reason_cipher, f"document_version.reason|{version.pk}").decode()


def texts_of(versions: Iterable[DocumentVersion]) -> dict[UUID, str]:
    """The texts of these versions by their ids, with one fetch of keys; files and what ended are left out."""
    texts = {version.pk: version for version in versions if version.text_cipher is not None}
    return {
        pk: open_(key, texts[pk].text_cipher or b"", f"document_version.text|{pk}").decode()
        for pk, key in keys.fetch(KeyKind.VERSION, texts).items()
    }


def text_of(version: DocumentVersion) -> str:
    """The text of one version, "" for a file; raises KeyGone when it ended."""
    if version.text_cipher is None:
        return ""
    key = keys.get(KeyKind.VERSION, version.pk)
    return open_(key, version.text_cipher, f"document_version.text|{version.pk}").decode()


def chunks_of(version: DocumentVersion) -> Iterator[bytes]:
    """The plaintext of a version's file, proven whole before a byte is given; a text as UTF-8."""
    if version.stored_file is None:
        return iter([text_of(version).encode()])
    return files.read(version.stored_file)


def shred(versions: Iterable[UUID]) -> None:
    """End what lay under these versions' own keys, once the act that says so is committed; may be run twice."""
    keys.shred(KeyKind.VERSION, versions)
