"""Art. 16: the master key, the one secret that opens all data keys. It lies in a file that only the product reads.

The file has one key per line, 32 bytes in hexadecimal. The first line is version 1, the next version 2, and so on;
new data keys are wrapped under the last. A line is never changed or removed while a data key of its version exists.
"""

from __future__ import annotations

import os
import secrets
import stat
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32


@dataclass(frozen=True)
class Master:
    """What one version of the master key is used for; the key itself is forgotten as soon as these are derived."""

    version: int
    wrapping: bytes = field(repr=False)
    blind_index: bytes = field(repr=False)


def current() -> Master:
    """Return the version under which new data keys are wrapped."""
    return _load_all()[-1]


def first() -> Master:
    """Return version 1: blind indexes stay under it, since they are compared with one another for years."""
    return _load_all()[0]


def of_version(version: int) -> Master:
    """Return this version, or raise `ImproperlyConfigured` when the file does not (or no longer) hold it."""
    known = _load_all()
    if not 1 <= version <= len(known):
        raise ImproperlyConfigured(f"VAULT_KEY_FILE holds no master key of version {version}.")
    return known[version - 1]


def create_key_file(path: Path) -> None:
    """Write a new master key, readable by its owner alone; raise `FileExistsError` rather than replace one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_hex(KEY_BYTES) + "\n")
        file.flush()
        os.fsync(file.fileno())


def derive(secret: bytes, info: str, *, salt: bytes | None = None) -> bytes:
    """Derive a 32-byte key for one purpose (HKDF-SHA256, RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=info.encode()).derive(secret)


def _load_all() -> tuple[Master, ...]:
    path = Path(settings.VAULT_KEY_FILE)
    try:
        seen = path.stat()
    except OSError as error:
        raise ImproperlyConfigured(f"VAULT_KEY_FILE names {path}, which cannot be read: {error.strerror}.") from error
    return _load(path, seen.st_mtime_ns, seen.st_ino, seen.st_mode)


@lru_cache(maxsize=1)
def _load(path: Path, mtime_ns: int, inode: int, mode: int) -> tuple[Master, ...]:  # noqa: ARG001 - they are the cache's key
    try:
        with path.open("rb") as file:
            _refuse_if_open_to_others(path, os.fstat(file.fileno()).st_mode)
            lines = file.read().decode("ascii", "replace").split()
    except OSError as error:
        raise ImproperlyConfigured(f"VAULT_KEY_FILE names {path}, which cannot be read: {error.strerror}.") from error
    if not lines:
        raise ImproperlyConfigured(f"VAULT_KEY_FILE {path} is empty.")
    return tuple(_parse(version, line) for version, line in enumerate(lines, start=1))


def _refuse_if_open_to_others(path: Path, mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise ImproperlyConfigured(f"VAULT_KEY_FILE {path} is not an ordinary file.")
    if stat.S_IMODE(mode) & 0o077:
        raise ImproperlyConfigured(
            f"VAULT_KEY_FILE {path} can be read or changed by others (mode {stat.S_IMODE(mode):04o}): chmod 600 it, "
            "and when others may have read it, replace the master key."
        )


def _parse(version: int, line: str) -> Master:
    try:
        secret = bytes.fromhex(line)
    except ValueError:
        secret = b""
    if len(secret) != KEY_BYTES:
        raise ImproperlyConfigured(f"Line {version} of VAULT_KEY_FILE must be {KEY_BYTES} bytes in hexadecimal.")
    return Master(
        version,
        wrapping=derive(secret, "werkcontact.vault.wrapping.1"),
        blind_index=derive(secret, "werkcontact.vault.blind-index.1"),
    )
