"""Art. 2, 18: principals, the services they buy under their own names, and how they write their deliveries."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from clients.models import DeliveryLayout, Principal, Service
from werkcontact.access import Actor, act
from werkcontact.office.broken_wall import spoken
from werkcontact.refused import Refused


def edit_principal(
    *,
    actor: Actor,
    principal: Principal | None,
    name: str,
    kind: str,
    layout: DeliveryLayout,
    bsn_basis: str,
    services: Sequence[str],
    is_active: bool = True,
) -> Principal:
    """Make or change a principal with all its services.

    Raises Refused when the name is taken, when a service that is left out is in use, and when the layout asks for a
    BSN that no statute lets us keep (UAVG 46).
    """
    with spoken(Principal, "2"), act(actor, "principal.edit", kind="change" if principal else "create") as deed:
        if "bsn" in layout.required and not bsn_basis.strip():
            text = _("This layout asks for the BSN. Name the statute that lets us keep it, or choose another layout.")
            raise Refused("principals.bsn", "UAVG 46", text, field="bsn_basis")
        kept = Principal.objects.select_for_update().get(pk=principal.pk) if principal else Principal()
        kept.name, kept.kind, kept.layout = name.strip(), kind, layout
        kept.bsn_basis, kept.is_active = bsn_basis.strip(), is_active
        kept.save(force_insert=principal is None)
        _settle(kept, services)
        deed.saw([kept.pk])
    return kept


def _settle(principal: Principal, services: Sequence[str]) -> None:
    wanted = dict.fromkeys(name.strip() for name in services if name.strip())
    present = {service.name: service for service in Service.objects.filter(principal=principal)}
    try:
        Service.objects.filter(pk__in=[s.pk for name, s in present.items() if name not in wanted]).delete()
    except ProtectedError as error:
        text = _("A service that is in use cannot be taken away.")
        raise Refused("principals.service_in_use", "2", text, field="services") from error
    Service.objects.bulk_create([Service(principal=principal, name=name) for name in wanted if name not in present])
