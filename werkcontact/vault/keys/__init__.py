"""Art. 16 and 6.1: make, fetch and shred data keys: one per owner, in the database `keys`.

Key first, committed, then the row that uses it. An act calls `make` inside its own transaction on `default`: this is
another database, so the key is committed before the act's row is, and stays when the act rolls back. A key without a
row is harmless and swept; a row without a key would be lost data. `shred` is the point of no return of every ending.

In SQL and without the model, since a delivery makes ten thousand keys at once. Plaintext keys are kept nowhere: fetch
them for the work at hand and let them go.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connections, transaction

from werkcontact.vault import master
from werkcontact.vault.errors import KeyGone, Tampered
from werkcontact.vault.keys.kinds import KeyKind

__all__ = ["KeyKind", "fetch", "get", "make", "owners_before", "shred"]

ALIAS = "keys"
BATCH = 10_000
NONCE_BYTES = 12


def make(kind: KeyKind, owners: Iterable[UUID]) -> None:
    """Give each owner a key, committed when this returns; an owner who has one keeps it.

    Raises RuntimeError inside a transaction on `keys`: the key would then not be committed before the row.
    """
    current = master.current()
    box = AESGCM(current.wrapping)
    for batch in _batches(owners):
        wrapped = [_wrap(box, kind, owner, current.version) for owner in batch]
        with transaction.atomic(using=ALIAS, durable=True), connections[ALIAS].cursor() as cursor:
            cursor.execute(
                "insert into keys_datakey (kind, owner, wrapped, master_version)"
                " select %s, owner, wrapped, %s from unnest(%s::uuid[], %s::bytea[]) as made (owner, wrapped)"
                " on conflict (kind, owner) do nothing",
                [kind.value, current.version, batch, wrapped],
            )


def fetch(kind: KeyKind, owners: Iterable[UUID]) -> dict[UUID, bytes]:
    """Return the keys of these owners in one query; an owner whose key is gone is not in the answer.

    Raises `Tampered` when a wrapped key was changed or stands in another owner's row.
    """
    wanted = list(owners)
    if not wanted:
        return {}
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(
            "select owner, wrapped, master_version from keys_datakey where kind = %s and owner = any(%s::uuid[])",
            [kind.value, wanted],
        )
        rows: list[tuple[UUID, memoryview, int]] = cursor.fetchall()
    boxes = {version: AESGCM(master.of_version(version).wrapping) for version in {row[2] for row in rows}}
    return {owner: _unwrap(boxes[version], kind, owner, version, bytes(wrapped)) for owner, wrapped, version in rows}


def get(kind: KeyKind, owner: UUID) -> bytes:
    """Return the key of one owner; raise `KeyGone` when there is none."""
    try:
        return fetch(kind, [owner])[owner]
    except KeyError:
        raise KeyGone(f"This {kind.value} has no data key (any more).") from None


def shred(kind: KeyKind, owners: Iterable[UUID]) -> int:
    """Destroy the keys of these owners for good, committed when this returns; tell how many there were.

    What lay under them cannot be read again, but from a backup of `keys` (its days are few). May be run twice.
    Raises RuntimeError inside a transaction on `keys`.
    """
    count = 0
    for batch in _batches(owners):
        with transaction.atomic(using=ALIAS, durable=True), connections[ALIAS].cursor() as cursor:
            cursor.execute("delete from keys_datakey where kind = %s and owner = any(%s::uuid[])", [kind.value, batch])
            count += cursor.rowcount
    return count


def owners_before(kind: KeyKind, moment: datetime) -> list[UUID]:
    """Return the owners whose key of this kind was made before this (aware) moment, in the order of their ids."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(
            "select owner from keys_datakey where kind = %s and created_at < %s order by owner", [kind.value, moment]
        )
        return [row[0] for row in cursor.fetchall()]


def _batches(owners: Iterable[UUID]) -> Iterator[list[UUID]]:
    rest = iter(owners)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _bound_to(kind: KeyKind, owner: UUID, version: int) -> bytes:
    return f"{kind.value}|{owner}|{version}".encode()


def _wrap(box: AESGCM, kind: KeyKind, owner: UUID, version: int) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + box.encrypt(nonce, AESGCM.generate_key(256), _bound_to(kind, owner, version))


def _unwrap(box: AESGCM, kind: KeyKind, owner: UUID, version: int, wrapped: bytes) -> bytes:
    try:
        return box.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], _bound_to(kind, owner, version))
    except (InvalidTag, ValueError) as error:
        raise Tampered(f"The data key of this {kind.value} was changed or moved.") from error
