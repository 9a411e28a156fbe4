"""Art. 12-15: by night, the dates of every running request are worked out anew, since a calendar may have changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from requests_app import clocks
from requests_app.models import SubjectRequest
from werkcontact.access import Actor, act
from werkcontact.jobs.run import Job


def rebuild_clocks(actor: Actor, today: date) -> Mapping[str, int]:
    """Replay the events of every running request and write the dates that differ; `today` is an Amsterdam date."""
    running = list(SubjectRequest.objects.running())
    with act(actor, "clocks.rebuild"):
        changed = clocks.project(running, today)
    return {"requests": len(running), "changed": changed}


CLOCKS = Job("clocks", _("Dates of requests are worked out anew"), rebuild_clocks, "daily")
