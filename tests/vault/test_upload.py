"""Art. 16: an upload is encrypted while it comes in, is never plain on disk, and is gone with the request."""

from __future__ import annotations

import gc
import io
import tempfile
import tracemalloc
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.forms import ValidationError
from django.test import RequestFactory
from pytest_django import Settings

from werkcontact.vault.fields import CheckedFileField
from werkcontact.vault.file_types import BadFile
from werkcontact.vault.upload import EncryptedUpload, EncryptingUploadHandler

CANARY = b"canary, yellow; " * 20_000  # 320 kB

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture(autouse=True)
def handlers(settings: Settings) -> None:
    assert settings.FILE_UPLOAD_HANDLERS == ["werkcontact.vault.upload.EncryptingUploadHandler"]
    settings.UPLOAD_MAX_BYTES = 1_000_000


def posted(*contents: bytes, name: str = "list.csv") -> WSGIRequest:
    """A request that brings these files, as a browser sends them."""
    parts = {f"file{number}": SimpleUploadedFile(name, content) for number, content in enumerate(contents)}
    return RequestFactory().post("/", {**parts, "word": "kept"})


def received(request: WSGIRequest, number: int = 0) -> EncryptedUpload:
    upload = request.FILES[f"file{number}"]
    assert isinstance(upload, EncryptedUpload)
    return upload


def open_files(folder: Path) -> list[bytes]:
    """What lies in the files below this folder that this process has open, also those without a name."""
    links = [link for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    return [link.read_bytes() for link in links if str(link.readlink()).startswith(str(folder))]


def test_an_upload_reads_like_a_file() -> None:
    request = posted(CANARY, b"", b"third")
    upload = received(request)
    assert (upload.name, upload.size, upload.too_large) == ("list.csv", len(CANARY), False)
    assert upload.read() == b"".join(upload.chunks()) == CANARY
    upload.seek(8)
    assert upload.read(6) == b"yellow"
    assert io.TextIOWrapper(cast("BinaryIO", upload.open().file)).readline().startswith("canary, yellow; ")
    assert (received(request, 1).size, received(request, 1).read()) == (0, b"")
    assert received(request, 2).read() == b"third"
    assert request.POST["word"] == "kept"


def test_no_plaintext_reaches_the_disk_and_the_file_has_no_name(store: Path) -> None:
    before = set(Path(tempfile.gettempdir()).iterdir())
    request = posted(CANARY)
    upload = received(request)
    assert list((store / "incoming").iterdir()) == []
    (content,) = open_files(store)
    assert len(content) > len(CANARY)
    assert b"canary" not in content
    assert upload.read() == CANARY
    new = set(Path(tempfile.gettempdir()).iterdir()) - before
    assert not [path for path in new if path.is_file() and b"canary" in path.read_bytes()]


def test_the_file_is_gone_with_the_request(store: Path) -> None:
    request = posted(CANARY)
    upload = received(request)
    request.close()
    assert open_files(store) == []
    with pytest.raises(ValueError, match="closed"):
        upload.read()


def test_a_file_that_does_not_come_in_whole_is_let_go(store: Path) -> None:
    handler = begun()
    handler.receive_data_chunk(CANARY, 0)
    assert len(open_files(store)) == 1
    handler.upload_interrupted()
    assert open_files(store) == []


def test_beyond_the_limit_it_is_cut_off_with_words_and_the_form_stays_filled(store: Path) -> None:
    request = posted(b"x" * 1_000_001)
    upload = received(request)
    assert (upload.too_large, upload.size, request.POST["word"]) == (True, 1_000_001, "kept")
    assert open_files(store) == []
    for reading in (upload.read, lambda: list(upload.chunks()), upload.open):
        with pytest.raises(BadFile) as refusal:
            reading()
        assert refusal.value.code == "file_types.too_large"
    with pytest.raises(ValidationError) as error:
        CheckedFileField().clean(upload)
    assert error.value.code == "file_types.too_large"
    assert not received(posted(b"x" * 1_000_000)).too_large


def test_the_limit_holds_for_all_files_of_a_request_together() -> None:
    request = posted(b"x" * 600_000, b"y" * 600_000)
    assert [received(request, number).too_large for number in (0, 1)] == [False, True]


def test_memory_stays_flat_while_receiving(settings: Settings) -> None:
    settings.UPLOAD_MAX_BYTES = 100_000_000
    handler, piece = begun(), bytes(65_536)
    tracemalloc.start()
    try:
        for number in range(512):
            handler.receive_data_chunk(piece, number * len(piece))
        upload = handler.file_complete(512 * len(piece))
        assert sum(len(chunk) for chunk in upload.chunks()) == 32 * 1024**2
        assert tracemalloc.get_traced_memory()[1] < 2 * 1024**2
    finally:
        tracemalloc.stop()
    upload.close()


def test_the_form_field_takes_what_it_is_told_to_and_believes_the_content() -> None:
    upload = received(posted(CANARY))
    upload.content_type = "application/x-nonsense"
    taken = CheckedFileField(extensions={"csv", "xlsx"}).clean(upload)
    assert taken is upload
    assert (taken.content_type, taken.read()) == ("text/csv", CANARY)
    with pytest.raises(ValidationError) as error:
        CheckedFileField(extensions={"pdf"}).clean(upload)
    assert error.value.code == "file_types.extension"
    assert CheckedFileField(required=False).clean(None) is None
    assert CheckedFileField(extensions={"csv", "pdf"}).widget.attrs["accept"] == ".csv,.pdf"


def test_a_forgotten_upload_is_let_go_by_the_collector(store: Path) -> None:
    received(posted(b"x"))
    gc.collect()
    assert open_files(store) == []


def begun() -> EncryptingUploadHandler:
    handler = EncryptingUploadHandler()
    handler.new_file("file", "list.csv", "text/csv", None, None, {})
    return handler
