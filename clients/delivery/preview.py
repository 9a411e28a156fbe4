"""Art. 4, 5.1: a delivery comes in: read, checked, compared with what this principal delivered before; nothing changes.

The file and its rows lie under the delivery's own key from the first moment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from clients.delivery.check import check_table
from clients.delivery.fields import FIELD, RawRow
from clients.delivery.limits import Unreadable
from clients.delivery.map import Plan, plan
from clients.delivery.read import Table, read
from clients.delivery.register import Judged, judge
from clients.delivery.staging import Staged, in_chunks, layout_of, only_read, write_new
from clients.delivery.wording import UNREADABLE
from clients.models import Delivery, Principal
from werkcontact.access import Actor, act
from werkcontact.ids import uuid7
from werkcontact.jobs.checkpoints import checkpoint
from werkcontact.refused import Refused
from werkcontact.vault import files, keys
from werkcontact.vault.keys import KeyKind


def receive(
    *, actor: Actor, principal: Principal, data: bytes, media_type: str, received_on: date, today: date
) -> Delivery:
    """Keep a principal's file and its rows, checked and compared, for somebody to look at and apply.

    `media_type` is what the upload field found; the days are Amsterdam dates. Raises Refused, at the field `file`,
    for a file that cannot be read or lacks a column without which no row can be right.
    """
    table, how, rows = _read(data, principal, today)
    delivery_id = uuid7()
    keys.make(KeyKind.DELIVERY, [delivery_id])
    checkpoint("delivery.key_made")
    with act(actor, "delivery.apply") as deed:
        judged = judged_anew(principal, delivery_id, rows)
        delivery = Delivery.objects.create(
            id=delivery_id,
            principal=principal,
            file=files.store([data], kind=KeyKind.DELIVERY, owner=delivery_id, media_type=media_type),
            received_on=received_on,
            uploaded_by_id=actor.id,
            uploaded_at=actor.at,
            understood=_understood(table, how, principal),
            counts=count(judged),
            rows_total=len(rows),
        )
        write_new(delivery_id, [with_verdict(one) for one in judged])
        deed.saw([delivery])
    return delivery


def with_verdict(judged: Judged) -> Staged:
    """Return the row with its verdict, and with why it is wrong beside what this principal delivered before."""
    row, verdict = judged.row, judged.verdict
    against = () if row.checked.is_wrong else verdict.errors
    return replace(row, verdict=verdict.kind, against=against)


def count(judged: Sequence[Judged]) -> dict[str, Any]:
    """Return how many rows have each verdict, how many would be applied, and which only show beside a correction."""
    found = Counter(one.verdict.kind for one in judged)
    beside = [one.row.number for one in judged if one.verdict.kind == "known" and one.verdict.changes]
    kinds = {kind: found[kind] for kind in ("new", "known", "changed", "doubtful", "wrong")}
    to_apply = sum(one.outcome not in ("left_out", "rejected") for one in judged)
    return {**kinds, "to_apply": to_apply, "beside_correction": beside}


def _read(data: bytes, principal: Principal, today: date) -> tuple[Table, Plan, list[Staged]]:
    try:
        table = read(data)
        how = plan(table.header, layout_of(principal))
        if not how.is_usable:
            raise _columns(how)
        raw = [RawRow(row.number, only_read(row, how)) for row in table.rows]
    except Unreadable as error:
        text = _(UNREADABLE[error.code]) % error.params
        raise Refused(f"preview.{error.code}", "5.1", text, field="file") from None
    cells = {row.number: row.cells for row in raw}
    return table, how, [Staged(cells[row.number], row) for row in check_table(raw, how, today)]


def _columns(how: Plan) -> Refused:
    if how.twice:
        text = _("These columns stand for a field that another column already holds: %(columns)s.")
        return Refused("preview.columns_twice", "5.1", text % {"columns": ", ".join(how.twice)}, field="file")
    names = ", ".join(_(FIELD[name].label) for name in how.missing_required)
    text = _("This file lacks columns that this principal always delivers: %(columns)s. Is it the right principal?")
    return Refused("preview.columns_missing", "5.1", text % {"columns": names}, field="file")


def _understood(table: Table, how: Plan, principal: Principal) -> Mapping[str, Any]:
    layout = layout_of(principal)
    return {
        "kind": table.kind,
        "encoding": table.encoding,
        "separator": table.separator,
        "headers": how.headers,
        "columns": layout.columns,
        "required": layout.required,
        "unknown": how.unknown,
        "missing": how.missing,
        "bsn_left": not principal.bsn_basis and "bsn" in principal.layout.columns.values(),
    }


def judged_anew(principal: Principal, delivery: UUID, rows: Sequence[Staged]) -> list[Judged]:
    """Judge any number of rows."""
    return [one for chunk in in_chunks(rows) for one in judge(principal, delivery, chunk)]
