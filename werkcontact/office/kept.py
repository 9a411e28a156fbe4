"""What somebody posted when their session had ended waits, sealed in the new session, until they have signed in again.

Nothing of it is done by itself: a page shows a button that posts it once more, through every check of that screen.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.http import HttpRequest

from werkcontact.office.seals import open_text, seal_text
from werkcontact.vault.errors import Tampered

_SESSION_KEY = "kept_form"
_CONTEXT = "kept-form"


@dataclass(frozen=True)
class KeptForm:
    """Where a form was posted, and its fields; files are not kept."""

    path: str
    fields: tuple[tuple[str, str], ...]
    had_files: bool


def seal(request: HttpRequest) -> str:
    """Return what was posted, sealed, with whose it is."""
    content = {
        "staff": str(request.user.pk),
        "path": request.get_full_path(),
        "fields": [
            (name, value) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken" for value in values
        ],
        "files": bool(request.FILES),
    }
    return seal_text(json.dumps(content), _CONTEXT)


def keep(request: HttpRequest, sealed: str) -> None:
    """Put it into the session that is there now; an earlier one is forgotten."""
    request.session[_SESSION_KEY] = sealed


def waits(request: HttpRequest) -> bool:
    """Whether a form waits in this session."""
    return _SESSION_KEY in request.session


def take(request: HttpRequest) -> KeptForm | None:
    """Take it out again; None when there is none, or when it is somebody else's."""
    sealed = request.session.pop(_SESSION_KEY, None)
    if sealed is None:
        return None
    try:
        content = json.loads(open_text(sealed, _CONTEXT))
    except Tampered:
        return None
    if content["staff"] != str(request.user.pk):
        return None
    return KeptForm(content["path"], tuple((name, value) for name, value in content["fields"]), content["files"])
