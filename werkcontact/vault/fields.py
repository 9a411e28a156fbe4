"""Art. 16: the form field for an uploaded file: cut off, checked by content, its problem said in words."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from django import forms
from django.core.exceptions import ValidationError

from werkcontact.vault import file_types
from werkcontact.vault.file_types import BadFile

if TYPE_CHECKING:
    from django.core.files import File
    from django.core.files.uploadedfile import UploadedFile


class CheckedFileField(forms.FileField):
    """Gives an uploaded file whose `content_type` is what its content says, not what the browser said.

    `extensions` narrows what the form takes, for instance {"csv", "xlsx"}.
    """

    def __init__(self, *, extensions: Collection[str] = tuple(file_types.KINDS), **kwargs: Any) -> None:
        self.extensions = frozenset(extensions)  # first: making the widget asks for it
        super().__init__(**kwargs)

    def to_python(self, data: File[bytes] | None) -> UploadedFile[bytes] | None:
        """Check the file; a refused one becomes the field's error."""
        upload = cast("UploadedFile[bytes] | None", super().to_python(data))
        if upload is None:
            return None
        try:
            upload.content_type = self._media_type(upload)
        except BadFile as error:
            raise ValidationError(str(error.text), code=error.code) from error
        upload.seek(0)
        return upload

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Let the browser offer only what is taken."""
        attrs = super().widget_attrs(widget)
        return attrs | {"accept": ",".join(f".{extension}" for extension in sorted(self.extensions))}

    def _media_type(self, upload: UploadedFile[bytes]) -> str:
        if getattr(upload, "too_large", False):
            raise BadFile("too_large")
        name = upload.name or ""
        if file_types.extension_of(name) not in self.extensions:
            raise BadFile("extension")
        upload.seek(0)
        head = upload.read(file_types.HEAD_BYTES)
        return file_types.check(name, head, lambda: cast("BinaryIO", upload))
