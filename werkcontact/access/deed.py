"""One act: one durable transaction with a named actor, the gate, and its log row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID

from django.db import connection, models, transaction

from werkcontact.access import log
from werkcontact.access.actor import Actor
from werkcontact.access.draft import Draft
from werkcontact.access.gate import enter
from werkcontact.access.records import subject_of


class Deed:
    """What an act adds to its log row while it runs."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def saw(self, records: Iterable[models.Model | UUID]) -> None:
        """Add records, or their ids, to the log row."""
        for record in records:
            ids = [record] if isinstance(record, UUID) else subject_of(type(record)).logged(record)
            self._draft.subjects.update(ids)

    def because(self, reason_id: UUID, reason_hash: bytes) -> None:
        """Name the erasable text that holds the reason."""
        self._draft.reason_id, self._draft.reason_hash = reason_id, reason_hash


@contextmanager
def act(
    actor: Actor,
    name: str,
    record: models.Model | None = None,
    *,
    kind: str = "change",
    purpose: str = "",
    ground: str = "",
    gate: bool = True,
) -> Iterator[Deed]:
    """Open the one transaction of an act; on leaving, its log row is written and all of it commits together.

    `gate=False` is for an act that enters many records by itself (`enter_all`) as its first step. Raises what `enter`
    raises, RuntimeError inside another transaction, and LogUnavailable (then nothing is done).

    One row stands for one response: the act's names as well what was looked at before it; and when the act is refused
    or breaks off, the row of the response names the act and its record.
    """
    before = actor.draft or Draft()
    mine = Draft(act=name, kind=kind, purpose=purpose or before.purpose, ground=ground, subjects=set(before.subjects))
    done = False
    try:
        with transaction.atomic(durable=True):
            with connection.cursor() as cursor:
                cursor.execute("select set_config('app.actor', %s, true)", [str(actor.id)])
            if gate:
                enter(replace(actor, draft=mine), name, record, purpose)
            yield Deed(mine)
            log.write(mine, actor, outcome="done")
        done = mine.entered = True
    finally:
        if actor.draft is not None:
            actor.draft.follow(mine, written=done)
