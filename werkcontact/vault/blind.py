"""Art. 16: find an encrypted value again without decrypting: a keyed fingerprint (HMAC-SHA256) of it.

The scope keeps principals apart (art. 18): the same BSN under two principals has two fingerprints that nobody without
the master key can connect.
"""

from __future__ import annotations

import hashlib
import hmac

from werkcontact.vault import master


def blind_index(scope: str, value: str) -> bytes:
    """Return the 32-byte fingerprint of a value within a scope such as "bsn|<principal id>".

    Equal means exactly equal: the caller brings the value into one form first (digits only, upper case).
    """
    scoped = scope.encode()
    message = len(scoped).to_bytes(4, "big") + scoped + value.encode()  # the length keeps scope and value apart
    return hmac.new(master.first().blind_index, message, hashlib.sha256).digest()
