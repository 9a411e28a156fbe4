"""Reads the declarations of every app, and says what is missing or wrong in them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import connections, models
from django.utils.module_loading import module_has_submodule

from werkcontact.personal_data.declare import Declaration

OWNERS = frozenset(
    {
        "clients.client", "clients.involvement", "clients.delivery", "dossiers.dossier",
        "requests_app.subjectrequest", "requests_app.complaint", "staff.staff",
    }
)  # fmt: skip
# Tables without a model: partitions, the sealer's table, Django's own bookkeeping.
_TABLES_WITHOUT_MODEL = ("access_log", "django_migrations")
_HOUSES = ("staff", "session", "log", "never")  # ends that are no client's
_SOFT = ("_id", "_pk", "owner", "subject", "subjects")


@cache
def declarations() -> dict[str, Declaration]:
    """Return the declaration of each model, by label in lower case."""
    found: dict[str, Declaration] = {}
    for config in apps.get_app_configs():
        if config.module is not None and module_has_submodule(config.module, "personal_data"):
            module = import_module(f"{config.name}.personal_data")
            for label, declaration in getattr(module, "DECLARATIONS", {}).items():
                if label in found:
                    raise ValueError(f"{label} is declared twice")
                found[label] = declaration
    return found


def declared_models() -> Iterator[type[models.Model]]:
    """Yield every model that must be declared: all but historical ones, which follow the model they record."""
    for model in apps.get_models(include_auto_created=True):
        if not hasattr(model, "instance_type"):
            yield model


def problems() -> list[str]:
    """Return everything that is undeclared, declared wrongly or no longer there; empty when the registry is whole."""
    found: list[str] = []
    known = declarations()
    labels = set()
    for model in declared_models():
        label = model._meta.label_lower
        labels.add(label)
        if label not in known:
            found.append(f"{label}: not declared")
            continue
        found += [f"{label}: {problem}" for problem in _problems_of(model, known[label])]
    found += [f"{label}: declared, but there is no such model" for label in sorted(set(known) - labels)]
    return found + _tables_without_model()


def _problems_of(model: type[models.Model], declaration: Declaration) -> Iterator[str]:
    own = {f.name: f for f in model._meta.concrete_fields if not f.primary_key and not f.is_relation}
    for name in own.keys() - declaration.fields.keys():
        yield f"field {name} is not declared"
    for name in declaration.fields.keys() - own.keys():
        yield f"field {name} is declared, but is not there"
    for name, field in own.items():
        if _looks_soft(field) and declaration.fields.get(name) not in {"ref", None}:
            yield f"field {name} looks like a reference and is not declared as ref"
    yield from _wrong_owner(model, declaration.owner)


def _wrong_owner(model: type[models.Model], path: str | None) -> Iterator[str]:
    if path is None:
        for field in model._meta.concrete_fields:
            if field.is_relation and _is_somebodys(field):
                yield f"belongs to nobody, and has a foreign key to {_label(field.related_model)}"
        return
    at: Any = model
    for step in path.split("__") if path else ():
        try:
            field = at._meta.get_field(step)
        except FieldDoesNotExist:
            yield f"owner {path}: there is no {step}"
            return
        if isinstance(field, models.UUIDField):
            return  # a soft reference names its owner
        at = field.related_model
    if _label(at) not in OWNERS:
        yield f"owner {path}: ends at {_label(at)}"


def _is_somebodys(field: Any) -> bool:
    """Whether a foreign key leads to an owner, or holds on to what belongs to one: then it must end with it."""
    label = _label(field.related_model)
    if label in OWNERS - {"staff.staff"}:
        return True
    declared = declarations().get(label)
    lets_go = field.remote_field.on_delete is models.SET_NULL
    return declared is not None and declared.owner is not None and declared.ends not in _HOUSES and not lets_go


def _label(model: Any) -> str:
    return str(model._meta.label_lower) if hasattr(model, "_meta") else "nothing"


def _looks_soft(field: models.Field) -> bool:  # type: ignore[type-arg]
    return isinstance(field, models.UUIDField | models.CharField | models.TextField) and field.name.endswith(_SOFT)


def _tables_without_model() -> list[str]:
    found = []
    for alias in ("default", "keys"):
        tables = set(connections[alias].introspection.table_names())
        known = {m._meta.db_table for m in apps.get_models(include_auto_created=True)}
        found += [
            f"table {table} in {alias} has no model"
            for table in sorted(tables - known)
            if not table.startswith(_TABLES_WITHOUT_MODEL)
        ]
    return found
