"""guardian as a reader of grants: its own checker counts rows that have ended or not begun; this one asks the moment."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from guardian.backends import ObjectPermissionBackend
from guardian.core import ObjectPermissionChecker


class DatedChecker(ObjectPermissionChecker):  # type: ignore[misc]  # guardian is loaded without types
    """Answers from grants that hold now, and never through groups."""

    def get_user_filters(self, obj: models.Model) -> dict[str, Any]:
        now = timezone.now()
        filters: dict[str, Any] = super().get_user_filters(obj)
        relation = next(key.split("__")[0] for key in filters if key.endswith("__user"))
        current = Q(**{f"{relation}__from_at__lte": now}) & (
            Q(**{f"{relation}__until_at": None}) | Q(**{f"{relation}__until_at__gt": now})
        )
        return {**filters, f"{relation}__in": obj._meta.get_field(relation).related_model.objects.filter(current)}

    def get_group_perms(self, obj: models.Model) -> list[str]:  # noqa: ARG002 - the library's signature
        return []


class DatedObjectPermissionBackend(ObjectPermissionBackend):  # type: ignore[misc]
    """`staff.has_perm("clients.assigned", involvement)`, with moments."""

    def has_perm(self, user_obj: Any, perm: str, obj: models.Model | None = None) -> bool:
        if obj is None or not user_obj.is_active:
            return False
        codename = perm.rpartition(".")[2]
        return bool(DatedChecker(user_obj).has_perm(codename, obj))
