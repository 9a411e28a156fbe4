"""A range of dates whose last day counts, for exclusion constraints."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField, RangeBoundary
from django.db.models import Func


class DateRangeFunc(Func):
    """PostgreSQL's daterange(from, until, bounds)."""

    function = "DATERANGE"
    output_field = DateRangeField()


def closed_range() -> RangeBoundary:
    """Bounds with both days included."""
    return RangeBoundary(inclusive_upper=True)
