"""Art. 5.1, 6.1: the end of a delivery: its key, file and rows go, 30 days after applying or when it is dropped.

What was applied stays in the registration. The file alone goes at the first closure of anyone in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from clients.delivery.mend import lock, waiting
from clients.models import Delivery, StagedRow
from werkcontact.access import Actor, act
from werkcontact.jobs.checkpoints import checkpoint
from werkcontact.jobs.run import wake
from werkcontact.vault import files, keys
from werkcontact.vault.keys import KeyKind

KEPT = timedelta(days=30)
JOB = "delivery_end"


def ends_on(delivery: Delivery) -> date:
    """Return the day on which file and rows go: counted from applying, or from coming in when nobody applies it."""
    return (delivery.applied_on or delivery.received_on) + KEPT


def due_to_end(today: date) -> QuerySet[Delivery]:
    """Deliveries whose file and rows must go: dropped, applied 30 days ago, or 30 days here without being applied."""
    return Delivery.objects.filter(
        Q(state=Delivery.State.DROPPED)
        | Q(state=Delivery.State.APPLIED, applied_on__lte=today - KEPT)
        | Q(state=Delivery.State.CHECKED, received_on__lte=today - KEPT),
        ended_on=None,
    )


def drop(*, actor: Actor, delivery: Delivery) -> Delivery:
    """Drop a delivery that waits: nothing of it is registered, and the job ends all of it within a minute.

    Raises Refused when somebody applied or dropped it first.
    """
    with act(actor, "delivery.apply", delivery):
        dropped = _mark_dropped(delivery)
        wake(JOB)
    return dropped


def end_delivery(*, actor: Actor, delivery: Delivery, today: date) -> Delivery:
    """End a delivery that is due, as the job that watches for them."""
    if delivery.state == Delivery.State.CHECKED:
        with act(actor, "delivery.end", delivery):
            _mark_dropped(delivery)
        checkpoint("delivery.dropped")
    with act(actor, "delivery.end", delivery):
        return _end(delivery, today)


def end_raw_file(deliveries: Iterable[UUID]) -> int:
    """Remove the files, not yet the rows, of these deliveries, inside an act (a closure); return how many it were."""
    return files.erase(
        Delivery.objects.filter(pk__in=list(deliveries), file__isnull=False).values_list("file_id", flat=True)
    )


def deliveries_of(involvements: Iterable[UUID]) -> set[UUID]:
    """Return the deliveries in which these involvements stand and that have not ended."""
    rows = StagedRow.objects.filter(involvement__in=list(involvements))
    return set(rows.values_list("delivery_id", flat=True))


def _mark_dropped(delivery: Delivery) -> Delivery:
    """Committed before the key goes, so that nobody finds a delivery waiting that cannot be read."""
    locked = waiting(delivery)
    locked.state = Delivery.State.DROPPED
    locked.save(update_fields=["state"])
    return locked


def _end(delivery: Delivery, today: date) -> Delivery:
    """The key first: what is left after a cut lies unreadable until the next run. May be run twice."""
    locked = lock(delivery)
    keys.shred(KeyKind.DELIVERY, [locked.pk])
    checkpoint("delivery.key_shredded")
    if locked.file_id:
        files.erase([locked.file_id])
    checkpoint("delivery.file_erased")
    StagedRow.objects.filter(delivery=locked).delete()
    locked.file, locked.understood, locked.ended_on = None, {}, today
    locked.save(update_fields=["file", "understood", "ended_on"])
    checkpoint("delivery.ended")
    return locked
