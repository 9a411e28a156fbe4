"""Art. 5.1: the deliveries that wait for somebody to check and apply them, for the list of work."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.delivery.ending import KEPT
from clients.models import Delivery
from werkcontact.access import Actor, ids_of, may
from werkcontact.ui.components import Part, parts
from werkcontact.ui.work import Work

MOST = 100


def mine(actor: Actor, today: date) -> list[Work]:  # noqa: ARG001 - as every worklist
    """Return the deliveries that were checked and not applied; the day is the last before they are erased."""
    if not may(actor, "delivery.apply"):
        return []
    waiting = Delivery.objects.visible_to(actor, "delivery.view").filter(state=Delivery.State.CHECKED, ended_on=None)
    shown = list(waiting.select_related("principal").order_by("received_on", "pk")[:MOST])
    return [
        Work(
            kind="delivery",
            label=gettext_lazy("Deliveries"),
            icon="list",
            title=_("Check a delivery and apply it"),
            url=reverse("delivery.view", args=[one.pk]),
            work_by_on=one.received_on + KEPT,
            meta=(*parts(one.principal.name), Part(_("received on"), day=one.received_on)),
            subjects=ids_of(one),
        )
        for one in shown
    ]
