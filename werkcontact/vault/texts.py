"""Art. 16 and 6.1: free texts that end with the key of the record they are about.

The row is in `default`, so it is in the transaction of whoever writes it, such as the log row that names it. The log
keeps the text's id and hash; the hash is keyed by the owner's key, so after shredding it confirms no guess.
"""

from __future__ import annotations

import hashlib
import hmac
from uuid import UUID

from werkcontact.ids import uuid7
from werkcontact.vault import keys, small
from werkcontact.vault.errors import KeyGone, Tampered
from werkcontact.vault.keys.kinds import KeyKind
from werkcontact.vault.master import derive
from werkcontact.vault.models import ErasableText


def write(kind: KeyKind, owner: UUID, text: str) -> ErasableText:
    """Store a text under an existing key; raise `KeyGone` when the owner has none."""
    key = keys.get(kind, owner)
    text_id = uuid7()
    return ErasableText.objects.create(
        id=text_id,
        key_kind=kind,
        owner=owner,
        cipher=small.seal(key, text, _context(text_id)),
        hash=_fingerprint(key, text_id, text),
    )


def read(text_id: UUID) -> str | None:
    """Return the text, or None when its key was shredded; raise `Tampered` when it is not what was written.

    Raises `ErasableText.DoesNotExist` when there never was such a text, or its row is gone.
    """
    row = ErasableText.objects.get(pk=text_id)
    try:
        key = keys.get(KeyKind(row.key_kind), row.owner)
    except KeyGone:
        return None
    text = small.open_(key, row.cipher, _context(row.pk)).decode()
    if not hmac.compare_digest(_fingerprint(key, row.pk, text), bytes(row.hash)):
        raise Tampered("An erasable text and its hash do not belong together.")
    return text


def _context(text_id: UUID) -> str:
    return f"erasable_text|{text_id}"


def _fingerprint(key: bytes, text_id: UUID, text: str) -> bytes:
    message = text_id.bytes + text.encode()
    return hmac.new(derive(key, "werkcontact.vault.text-hash.1"), message, hashlib.sha256).digest()
