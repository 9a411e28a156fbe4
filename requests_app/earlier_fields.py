"""Art. 13.2, AVG 15.1: what a field said before it was changed; that is kept too, until the registration ends.

Read from the history tables with one query, since a page may ask few. A value that came back is shown each time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, pairwise
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from psycopg2 import sql

from clients.registered import birth_of

BSN = "bsn_cipher"
_BIRTH = "birth_year"
_MARK = {BSN: "bsn_index"}
"""A sealed value differs each time it is sealed; whether it changed is told by its blind index."""


@dataclass(frozen=True)
class Earlier:
    """What one field of one row said until it was changed. `value` as it is shown; of a BSN the sealed bytes."""

    label: str
    row: UUID
    name: str
    value: str | bytes
    until: datetime


def earlier_of(rows: Mapping[str, Sequence[UUID]], names: Mapping[str, Sequence[str]]) -> Iterator[Earlier]:
    """Give every earlier value of these fields of these rows, oldest first; one query. Foreign keys are left out."""
    for (label, _row), versions in groupby(_versions(rows), key=lambda one: one[:2]):
        model = apps.get_model(label)
        found = list(versions)
        for name in names[label]:
            if not model._meta.get_field(name).is_relation:
                yield from _changes(model, label, name, found)


_Version = tuple[str, UUID, datetime, dict[str, Any]]


def _versions(rows: Mapping[str, Sequence[UUID]]) -> list[_Version]:
    wanted = [(label, apps.get_model(label), list(ids)) for label, ids in rows.items() if ids]
    tracked = [(label, model, ids) for label, model, ids in wanted if hasattr(model, "history")]
    if not tracked:
        return []
    selects = [
        sql.SQL(
            "select {label} as label, h.{key} as row, h.history_date as at, to_jsonb(h)::text as said,"
            " h.history_id as n from {table} h where h.{key} = any(%s::uuid[])"
        ).format(
            label=sql.Literal(label),
            key=sql.Identifier(model._meta.pk.column),
            table=sql.Identifier(model.history.model._meta.db_table),
        )
        for label, model, _ids in tracked
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL(" union all ").join(selects) + sql.SQL(" order by label, row, n"), [ids for _l, _m, ids in tracked]
        )
        return [(label, row, at, json.loads(said)) for label, row, at, said, _number in cursor.fetchall()]


def _changes(model: type[models.Model], label: str, name: str, versions: Sequence[_Version]) -> Iterator[Earlier]:
    mark = _MARK.get(name, name)
    for (_label, row, _at, said), (_next_label, _next_row, until, then) in pairwise(versions):
        before, after = (_shown(model, mark, each) for each in (said, then))
        if before and before != after:
            value = bytes.fromhex(said[BSN].removeprefix("\\x")) if name == BSN else before
            yield Earlier(label, row, name, value, until)


def _shown(model: type[models.Model], name: str, said: Mapping[str, Any]) -> str:
    """The value as text in the normal form of the model, "" for nothing."""
    if name == _BIRTH:
        born = birth_of(said)
        return "" if born.is_unknown else born.text
    value = said.get(name)
    if not value:
        return ""
    field = model._meta.get_field(name)
    choices = dict(getattr(field, "flatchoices", ()))
    if value in choices:
        return str(choices[value])
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return f"{date.fromisoformat(value):%d-%m-%Y}"
    return str(value)
