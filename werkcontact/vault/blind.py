"""Art. 16: find an encrypted value again without decrypting: a keyed fingerprint (HMAC-SHA256) of it.

The scope keeps principals apart (art. 18): the same BSN under two principals has two fingerprints that nobody without
the master key can connect.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable

from werkcontact.vault import master


def blind_index(scope: str, value: str) -> bytes:
    """Return the 32-byte fingerprint of a value within a scope such as "bsn|<principal id>".

    Equal means exactly equal: the caller brings the value into one form first (digits only, upper case).
    """
    return blind_indexes(scope, [value])[value]


def blind_indexes(scope: str, values: Iterable[str]) -> dict[str, bytes]:
    """Return the fingerprint of each of many values within one scope, as `blind_index` does for one."""
    scoped = scope.encode()
    start = len(scoped).to_bytes(4, "big") + scoped  # the length keeps scope and value apart
    key = master.first().blind_index
    return {value: hmac.digest(key, start + value.encode(), hashlib.sha256) for value in values}
