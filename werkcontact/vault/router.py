"""Art. 16: data keys live in the database `keys` and nothing else does; all else lives in `default`."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

KEYS = "keys"  # both the app's label and the database's alias


class Router:
    """Django's database router. `migrate` is run once for each of the two databases."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:  # noqa: ARG002 - Django's signature
        """Name the database in which the model lives."""
        return KEYS if model._meta.app_label == KEYS else None

    def db_for_write(self, model: type[Model], **hints: Any) -> str | None:  # noqa: ARG002 - Django's signature
        """Name the database in which the model lives."""
        return KEYS if model._meta.app_label == KEYS else None

    def allow_relation(self, obj1: Model, obj2: Model, **hints: Any) -> bool | None:  # noqa: ARG002 - Django's signature
        """Refuse relations over the wall."""
        return (obj1._meta.app_label == KEYS) == (obj2._meta.app_label == KEYS)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:  # noqa: ARG002 - Django's signature
        """Keep each database to its own tables."""
        return (app_label == KEYS) == (db == KEYS)
