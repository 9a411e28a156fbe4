"""Art. 2, 4: the commissions of a principal, written set-based; `registration` and `involvements` call this."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from clients.bulk import copy_in
from clients.delivery.fields import Fields
from clients.models import Principal, Service, Trajectory


def insert(new: Sequence[tuple[UUID, UUID, Fields]], *, principal: Principal, services: Mapping[str, UUID]) -> None:
    """Write new trajectories (id, involvement, fields) of a principal."""
    copy_in(
        Trajectory,
        ("id", "involvement_id", "principal_id", "reference", "service_id", "starts_on", "planned_end", "result"),
        (
            (
                trajectory,
                involvement,
                principal.pk,
                fields["reference"],
                services.get(str(fields.get("service") or "")),
                fields.get("starts_on") or None,
                fields.get("planned_end") or None,
                "",
            )
            for trajectory, involvement, fields in new
        ),
    )


def service_ids(principal: Principal, names: Iterable[str]) -> dict[str, UUID]:
    """Return the id of each service of a principal by its name; a name that it uses for the first time is added."""
    wanted = {name for name in names if name}
    known = Service.objects.filter(principal=principal, name__in=wanted)
    found = dict(known.values_list("name", "pk"))
    if missing := wanted - found.keys():
        Service.objects.bulk_create(
            [Service(principal=principal, name=name) for name in sorted(missing)], ignore_conflicts=True
        )
        found = dict(known.all().values_list("name", "pk"))
    return found
