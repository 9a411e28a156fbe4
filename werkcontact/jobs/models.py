from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from werkcontact.ids import Uuid7, uuid7


class JobRun(models.Model):
    """One run of one job: when, how it ended, and counts (never names)."""

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=Uuid7(), editable=False)
    job = models.CharField(_("job"), max_length=40)
    on = models.DateField(_("day"), help_text=_("The Amsterdam day it ran for."))
    daily = models.BooleanField(default=False)
    started_at = models.DateTimeField(_("started"))
    ended_at = models.DateTimeField(_("ended"), null=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.RUNNING)
    counts = models.JSONField(_("counts"), default=dict)
    error = models.CharField(_("error"), max_length=200, blank=True, help_text=_("The kind of error, never its text."))

    class Meta:
        verbose_name = _("job run")
        verbose_name_plural = _("job runs")
        indexes = [models.Index(fields=["job", "-started_at"], name="job_run_latest")]
        constraints = [
            models.UniqueConstraint(
                fields=["job", "on"], condition=Q(daily=True, state="done"), name="job_run_once_a_day"
            ),
        ]
