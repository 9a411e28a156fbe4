"""Art. 4.1, 5.1: rows of a delivery mended in place, decided or left out before it is applied."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from clients.delivery.check import check_row, mark_twice
from clients.delivery.fields import RawRow
from clients.delivery.map import Plan
from clients.delivery.preview import count, judged_anew, with_verdict
from clients.delivery.staging import Staged, plan_of, read_rows, rewrite
from clients.models import Delivery, StagedRow
from werkcontact.access import Absent, Actor, act
from werkcontact.refused import Refused

LONGEST_CELL = 5_000  # of what is typed; a longer one would be refused by its field anyway


def mend(*, actor: Actor, delivery: Delivery, number: int, cells: Mapping[str, str], today: date) -> Delivery:
    """Type cells of one row anew (by header) and check it again, as if the file had said so.

    Other rows that shared a BSN or reference with it are checked again too. Raises Refused when the delivery is no
    longer waiting, Absent for a row or column that is not there.
    """

    def typed(row: Staged, how: Plan) -> Staged:
        if not set(cells) <= {header for header, name in zip(how.headers, how.fields, strict=True) if name}:
            raise Absent
        filled = tuple(
            cells.get(header, cell)[:LONGEST_CELL] for header, cell in zip(how.headers, row.cells, strict=False)
        )
        raw = RawRow(row.number, (*filled, *row.cells[len(filled) :]))
        return replace(row, cells=raw.cells, checked=check_row(raw, how, today), choice="", why="")

    return _change(actor, delivery, number, typed)


def decide(*, actor: Actor, delivery: Delivery, number: int, choice: StagedRow.Choice, why: str = "") -> Delivery:
    """Say that a doubtful row is somebody else, leave a row out (with why), or take either back.

    Raises Refused when the delivery is no longer waiting, or when a row that is not doubtful is called somebody else.
    """

    def chosen(row: Staged, _how: Plan) -> Staged:
        if choice == StagedRow.Choice.OTHER and row.verdict != StagedRow.Verdict.DOUBTFUL:
            raise Refused("mend.not_doubtful", "5.1", _("This row is not doubtful (any more)."))
        return replace(row, choice=choice.value, why=why if choice == StagedRow.Choice.SKIP else "")

    return _change(actor, delivery, number, chosen)


def lock(delivery: Delivery) -> Delivery:
    """Return the delivery as it is now, locked until the act ends."""
    return Delivery.objects.select_for_update(of=("self",)).select_related("principal__layout").get(pk=delivery.pk)


def waiting(delivery: Delivery) -> Delivery:
    """Return the delivery, locked; Refused when it was applied or dropped meanwhile."""
    locked = lock(delivery)
    if locked.state != Delivery.State.CHECKED:
        raise Refused("mend.no_longer", "5.1", _("This delivery is no longer waiting: somebody applied or dropped it."))
    return locked


def _change(actor: Actor, delivery: Delivery, number: int, change: Callable[[Staged, Plan], Staged]) -> Delivery:
    with act(actor, "delivery.apply", delivery):
        locked = waiting(delivery)
        how = plan_of(locked)
        rows = read_rows(locked.pk)
        before = {row.number: row for row in rows}
        if number not in before:
            raise Absent
        changed = [change(row, how) if row.number == number else row for row in rows]
        judged = judged_anew(locked.principal, locked.pk, _marked(changed, how))
        after = [with_verdict(one) for one in judged]
        rewrite(locked.pk, [row for row in after if row != before[row.number]])
        locked.counts = count(judged)
        locked.save(update_fields=["counts"])
    return locked


def _marked(rows: list[Staged], how: Plan) -> list[Staged]:
    """Say again which rows share a BSN or reference; a row that is left out is in nobody's way."""
    marked = {row.number: row for row in mark_twice([row.checked for row in rows if not row.is_left_out], how)}
    return [replace(row, checked=marked.get(row.number, row.checked)) for row in rows]
