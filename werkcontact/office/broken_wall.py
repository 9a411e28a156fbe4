"""When the database refuses a row, its constraint's own sentence comes back as a `Refused`: a form error, no 500."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, models
from django.utils.translation import gettext_lazy as _

from werkcontact.refused import Refused


@contextmanager
def spoken(model: type[models.Model], article: str, *, unique: str = "") -> Iterator[None]:
    """Stand around an act; `unique` names the form field of the model's unique column."""
    try:
        yield
    except IntegrityError as error:
        name = str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", ""))
        refused = _refusal(model, name, article, unique)
        if refused is None:
            raise
        raise refused from error


def _refusal(model: type[models.Model], name: str, article: str, unique: str) -> Refused | None:
    for constraint in model._meta.constraints:
        if constraint.name == name:
            return Refused(f"walls.{name}", article, str(constraint.get_violation_error_message()))
    if unique and name.startswith(f"{model._meta.db_table}_{unique}"):
        return Refused(f"walls.{name}", article, _("This one already exists."), field=unique)
    return None
