from __future__ import annotations

from django.db import models


class NumberSeries(models.Model):
    """The last number given out of one kind in one year; gaps are allowed, doubles are not."""

    kind = models.CharField(max_length=1)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "year"], name="number_series_once")]
