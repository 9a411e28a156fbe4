"""Art. 16: the store of encrypted files, VAULT_DIR/<2 hex>/<id>.bin; nothing readable ever touches the disk.

A file is written under another name in its own folder, synced, renamed and only then gets its row: a row always has
its whole file. A file without a row (an act that rolled back, a crash) is unreadable rubbish for `sweep_orphans`.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BufferedReader
from pathlib import Path
from uuid import UUID

from django.conf import settings

from werkcontact.ids import uuid7
from werkcontact.vault import keys
from werkcontact.vault.errors import FileGone
from werkcontact.vault.keys.kinds import KeyKind
from werkcontact.vault.models import StoredFile
from werkcontact.vault.streams import CHUNK_BYTES, Reader, Writer

PART = ".part"  # the ending of a file that is still being written


def store(chunks: Iterable[bytes], *, kind: KeyKind, owner: UUID, media_type: str) -> StoredFile:
    """Encrypt the chunks into the store under an existing key, and write the row in the running transaction.

    `media_type` is what `file_types.check` found, never what a browser said. Raises `KeyGone` when the owner has no
    key (make it first), OSError when the disk is full; then nothing is left behind.
    """
    key = keys.get(kind, owner)
    file_id = uuid7()
    size, sha256 = _write(_path(file_id), chunks, key, file_id)
    return StoredFile.objects.create(
        id=file_id, key_kind=kind, key_owner=owner, size=size, sha256=sha256, media_type=media_type
    )


def reader(stored: StoredFile) -> BufferedReader:
    """Open a stored file to read and seek in, after proving the whole of it; the caller closes it.

    Raises `KeyGone`, `FileGone` or `Tampered`, all before a byte is given.
    """
    raw = _open(stored)
    try:
        raw.verify()
    except BaseException:
        raw.close()
        raise
    return BufferedReader(raw, CHUNK_BYTES)


def read(stored: StoredFile) -> Iterator[bytes]:
    """Return the plaintext in chunks, after proving the whole file. Raises like `reader`, at the call."""
    return _chunks(reader(stored))


def read_bytes(stored: StoredFile) -> bytes:
    """Return the whole plaintext at once: for what is small, or must be whole in memory anyway."""
    with _open(stored) as raw:
        return b"".join(raw.chunks())  # nothing leaves before the last chunk is proven


def erase(ids: Iterable[UUID]) -> int:
    """Remove files, then their rows in the running transaction; tell how many rows there were. May be run twice.

    Shred the key first where it goes too: a removed file may survive on the disk, unreadable without its key.
    """
    wanted = list(ids)
    for folder in {_remove(file_id) for file_id in wanted}:
        _sync_folder(folder)
    return StoredFile.objects.filter(pk__in=wanted).delete()[0]


def sweep_orphans(*, before: datetime) -> int:
    """Remove files without a row that were last written before this moment; tell how many.

    `before` lies at least a day back, since the row of a file comes at the end of its act.
    """
    removed = 0
    for folder in Path(settings.VAULT_DIR).glob("[0-9a-f][0-9a-f]"):
        old = [path for path in folder.iterdir() if path.stat().st_mtime < before.timestamp()]
        ids = {path: _id_of(path) for path in old}
        known = set(StoredFile.objects.filter(pk__in=[i for i in ids.values() if i]).values_list("pk", flat=True))
        for path, file_id in ids.items():
            if file_id not in known:
                path.unlink(missing_ok=True)
                removed += 1
    return removed


def _path(file_id: UUID) -> Path:
    # The last byte is random; the first ones of a UUIDv7 are the clock and would put all files in one folder.
    return Path(settings.VAULT_DIR) / file_id.hex[-2:] / f"{file_id}.bin"


def _id_of(path: Path) -> UUID | None:
    """Return whose file this is; None for a part or a stray file."""
    try:
        return UUID(path.stem) if path.suffix == ".bin" else None
    except ValueError:
        return None


def _open(stored: StoredFile) -> Reader:
    key = keys.get(KeyKind(stored.key_kind), stored.key_owner)
    try:
        source = _path(stored.pk).open("rb")
    except FileNotFoundError:
        raise FileGone("A stored file is not in VAULT_DIR.") from None
    return Reader(source, key, stored.pk)


def _chunks(opened: BufferedReader) -> Iterator[bytes]:
    with opened:
        while piece := opened.read(CHUNK_BYTES):
            yield piece


def _write(path: Path, chunks: Iterable[bytes], key: bytes, file_id: UUID) -> tuple[int, bytes]:
    """Write and sync the encrypted file; return size and SHA-256 of the plaintext."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_suffix(PART)
    size, digest = 0, hashlib.sha256()
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
            writer = Writer(target, key, file_id)
            for chunk in chunks:
                writer.write(chunk)
                digest.update(chunk)
                size += len(chunk)
            writer.finish()
            target.flush()
            os.fsync(target.fileno())
        part.rename(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    return size, digest.digest()


def _remove(file_id: UUID) -> Path:
    path = _path(file_id)
    path.unlink(missing_ok=True)
    return path.parent


def _sync_folder(folder: Path) -> None:
    if not folder.exists():
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
