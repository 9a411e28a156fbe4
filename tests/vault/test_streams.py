"""Art. 16: an encrypted file is what its description says, and every change, cut, swap and addition is seen."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tracemalloc
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vault.reference import FILE_ID, KEY, SALT, encrypted, plaintext
from werkcontact.vault.errors import Tampered
from werkcontact.vault.streams import CHUNK_BYTES, HEADER_BYTES, SEALED_BYTES, Reader, Writer

VECTORS = json.loads(Path(__file__).with_name("vectors.json").read_text())
TWO_CHUNKS = encrypted(plaintext(CHUNK_BYTES + 10))
THREE_FULL = encrypted(plaintext(3 * CHUNK_BYTES))


def written(*pieces: bytes) -> bytes:
    """Encrypt with the product's own code."""
    target = io.BytesIO()
    writer = Writer(target, KEY, FILE_ID)
    for piece in pieces:
        writer.write(piece)
    writer.finish()
    return target.getvalue()


def opened(file: bytes, key: bytes = KEY, file_id: UUID = FILE_ID) -> bytes:
    """Verify and decrypt with the product's own code."""
    reader = Reader(io.BytesIO(file), key, file_id)
    reader.verify()
    return b"".join(reader.chunks())


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: str(vector["size"]))
def test_known_answers(vector: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    plain = plaintext(vector["size"])
    known = encrypted(plain)
    assert (hashlib.sha256(known).hexdigest(), known[:48].hex()) == (vector["sha256"], vector["begins"])
    monkeypatch.setattr("werkcontact.vault.streams.os.urandom", lambda _size: SALT)
    assert written(plain) == known
    assert opened(known) == plain


@given(st.lists(st.integers(0, 3 * CHUNK_BYTES), max_size=4))
@settings(max_examples=25, deadline=None)
def test_pieces_of_any_size_come_back_whole(sizes: list[int]) -> None:
    pieces = [os.urandom(size) for size in sizes]
    file = written(*pieces)
    assert opened(file) == b"".join(pieces)
    assert Reader(io.BytesIO(file), KEY, FILE_ID).size == sum(sizes)


def test_two_writings_of_the_same_file_share_no_chunk() -> None:
    one, two = written(b"the same"), written(b"the same")
    assert one[HEADER_BYTES:] != two[HEADER_BYTES:]


@given(st.integers(0, len(TWO_CHUNKS) - 1), st.integers(0, 7))
@settings(max_examples=150, deadline=None)
def test_every_flipped_bit_is_seen(at: int, bit: int) -> None:
    file = bytearray(TWO_CHUNKS)
    file[at] ^= 1 << bit
    with pytest.raises(Tampered):
        opened(bytes(file))


@given(st.integers(0, len(TWO_CHUNKS) - 1))
@settings(max_examples=100, deadline=None)
def test_every_cut_is_seen(length: int) -> None:
    with pytest.raises(Tampered):
        opened(TWO_CHUNKS[:length])


def _chunk(number: int) -> bytes:
    start = HEADER_BYTES + number * SEALED_BYTES
    return THREE_FULL[start : start + SEALED_BYTES]


HEADER, FIRST, SECOND, THIRD = THREE_FULL[:HEADER_BYTES], _chunk(0), _chunk(1), _chunk(2)


@pytest.mark.parametrize(
    "file",
    [
        HEADER,
        HEADER + FIRST,
        HEADER + FIRST + SECOND,
        HEADER + SECOND + THIRD,
        HEADER + FIRST + THIRD,
        HEADER + SECOND + FIRST + THIRD,
        HEADER + FIRST + FIRST + SECOND + THIRD,
        THREE_FULL + THIRD,
        THREE_FULL + bytes(16),
        THREE_FULL + bytes(1),
        THREE_FULL + encrypted(b"")[HEADER_BYTES:],
        encrypted(b"", salt=bytes(16))[:HEADER_BYTES] + FIRST + SECOND + THIRD,
        b"",
        b"%PDF-1.7 never encrypted at all, and long enough to hold a header and a tag",
    ],
)
def test_chunks_lost_doubled_swapped_or_added_are_seen(file: bytes) -> None:
    with pytest.raises(Tampered):
        opened(file)


def test_a_validly_sealed_empty_chunk_at_the_end_is_refused() -> None:
    target = io.BytesIO()
    writer = Writer(target, KEY, FILE_ID)
    writer._seal(bytes(CHUNK_BYTES), last=False)
    writer.finish()
    with pytest.raises(Tampered, match="empty chunk"):
        opened(target.getvalue())


def test_another_key_or_another_file_id_does_not_open_it() -> None:
    with pytest.raises(Tampered):
        opened(TWO_CHUNKS, key=bytes(32))
    with pytest.raises(Tampered):
        opened(TWO_CHUNKS, file_id=UUID(int=FILE_ID.int ^ 1))


def test_a_file_that_was_not_finished_does_not_open() -> None:
    target = io.BytesIO()
    Writer(target, KEY, FILE_ID).write(bytes(3 * CHUNK_BYTES))
    with pytest.raises(Tampered):
        opened(target.getvalue())


@given(st.lists(st.tuples(st.integers(0, 3 * CHUNK_BYTES + 50), st.integers(0, 2 * CHUNK_BYTES)), max_size=6))
@settings(max_examples=40, deadline=None)
def test_reading_and_seeking_answer_like_a_plain_file(steps: list[tuple[int, int]]) -> None:
    plain = plaintext(3 * CHUNK_BYTES)
    ours, theirs = io.BufferedReader(Reader(io.BytesIO(THREE_FULL), KEY, FILE_ID)), io.BytesIO(plain)
    assert ours.seek(-5, io.SEEK_END) == theirs.seek(-5, io.SEEK_END)
    for position, length in steps:
        ours.seek(position)
        theirs.seek(position)
        assert ours.read(length) == theirs.read(length)
        assert ours.tell() == theirs.tell()


def test_closing_closes_the_file_beneath() -> None:
    source = io.BytesIO(TWO_CHUNKS)
    with io.BufferedReader(Reader(source, KEY, FILE_ID)):
        pass
    assert source.closed
    raw = Reader(io.BytesIO(TWO_CHUNKS), KEY, FILE_ID)
    with pytest.raises(ValueError, match="before the beginning"):
        raw.seek(-1)


def test_memory_stays_flat_for_64_megabytes(tmp_path: Path) -> None:
    piece = bytes(CHUNK_BYTES)
    tracemalloc.start()
    try:
        with (tmp_path / "file").open("wb") as target:
            writer = Writer(target, KEY, FILE_ID)
            for _ in range(1024):
                writer.write(piece)
            writer.finish()
        with Reader((tmp_path / "file").open("rb"), KEY, FILE_ID) as reader:
            assert sum(len(chunk) for chunk in reader.chunks()) == 64 * 1024**2
        assert tracemalloc.get_traced_memory()[1] < 2 * 1024**2
    finally:
        tracemalloc.stop()
    (tmp_path / "file").unlink()
