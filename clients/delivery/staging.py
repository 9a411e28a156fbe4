"""Art. 5.1: the rows of a delivery between reading and ending, sealed under the delivery's own key."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import QuerySet

from clients.bulk import copy_in, update_from
from clients.delivery.check import CellError, CheckedRow
from clients.delivery.fields import RawRow
from clients.delivery.map import Layout, Plan, plan
from clients.models import Delivery, Principal, StagedRow
from werkcontact.ids import uuid7
from werkcontact.vault import keys, small
from werkcontact.vault.keys import KeyKind

CHUNK = 2_000  # rows that are handled in one go: one transaction of some seconds


@dataclass(frozen=True)
class Staged:
    """A row as it lies here: its cells (of columns that are read), what checking said, and what was decided about it.

    `against` is what is wrong beside the register, found anew each time; `why` is why somebody leaves the row out;
    `id` is None until it is stored.
    """

    cells: tuple[str, ...]
    checked: CheckedRow
    against: tuple[CellError, ...] = ()
    id: UUID | None = None
    verdict: str = ""
    choice: str = ""
    why: str = ""

    @property
    def number(self) -> int:
        """Its number in the file."""
        return self.checked.number

    @property
    def errors(self) -> tuple[CellError, ...]:
        """All that is wrong with it."""
        return (*self.checked.errors, *self.against)

    @property
    def is_left_out(self) -> bool:
        """Whether somebody decided to leave it out."""
        return self.choice == StagedRow.Choice.SKIP


def layout_of(principal: Principal) -> Layout:
    """Return how a principal delivers; without a statutory ground (UAVG 46) its BSN column is not read at all."""
    columns, required = principal.layout.columns, principal.layout.required
    if not principal.bsn_basis:
        columns = {column: name for column, name in columns.items() if name != "bsn"}
        required = [name for name in required if name != "bsn"]
    return Layout(columns, tuple(required))


def plan_of(delivery: Delivery) -> Plan:
    """Return how the file was understood when it came in; a layout that changed since does not count."""
    understood = delivery.understood
    return plan(understood["headers"], Layout(understood["columns"], tuple(understood["required"])))


def only_read(row: RawRow, how: Plan) -> tuple[str, ...]:
    """Return the cells without what stands in columns that no layout names (art. 4.1); the width stays."""
    width = len(how.fields)
    return tuple(cell if place < width and how.fields[place] else "" for place, cell in enumerate(row.cells))


def write_new(delivery: UUID, rows: Sequence[Staged]) -> None:
    """Store the rows of a new delivery, whose key is there."""
    key = keys.get(KeyKind.DELIVERY, delivery)
    copy_in(
        StagedRow,
        ("id", "delivery_id", "number", "verdict", "choice", "cipher", "done"),
        ((uuid7(), delivery, row.number, row.verdict, row.choice, _seal(key, delivery, row), "f") for row in rows),
    )


def rewrite(delivery: UUID, rows: Sequence[Staged]) -> None:
    """Store rows again after somebody mended or decided them."""
    key = keys.get(KeyKind.DELIVERY, delivery)
    columns = ("verdict", "choice", "cipher")
    update_from(
        StagedRow,
        "id",
        columns,
        [
            {"id": row.id, "verdict": row.verdict, "choice": row.choice, "cipher": _seal(key, delivery, row)}
            for row in rows
        ],
    )


def read_rows(delivery: UUID, rows: QuerySet[StagedRow] | None = None, limit: int | None = None) -> list[Staged]:
    """Open stored rows, in the order of the file. Raises KeyGone when the delivery has ended."""
    stored = (StagedRow.objects.all() if rows is None else rows).filter(delivery=delivery).order_by("number")
    found = stored.values_list("pk", "number", "verdict", "choice", "cipher")[:limit]
    key = keys.get(KeyKind.DELIVERY, delivery)
    return [
        replace(_open(key, delivery, number, cipher), id=pk, verdict=verdict, choice=choice)
        for pk, number, verdict, choice, cipher in found
    ]


def in_chunks(rows: Sequence[Staged]) -> Iterable[Sequence[Staged]]:
    """Yield the rows in pieces that one query can ask for."""
    return (rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK))


def _context(delivery: UUID, number: int) -> str:
    return f"staged_row|{delivery}|{number}"


def _seal(key: bytes, delivery: UUID, row: Staged) -> bytes:
    checked = row.checked
    held: Mapping[str, object] = {
        "cells": row.cells,
        "fields": checked.fields,
        "errors": _plain(checked.errors),
        "against": _plain(row.against),
        "derived": checked.derived,
        "why": row.why,
    }
    return small.seal(key, json.dumps(held, ensure_ascii=False), _context(delivery, row.number))


def _open(key: bytes, delivery: UUID, number: int, cipher: bytes | memoryview) -> Staged:
    held = json.loads(small.open_(key, cipher, _context(delivery, number)))
    errors, against = (
        tuple(CellError(column, code, params) for column, code, params in held[name]) for name in ("errors", "against")
    )
    checked = CheckedRow(number, held["fields"], errors, held["derived"])
    return Staged(tuple(held["cells"]), checked, against, why=held["why"])


def _plain(errors: Iterable[CellError]) -> list[list[object]]:
    return [[error.column, error.code, dict(error.params)] for error in errors]
