"""Art. 6.1 and 16: stored files are never plain on disk, whole or not there, proven before use, and erased."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from werkcontact.vault import files, keys
from werkcontact.vault.errors import FileGone, KeyGone, Tampered
from werkcontact.vault.keys.kinds import KeyKind
from werkcontact.vault.models import StoredFile

pytestmark = pytest.mark.django_db(databases="__all__")
CANARY = b"the canary sings of a sore back " * 5_000  # 160 kB: three chunks


@pytest.fixture
def owner() -> UUID:
    made = uuid4()
    keys.make(KeyKind.VERSION, [made])
    return made


@pytest.fixture
def stored(store: Path, owner: UUID) -> StoredFile:
    return files.store([CANARY[:7], CANARY[7:]], kind=KeyKind.VERSION, owner=owner, media_type="text/plain")


def on_disk(store: Path) -> list[Path]:
    return [path for path in store.rglob("*") if path.is_file()]


def test_a_stored_file_comes_back_whole_and_its_row_tells_size_and_hash(stored: StoredFile) -> None:
    row = StoredFile.objects.get(pk=stored.pk)
    assert (row.size, bytes(row.sha256)) == (len(CANARY), hashlib.sha256(CANARY).digest())
    assert (row.key_kind, row.media_type) == (KeyKind.VERSION, "text/plain")
    assert datetime.now(UTC) - row.stored_at < timedelta(minutes=5)
    assert b"".join(files.read(row)) == files.read_bytes(row) == CANARY
    with files.reader(row) as opened:
        opened.seek(4)
        assert opened.read(6) == b"canary"


def test_nothing_readable_lies_on_disk_and_only_the_owner_may_look(store: Path, stored: StoredFile) -> None:
    (path,) = on_disk(store)
    assert path.relative_to(store) == Path(stored.pk.hex[-2:]) / f"{stored.pk}.bin"
    assert b"canary" not in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_file_needs_a_key_first(store: Path) -> None:
    with pytest.raises(KeyGone):
        files.store([b"x"], kind=KeyKind.VERSION, owner=uuid4(), media_type="text/plain")
    assert on_disk(store) == []


def test_a_source_that_breaks_off_leaves_nothing(store: Path, owner: UUID) -> None:
    def broken() -> Iterator[bytes]:
        yield CANARY
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        files.store(broken(), kind=KeyKind.VERSION, owner=owner, media_type="text/plain")
    assert on_disk(store) == []
    assert not StoredFile.objects.exists()


def test_after_shredding_it_cannot_be_read(stored: StoredFile) -> None:
    keys.shred(KeyKind.VERSION, [stored.key_owner])
    with pytest.raises(KeyGone):
        files.read(stored)


def test_damage_at_the_very_end_is_seen_before_the_first_byte_is_given(store: Path, stored: StoredFile) -> None:
    (path,) = on_disk(store)
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    with pytest.raises(Tampered):
        files.read(stored)
    with pytest.raises(Tampered):
        files.read_bytes(stored)


def test_the_file_of_another_row_under_the_same_key_does_not_open(store: Path, stored: StoredFile) -> None:
    other = files.store([b"other"], kind=KeyKind.VERSION, owner=stored.key_owner, media_type="text/plain")
    (path,) = [path for path in on_disk(store) if path.stem == str(stored.pk)]
    path.write_bytes((store / other.pk.hex[-2:] / f"{other.pk}.bin").read_bytes())
    with pytest.raises(Tampered):
        files.read(stored)


def test_erasing_takes_file_and_row_and_may_be_run_twice(store: Path, stored: StoredFile) -> None:
    kept = files.store([b"kept"], kind=KeyKind.VERSION, owner=stored.key_owner, media_type="text/plain")
    assert files.erase([stored.pk]) == 1
    assert files.erase([stored.pk, uuid4()]) == 0
    assert [path.stem for path in on_disk(store)] == [str(kept.pk)]
    assert files.read_bytes(kept) == b"kept"
    with pytest.raises(FileGone):
        files.read(stored)


def test_sweeping_takes_old_files_without_a_row_and_nothing_else(store: Path, owner: UUID, stored: StoredFile) -> None:
    with transaction.atomic():
        rolled_back = files.store([b"x"], kind=KeyKind.VERSION, owner=owner, media_type="text/plain")
        transaction.set_rollback(True)
    orphan = store / rolled_back.pk.hex[-2:] / f"{rolled_back.pk}.bin"
    part = orphan.with_name(f"{uuid4()}.part")
    stray = orphan.with_name("stray.bin")
    for path in (part, stray):
        path.touch()
    now = datetime.now(UTC)
    assert files.sweep_orphans(before=now - timedelta(days=1)) == 0
    for path in on_disk(store):
        os.utime(path, times=(0, 0))
    assert files.sweep_orphans(before=now - timedelta(days=1)) == 3
    assert files.read_bytes(stored) == CANARY
    assert len(on_disk(store)) == 1


def test_the_database_refuses_an_unknown_kind_and_a_negative_size(store: Path, stored: StoredFile) -> None:
    for wrong in ({"key_kind": "passport"}, {"size": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            StoredFile.objects.update(**wrong)
