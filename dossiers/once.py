"""Art. 5.2: a form that is posted twice makes one thing: its hidden id becomes the id of the record.

What the same person posts again with the same id in the same dossier is what was kept before. Asked under the lock of
the dossier, so that of two posts at once the second one waits and finds the first.
"""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dossiers import contents
from dossiers.contents import Content
from dossiers.intake import Particulars
from dossiers.models import Document, Dossier, WorkNote
from dossiers.transitions import DocumentState
from werkcontact.access import Actor
from werkcontact.refused import Refused
from werkcontact.vault import keys
from werkcontact.vault.keys.kinds import KeyKind
from werkcontact.vault.small import open_

KEPT_BEFORE = "once.kept_before"


def kept_document(
    actor: Actor, dossier: Dossier, new_id: UUID | None, about: Particulars, content: Content, state: DocumentState
) -> Document | None:
    """Return the document that this form made before, None when it made none.

    Raises Refused("once.kept_before") when under this id something else was kept: going back to a sent form and
    changing it makes no second thing unasked, and loses nothing.
    """
    known = Document.objects.filter(pk=new_id).first() if new_id else None
    if known is None:
        return None
    kept = (known.author_id, known.dossier_id, known.kind, known.state)
    if kept != (actor.id, dossier.pk, about.kind, state):
        raise _refused()
    first = known.versions.get(number=1)
    same_title = contents.title_of(known, contents.dossier_key(dossier.pk)) == about.title.strip()
    if not same_title or bytes(first.sha256) != _hash_of(content):
        raise _refused()
    return known


def kept_note(actor: Actor, dossier: Dossier, new_id: UUID | None, text: str) -> WorkNote | None:
    """Return the work note that this form made before, None when it made none. Raises as `kept_document`."""
    known = WorkNote.objects.filter(pk=new_id).first() if new_id else None
    if known is None:
        return None
    if (known.author_id, known.dossier_id) != (actor.id, dossier.pk) or known.text_cipher is None:
        raise _refused()
    key = keys.get(KeyKind.VERSION, known.pk)
    if open_(key, known.text_cipher, f"work_note.text|{known.pk}").decode() != text.strip():
        raise _refused()
    return known


def _hash_of(content: Content) -> bytes:
    if isinstance(content, str):
        return hashlib.sha256(content.encode()).digest()
    found = hashlib.sha256()
    for chunk in content.chunks:
        found.update(chunk)
    return found.digest()


def _refused() -> Refused:
    text = _("From this form something else was kept already. Send it once more to keep this as well.")
    return Refused(KEPT_BEFORE, "5.2", text)
