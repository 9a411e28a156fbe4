"""Art. 5.1, 6.1, 11: the jobs of deliveries (applying what somebody asked for, ending what is due) and of notices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import DatabaseError
from django.utils.translation import gettext_lazy as _

from clients.delivery.apply import apply_delivery
from clients.delivery.ending import JOB, due_to_end, end_delivery
from clients.models import Delivery
from clients.notice_filing import file_sent, is_due
from clients.notice_runs import JOB as NOTICES
from werkcontact.access import Actor
from werkcontact.access.actor import AMSTERDAM
from werkcontact.jobs.run import Job


def apply_deliveries(actor: Actor, today: date) -> Mapping[str, int]:
    """Apply every delivery that somebody asked to apply, the longest waiting first.

    One that the database refuses stays as it is and keeps no other from its turn; its error is raised at the end.
    """
    done: list[int] = []
    failed: list[DatabaseError] = []
    for delivery in Delivery.objects.filter(state=Delivery.State.APPLYING).order_by("asked_at"):
        try:
            done.append(apply_delivery(actor=actor, delivery=delivery, today=today))
        except DatabaseError as error:
            failed.append(error)
    if failed:
        raise failed[0]
    return {"deliveries": len(done), "rows": sum(done)}


def end_deliveries(actor: Actor, today: date) -> Mapping[str, int]:
    """End every delivery that is due."""
    due = list(due_to_end(today))
    for delivery in due:
        end_delivery(actor=actor, delivery=delivery, today=today)
    return {"deliveries": len(due)}


def _is_asked(_now: datetime) -> bool:
    return Delivery.objects.filter(state=Delivery.State.APPLYING).exists()


def _is_over(now: datetime) -> bool:
    return due_to_end(now.astimezone(AMSTERDAM).date()).exists()


DELIVERY_APPLY = Job("delivery_apply", _("Apply deliveries"), apply_deliveries, "sweep", _is_asked)
DELIVERY_END = Job(JOB, _("End deliveries"), end_deliveries, "sweep", _is_over)
NOTICES_FILED = Job(NOTICES, _("File the letters that were sent"), file_sent, "sweep", is_due)
