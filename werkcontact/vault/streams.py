"""Art. 16: encrypt files of any length with flat memory, so that no cut, swap or addition goes unseen.

The STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015), laid out as age does it. A file is
    8 bytes  magic and version
    16 bytes random salt
    chunks   of 65,536 bytes plaintext (the last one shorter), each AES-256-GCM with its tag of 16 bytes.
Key of the file: HKDF-SHA256(owner's data key, salt, "werkcontact.vault.stream.1|" + file id). Nonce of a chunk: its
number in 11 bytes, then 1 for the last chunk and 0 for the others. Only an empty file has an empty chunk. The salt
makes every writing of a file use a key of its own, so a nonce never comes twice.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from werkcontact.vault.errors import Tampered
from werkcontact.vault.master import derive

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAGIC = b"WKVAULT\x01"
SALT_BYTES = 16
HEADER_BYTES = len(MAGIC) + SALT_BYTES
TAG_BYTES = 16
CHUNK_BYTES = 65_536
SEALED_BYTES = CHUNK_BYTES + TAG_BYTES


def _box(key: bytes, file_id: UUID, salt: bytes) -> AESGCM:
    return AESGCM(derive(key, f"werkcontact.vault.stream.1|{file_id}", salt=salt))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


class Writer:
    """Encrypts what is written to it into `target`. Without `finish` the file cannot be read: it has no last chunk."""

    def __init__(self, target: BinaryIO, key: bytes, file_id: UUID) -> None:
        salt = os.urandom(SALT_BYTES)
        self._target = target
        self._box = _box(key, file_id, salt)
        self._number = 0
        self._waiting = bytearray()
        target.write(MAGIC + salt)

    def write(self, data: bytes) -> None:
        """Take plaintext in pieces of any size; at most one chunk of it waits in memory."""
        for start in range(0, len(data), CHUNK_BYTES):
            self._waiting += memoryview(data)[start : start + CHUNK_BYTES]
            # A full chunk waits until more comes: only then is it sure that it is not the last.
            if len(self._waiting) > CHUNK_BYTES:
                self._seal(bytes(self._waiting[:CHUNK_BYTES]), last=False)
                del self._waiting[:CHUNK_BYTES]

    def finish(self) -> None:
        """Write the last chunk. The target stays open: flushing and closing it is its owner's work."""
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _seal(self, chunk: bytes, *, last: bool) -> None:
        self._target.write(self._box.encrypt(_nonce(self._number, last=last), chunk, None))
        self._number += 1


class Reader(io.RawIOBase):
    """The plaintext of an encrypted file, to be read and sought in. Takes over `source` and closes it.

    Every chunk is proven before a byte of it is given; that none is missing is proven when the last one is read.
    So whoever passes bytes on while reading calls `verify` first. Raises `Tampered`.
    """

    def __init__(self, source: BinaryIO, key: bytes, file_id: UUID) -> None:
        super().__init__()
        self._source = source
        body = source.seek(0, io.SEEK_END) - HEADER_BYTES
        source.seek(0)
        header = source.read(HEADER_BYTES)
        self.chunk_count = -(-body // SEALED_BYTES)
        self.size = body - self.chunk_count * TAG_BYTES
        if not header.startswith(MAGIC) or body < TAG_BYTES or self.size < (self.chunk_count - 1) * CHUNK_BYTES:
            raise Tampered("This is not an encrypted file of ours, or it was cut.")
        self._box = _box(key, file_id, header[len(MAGIC) :])
        self._position = 0
        self._held: tuple[int, bytes] = (-1, b"")

    def chunk(self, number: int) -> bytes:
        """Return one chunk of plaintext, proven."""
        self._source.seek(HEADER_BYTES + number * SEALED_BYTES)
        sealed = self._source.read(SEALED_BYTES)
        last = number == self.chunk_count - 1
        try:
            plain = self._box.decrypt(_nonce(number, last=last), sealed, None)
        except (InvalidTag, ValueError) as error:
            raise Tampered("An encrypted file was changed, cut or moved.") from error
        if not plain and number:
            raise Tampered("An encrypted file ends in an empty chunk.")
        return plain

    def chunks(self) -> Iterator[bytes]:
        """Give the chunks of plaintext in their order, from the first."""
        for number in range(self.chunk_count):
            yield self.chunk(number)

    def verify(self) -> None:
        """Prove the whole file: nothing changed, moved, missing or added."""
        for _chunk in self.chunks():
            pass

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def seekable(self) -> bool:
        """Say that it can be sought in."""
        return True

    def tell(self) -> int:
        """Return the position in the plaintext."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move to a position in the plaintext."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self.size}[whence]
        if base + offset < 0:
            raise ValueError("A position before the beginning.")
        self._position = base + offset
        return self._position

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Read from the position on, at most to the end of its chunk."""
        if self._position >= self.size:
            return 0
        number, start = divmod(self._position, CHUNK_BYTES)
        if self._held[0] != number:
            self._held = (number, self.chunk(number))
        target = memoryview(buffer).cast("B")
        piece = self._held[1][start : start + len(target)]
        target[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)

    def close(self) -> None:
        """Close the encrypted file beneath too."""
        if not self.closed:
            self._source.close()
            self._held = (-1, b"")
        super().close()
