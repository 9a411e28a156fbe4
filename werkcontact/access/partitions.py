"""Months of the access log made ahead; without one every page would be a 503."""

from __future__ import annotations

from datetime import date

from django.db import connection

MONTHS_AHEAD = 4


def ensure(today: date) -> int:
    """Make the partitions of this month and the next three; return how many were made."""
    with connection.cursor() as cursor:
        cursor.execute("select access_log_ensure(%s, %s)", [today, MONTHS_AHEAD])
        made: int = cursor.fetchone()[0]
    return made


def months_ahead(today: date) -> int:
    """Return how many of this and the next three months have a partition."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from generate_series(date_trunc('month', %s::date), "
            "date_trunc('month', %s::date) + interval '3 months', interval '1 month') m "
            "where to_regclass('public.access_log_' || to_char(m, 'YYYY_MM')) is not null",
            [today, today],
        )
        found: int = cursor.fetchone()[0]
    return found
