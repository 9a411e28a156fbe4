"""Ranges for exclusion constraints: of dates, the last day counted; of moments, the last one not."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeBoundary
from django.db.models import Func


class DateRangeFunc(Func):
    """PostgreSQL's daterange(from, until, bounds)."""

    function = "DATERANGE"
    output_field = DateRangeField()


class MomentRangeFunc(Func):
    """PostgreSQL's tstzrange(from, until, bounds)."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


def closed_range() -> RangeBoundary:
    """Bounds with both days included."""
    return RangeBoundary(inclusive_upper=True)


def half_open_range() -> RangeBoundary:
    """Bounds with the first moment in and the last one out, so that one may follow the other at once."""
    return RangeBoundary()
