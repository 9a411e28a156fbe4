"""Art. 16: seal and open small values (a BSN, a work note): AES-256-GCM under the owner's data key.

The context says where the value belongs, for instance "registration.bsn|<id of the registration>"; a value that is
moved to another field or row does not open. One sealed value is: version 1, nonce of 12 bytes, cipher text, tag.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from werkcontact.vault.errors import Tampered

VERSION = b"\x01"
NONCE_BYTES = 12


def seal(key: bytes, plaintext: bytes | str, context: str) -> bytes:
    """Encrypt a value for this context; text goes in as UTF-8. The same value never looks the same twice."""
    nonce = os.urandom(NONCE_BYTES)
    data = plaintext.encode() if isinstance(plaintext, str) else plaintext
    return VERSION + nonce + AESGCM(key).encrypt(nonce, data, context.encode())


def open_(key: bytes, cipher: bytes | memoryview, context: str) -> bytes:
    """Decrypt a sealed value; raise `Tampered` when it was changed, moved, or sealed under another key."""
    sealed = bytes(cipher)  # the database gives a memoryview
    nonce, rest = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    if not sealed.startswith(VERSION) or len(nonce) < NONCE_BYTES:
        raise Tampered("This is not a sealed value.")
    try:
        return AESGCM(key).decrypt(nonce, rest, context.encode())
    except (InvalidTag, ValueError) as error:
        raise Tampered("A sealed value was changed, moved, or sealed under another key.") from error
