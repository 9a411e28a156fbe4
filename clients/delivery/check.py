"""Art. 4 and 5.1: whether a row of a delivery is right, cell by cell, and what it says in the form in which it is kept.

Any wrong cell makes its row wrong; no wrong row keeps a good one out. Standard library only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from clients.delivery.fields import Fields, RawRow, Value
from clients.delivery.map import Plan
from clients.delivery.normal import Wrong, normalise

TOO_FEW, TOO_MANY = "too_few_cells", "too_many_cells"
ONCE = {"bsn": "bsn_twice", "reference": "reference_twice"}  # what may stand in one row of a file only


@dataclass(frozen=True)
class CellError:
    """What is wrong with a cell: the header of its column ("" for the whole row), a code, numbers for the sentence."""

    column: str
    code: str
    params: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class CheckedRow:
    """A row after checking. `fields` lacks what is wrong; of a row of the wrong width it is only a guess to show.

    `derived` says of a field whose value does not stand in the file so, what stands there ("Geheim adres: ja").
    """

    number: int
    fields: Fields
    errors: tuple[CellError, ...] = ()
    derived: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_wrong(self) -> bool:
        return bool(self.errors)


def check_table(rows: Iterable[RawRow], plan: Plan, today: date) -> list[CheckedRow]:
    """Check a whole file, also for what may stand in it once. `today` is the date in Europe/Amsterdam."""
    return mark_twice([check_row(row, plan, today) for row in rows], plan)


def check_row(row: RawRow, plan: Plan, today: date) -> CheckedRow:
    """Check one row by itself. Raises ValueError for a plan that is not usable."""
    if not plan.is_usable:
        raise ValueError("this file's columns cannot be read with this layout")
    found: dict[str, Value] = {}
    errors: list[CellError] = []
    for header, name, raw in zip(plan.headers, plan.fields, row.cells, strict=False):
        if name is None:
            continue
        try:
            found[name] = normalise(name, raw, today)
        except Wrong as wrong:
            errors.append(CellError(header, wrong.code, wrong.params))
            continue
        if found[name] in ("", None) and name in plan.required:
            errors.append(CellError(header, "bsn_missing" if name == "bsn" else "required"))
    if len(row.cells) != len(plan.headers):
        # Nobody can tell which cell moved where, so the row is told this one thing.
        code = TOO_FEW if len(row.cells) < len(plan.headers) else TOO_MANY
        numbers = {"found": len(row.cells), "expected": len(plan.headers)}
        return CheckedRow(row.number, found, (CellError("", code, numbers),))
    if _ends_before_start(found):
        errors.append(CellError(plan.header_of("planned_end"), "end_before_start"))
    return CheckedRow(row.number, found, tuple(errors), _derived(row, plan))


def mark_twice(rows: Sequence[CheckedRow], plan: Plan) -> list[CheckedRow]:
    """Mark every row whose BSN or reference another row has too: nobody can tell which is right. Can be run again.

    A row with too few or too many cells does not count: what seems to be its BSN may be another cell.
    """
    seen = {name: Counter(row.fields.get(name) for row in rows if _has_its_width(row)) for name in ONCE}
    marked: list[CheckedRow] = []
    for row in rows:
        errors = [error for error in row.errors if error.code not in ONCE.values()]
        if _has_its_width(row):
            errors += [
                CellError(plan.header_of(name), code)
                for name, code in ONCE.items()
                if row.fields.get(name) and seen[name][row.fields[name]] > 1
            ]
        marked.append(replace(row, errors=tuple(errors)))
    return marked


def _has_its_width(row: CheckedRow) -> bool:
    return not any(error.code in (TOO_FEW, TOO_MANY) for error in row.errors)


def _ends_before_start(found: Fields) -> bool:
    starts_on, planned_end = found.get("starts_on"), found.get("planned_end")
    return bool(starts_on and planned_end and str(planned_end) < str(starts_on))


def _derived(row: RawRow, plan: Plan) -> dict[str, str]:
    header = plan.header_of("secrecy")
    said = row.cells[plan.fields.index("secrecy")].strip() if header else ""
    return {"secrecy": f"{header}: {said}"} if said.casefold() == "ja" else {}
