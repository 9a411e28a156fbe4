"""Art. 5.1: many rows in one statement: COPY to write new ones, one UPDATE from a JSON document to change others.

Triggers see the statement as a whole, so history is written with it. Values are what the database's own input
functions read; the caller has checked them.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, models
from psycopg2 import sql

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def copy_in(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write new rows of a model with COPY; `columns` are names of the database's columns.

    A column that is not named and may not be empty gets its field's default.
    """
    left = [field for field in model._meta.concrete_fields if field.column not in columns and not field.null]
    defaults = {str(field.column): field.get_default() for field in left}
    end = "".join(f"\t{_text(value)}" for value in defaults.values()) + "\n"
    text = "".join("\t".join(map(_text, row)) + end for row in rows)
    if not text:
        return
    named = sql.SQL(",").join(sql.Identifier(column) for column in (*columns, *defaults))
    command = sql.SQL("copy {} ({}) from stdin").format(sql.Identifier(model._meta.db_table), named)
    with connection.cursor() as cursor:
        cursor.copy_expert(command.as_string(cursor.cursor), io.StringIO(text))


def update_from(model: type[models.Model], key: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> int:
    """Change rows in one statement: each mapping names `key` and all of `columns`; return how many were there."""
    if not rows:
        return 0
    types = {field.column: field.db_type(connection) for field in model._meta.concrete_fields}
    command = sql.SQL(
        "update {table} t set {sets} from jsonb_to_recordset(%s::jsonb) as v ({shape}) where t.{key} = v.{key}"
    ).format(
        table=sql.Identifier(model._meta.db_table),
        key=sql.Identifier(key),
        sets=sql.SQL(",").join(sql.SQL("{0} = v.{0}").format(sql.Identifier(column)) for column in columns),
        shape=sql.SQL(",").join(
            sql.SQL("{} {}").format(sql.Identifier(column), sql.SQL(types[column] or "")) for column in (key, *columns)
        ),
    )
    with connection.cursor() as cursor:
        cursor.execute(command.as_string(cursor.cursor), [json.dumps(rows, default=_json)])
        return int(cursor.rowcount)


def _text(value: object) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return value.translate(_ESCAPES)
    if isinstance(value, bytes):
        return "\\\\x" + value.hex()
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False).translate(_ESCAPES)
    return str(value)


def _json(value: object) -> str:
    if isinstance(value, bytes):
        return f"\\x{value.hex()}"
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(type(value).__name__)
