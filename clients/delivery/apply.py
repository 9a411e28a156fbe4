"""Art. 4, 5.1, 14, 18: a delivery is applied: a person asks, a job does it in chunks that each hold or leave no trace.

A chunk is judged anew beside the register as it then is, written set-based and marked done, all in one transaction:
whenever the work is cut off, the next run goes on where it stopped, with the same outcome.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from clients import registration
from clients.bulk import update_from
from clients.delivery.mend import lock, waiting
from clients.delivery.preview import with_verdict
from clients.delivery.register import OUTCOMES, Judged, judge
from clients.delivery.staging import CHUNK, read_rows, rewrite
from clients.involvements import NewInvolvement, NewTrajectory, add_trajectories, open_many
from clients.models import Delivery, StagedRow
from clients.registration import Change, Source
from werkcontact.access import Actor, act
from werkcontact.jobs.checkpoints import checkpoint
from werkcontact.jobs.run import wake
from werkcontact.refused import Refused


def ask_to_apply(*, actor: Actor, delivery: Delivery) -> Delivery:
    """Mark a checked delivery to be applied, and wake the job that does it.

    Rows that are wrong, left out or doubtful and undecided are not applied. Raises Refused when somebody else applied
    or dropped it first.
    """
    with act(actor, "delivery.apply", delivery):
        locked = waiting(delivery)
        locked.state, locked.asked_by_id, locked.asked_at = Delivery.State.APPLYING, actor.id, actor.at
        locked.counts["done"] = dict.fromkeys(OUTCOMES, 0)
        locked.save(update_fields=["state", "asked_by", "asked_at", "counts"])
        wake("delivery_apply")
    return locked


def apply_delivery(*, actor: Actor, delivery: Delivery, today: date) -> int:
    """Apply what is left of a delivery that somebody asked to apply; return how many rows were done in this run.

    One transaction a chunk; may be run again at any time. `today` is the Amsterdam day of first registration.
    """
    done = 0
    while rows := _apply_chunk(actor, delivery, today):
        done += rows
        checkpoint("delivery.chunk_applied")
    return done


def _apply_chunk(actor: Actor, delivery: Delivery, today: date) -> int:
    """Apply the next rows in one transaction; 0 when there were none left, and the delivery is then applied."""
    with act(actor, "delivery.apply", delivery) as deed:
        locked = lock(delivery)
        if locked.state != Delivery.State.APPLYING:
            raise Refused("apply.not_asked", "5.1", _("This delivery is not being applied."))
        rows = read_rows(locked.pk, StagedRow.objects.filter(done=False), CHUNK)
        if not rows:
            locked.state, locked.applied_on = Delivery.State.APPLIED, today
            locked.save(update_fields=["state", "applied_on"])
            return 0
        judged = judge(locked.principal, locked.pk, rows, lock=True)
        checkpoint("delivery.compared")
        opened = _write(judged, locked, today)
        checkpoint("delivery.written")
        _mark_done(judged, opened, locked)
        checkpoint("delivery.chunk_marked")
        deed.saw([*opened.values(), *(one.involvement for one in judged if one.involvement)])
    return len(rows)


def _write(judged: Sequence[Judged], delivery: Delivery, today: date) -> dict[int, UUID]:
    """Write a chunk: new involvements, further trajectories, changed fields; return what was opened, by row."""
    source = Source("delivery", delivery.received_on, delivery.pk)
    new = {
        one.row.number: NewInvolvement(one.fields, one.row.checked.derived) for one in judged if one.outcome == "new"
    }
    open_many(list(new.values()), principal=delivery.principal, source=source, today=today)
    changed = [one for one in judged if one.outcome == "changed" and one.involvement]
    further = {
        one.row.number: NewTrajectory(one.involvement, one.fields)
        for one in changed
        if one.involvement and one.trajectory is None and one.fields.get("reference")
    }
    add_trajectories(list(further.values()), principal=delivery.principal)
    registration.write(
        [
            Change(one.involvement, one.verdict.to_write, one.trajectory, one.row.checked.derived)
            for one in changed
            if one.involvement
        ],
        source=source,
    )
    return {number: one.id for number, one in new.items()}


def _mark_done(judged: Sequence[Judged], opened: Mapping[int, UUID], delivery: Delivery) -> None:
    """Mark the rows and count what was done; a row that came out otherwise than it was shown says so."""
    after = [with_verdict(one) for one in judged]
    rewrite(delivery.pk, [row for row, one in zip(after, judged, strict=True) if row != one.row])
    update_from(
        StagedRow,
        "id",
        ("involvement_id", "done"),
        [
            {"id": one.row.id, "involvement_id": opened.get(one.row.number, one.involvement), "done": True}
            for one in judged
        ],
    )
    done = Counter(delivery.counts["done"]) + Counter(one.outcome for one in judged)
    delivery.counts["done"] = {outcome: done[outcome] for outcome in OUTCOMES}
    delivery.rows_done += len(judged)
    delivery.save(update_fields=["counts", "rows_done"])
