"""Giving out numbers, in blocks, so that a set-based act asks once."""

from __future__ import annotations

from typing import Literal

from django.db import connection

Kind = Literal["D", "V", "M", "K"]  # dossier, request (verzoek), consent form (machtiging), complaint (klacht)


def take(kind: Kind, year: int, count: int = 1) -> list[str]:
    """Return `count` new numbers of this kind and year, inside the caller's transaction (which holds the row)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into numbers_numberseries (kind, year, last) values (%s, %s, %s) "
            "on conflict (kind, year) do update set last = numbers_numberseries.last + excluded.last returning last",
            [kind, year, count],
        )
        last: int = cursor.fetchone()[0]
    return [f"{kind}-{year}-{number:06d}" for number in range(last - count + 1, last + 1)]
