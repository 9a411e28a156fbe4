"""Art. 16: encrypt an upload while it is being received; Django's own handlers would write it plain to /tmp.

Each received file lies in VAULT_DIR/incoming under a key of its own that only this process's memory knows. The file
has no name there: the system removes it when it is closed (at the latest with the request) or the process dies.
"""

from __future__ import annotations

import io
import os
import tempfile
from io import BufferedReader
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO, cast

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from werkcontact.ids import uuid7
from werkcontact.vault.file_types import BadFile
from werkcontact.vault.streams import CHUNK_BYTES, Reader, Writer

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from django.http import HttpRequest

    Upload = UploadedFile[bytes]
else:
    Upload = UploadedFile

KEY_BYTES = 32


class EncryptedUpload(Upload):
    """A received file: reading, seeking and `chunks()` give the plaintext; `size` is what was received.

    `too_large` says that it was cut off: its content was thrown away, and every reading raises `BadFile`.
    """

    too_large = False

    def open(self, *args: Any, **kwargs: Any) -> EncryptedUpload:  # noqa: ARG002 - Django's signature
        """Go back to the beginning; once closed it is gone."""
        self.seek(0)
        return self


class EncryptingUploadHandler(FileUploadHandler):
    """The only upload handler (FILE_UPLOAD_HANDLERS). One request may bring UPLOAD_MAX_BYTES in files, all together."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._room = int(settings.UPLOAD_MAX_BYTES)
        self._received: _Received | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self._received = _Received()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django's signature
        """Encrypt what came in; beyond the limit let go of the file and read on only to answer in words."""
        received = cast("_Received", self._received)
        self._room -= len(raw_data)
        if self._room < 0:
            received.close()
        else:
            received.write(raw_data)

    def file_complete(self, file_size: int) -> EncryptedUpload:
        """Return the received file."""
        received = cast("_Received", self._received)
        self._received = None
        upload = EncryptedUpload(
            file=cast("IO[bytes]", received.reader()),
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=cast("dict[str, bytes]", self.content_type_extra),
        )
        upload.too_large = received.cut
        return upload

    def upload_interrupted(self) -> None:
        """Let go of a file that did not come in whole."""
        if self._received:
            self._received.close()


class _Received:
    """One file while it comes in: a nameless encrypted file, and the key that is kept nowhere else."""

    def __init__(self) -> None:
        folder = Path(settings.VAULT_DIR) / "incoming"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file = cast("BinaryIO", tempfile.TemporaryFile(dir=folder))  # noqa: SIM115 - it outlives this call
        self._key, self._id = os.urandom(KEY_BYTES), uuid7()
        self._writer = Writer(self._file, self._key, self._id)
        self.cut = False

    def write(self, data: bytes) -> None:
        self._writer.write(data)

    def close(self) -> None:
        self.cut = True
        self._file.close()

    def reader(self) -> BufferedReader:
        if self.cut:
            return BufferedReader(_Cut())
        self._writer.finish()
        self._file.flush()
        return BufferedReader(Reader(self._file, self._key, self._id), CHUNK_BYTES)


class _Cut(io.RawIOBase):
    """Stands where a file was too large: whoever reads it without having looked gets the refusal, not an empty file."""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:  # noqa: ARG002 - the signature of io
        raise BadFile("too_large")

    def readinto(self, buffer: WriteableBuffer, /) -> int:  # noqa: ARG002 - the signature of io
        raise BadFile("too_large")
