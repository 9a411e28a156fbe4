"""guardian as a reader of grants: its own checker counts rows that ended or have not begun; ours asks the moment."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db import models
from django.utils import timezone
from guardian.backends import ObjectPermissionBackend
from guardian.core import ObjectPermissionChecker

from werkcontact.access import grants


class DatedChecker(ObjectPermissionChecker):
    """Answers from grants that hold now, and never through groups."""

    def get_user_filters(self, obj: models.Model) -> dict[str, Any]:
        """Return the library's filter over permissions, narrowed to grants that hold at this moment."""
        filters: dict[str, Any] = super().get_user_filters(obj)
        relation = next(key.partition("__")[0] for key in filters if key.endswith("__user"))
        return {**filters, f"{relation}__in": grants.holding(timezone.now())}

    def get_group_perms(self, _obj: models.Model) -> Any:
        """Return nothing: groups grant nothing in this house."""
        return Permission.objects.none().values_list("codename", flat=True)


class DatedObjectPermissionBackend(ObjectPermissionBackend):
    """`staff.has_perm("clients.assigned", involvement)`, with moments."""

    def has_perm(self, user_obj: Any, perm: str, obj: models.Model | None = None) -> bool:
        """Say whether a grant of this permission on this record holds now."""
        if obj is None or not user_obj.is_active:
            return False
        return DatedChecker(user_obj).has_perm(perm.rpartition(".")[2], obj)
