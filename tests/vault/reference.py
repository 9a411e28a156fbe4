"""The format of an encrypted file once more, written straight from its description and sharing nothing with it.

HKDF by hand from HMAC (RFC 5869), AES-GCM through the other interface of the library, the whole file in memory.
Run as a script (`python -m tests.vault.reference`) it prints vectors.json.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from uuid import UUID

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import GCM

SIZES = (0, 1, 65_535, 65_536, 65_537, 131_072, 200_000)
KEY = bytes(range(32))
SALT = bytes(range(100, 116))
FILE_ID = UUID("01890a5d-ac96-774b-bcce-b302099a8057")


def plaintext(size: int) -> bytes:
    """Return bytes that differ from chunk to chunk."""
    return bytes(i % 251 for i in range(size))


def encrypted(plain: bytes, key: bytes = KEY, salt: bytes = SALT, file_id: UUID = FILE_ID) -> bytes:
    """Return the whole encrypted file."""
    extracted = hmac.new(salt, key, hashlib.sha256).digest()
    info = b"werkcontact.vault.stream.1|" + str(file_id).encode()
    file_key = hmac.new(extracted, info + b"\x01", hashlib.sha256).digest()
    pieces = [plain[at : at + 65_536] for at in range(0, len(plain), 65_536)] or [b""]
    out = b"WKVAULT" + b"\x01" + salt
    for number, piece in enumerate(pieces):
        nonce = number.to_bytes(11, "big") + bytes([number == len(pieces) - 1])
        sealer = Cipher(AES(file_key), GCM(nonce)).encryptor()
        out += sealer.update(piece) + sealer.finalize() + sealer.tag
    return out


def vectors() -> list[dict[str, str | int]]:
    """Return what vectors.json holds."""
    files = [(size, encrypted(plaintext(size))) for size in SIZES]
    return [
        {"size": size, "begins": file[:48].hex(), "sha256": hashlib.sha256(file).hexdigest()} for size, file in files
    ]


if __name__ == "__main__":
    print(json.dumps(vectors(), indent=1))  # noqa: T201 - a script
