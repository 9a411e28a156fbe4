"""Time-ordered ids (UUIDv7, RFC 9562), in Python and in SQL.

They tell roughly when a row was made, never the order of events. A plain module outside the apps, so that
migrations may import it.
"""

from __future__ import annotations

import os
import time
import uuid

from django.db.models import Func, UUIDField


def uuid7() -> uuid.UUID:
    """Return a UUIDv7: 48 bits of milliseconds, 12 bits of the sub-millisecond, 62 random bits."""
    ns = time.time_ns()
    ms, rest = divmod(ns, 1_000_000)
    sub = rest * 4096 // 1_000_000
    tail = int.from_bytes(os.urandom(8), "big") & ((1 << 62) - 1)
    return uuid.UUID(int=(ms & ((1 << 48) - 1)) << 80 | 0x7 << 76 | sub << 64 | 0b10 << 62 | tail)


class Uuid7(Func):
    """The same in the database: our SQL function `uuid7()` (`uuidv7()` exists only from PostgreSQL 18)."""

    function = "uuid7"
    template = "%(function)s()"
    arity = 0
    output_field = UUIDField()


UUID7_SQL = """
create or replace function uuid7() returns uuid language sql volatile parallel safe as $$
  -- a random v4 with the milliseconds laid over its first six bytes and the version made 7
  select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
    52, 1), 53, 1), 'hex')::uuid
$$;
"""
