"""Art. 9: what waits with clients: whom somebody has yet to meet, and for who assigns, those whom nobody guides."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clients.assignments import in_force, without_guide
from clients.models import Assignment, Involvement
from clients.names import list_name
from clients.naming import born, name_of
from werkcontact.access import Actor, ids_of
from werkcontact.access.records import reach
from werkcontact.ui.components import Part, parts
from werkcontact.ui.words import number
from werkcontact.ui.work import Work

MOST = 100


def mine(actor: Actor, today: date) -> list[Work]:  # noqa: ARG001 - as every worklist
    """Return the clients to meet and, for who assigns, that there are clients without a caseworker."""
    return [*_to_meet(actor), *_to_assign(actor)]


def _to_meet(actor: Actor) -> list[Work]:
    rows = Assignment.objects.visible_to(actor, "registration.view")
    rows = rows.filter(in_force(actor.at), staff_id=actor.id, seen_at=None)
    shown = list(rows.select_related("involvement__client", "involvement__principal").order_by("from_on", "pk")[:MOST])
    return [
        Work(
            kind="assignment",
            label=gettext_lazy("New clients"),
            icon="person",
            title=_("Meet the client"),
            url=reverse("registration.view", args=[row.involvement_id]),
            work_by_on=None,
            who=list_name(name_of(row.involvement.client)),
            who_meta=(Part(_("born %(date)s") % {"date": born(row.involvement.client)}, num=True),),
            meta=(*parts(row.involvement.principal.name), Part(_("assigned to you since"), day=row.from_on)),
            subjects=ids_of(row.involvement),
        )
        for row in shown
        if row.involvement.client is not None
    ]


def _to_assign(actor: Actor) -> list[Work]:
    """One row for all of them, without a name: whoever opens the list is noted there."""
    if not reach(actor, "assignment.give").everything:
        return []
    waiting = Involvement.objects.visible_to(actor, "assignment.give").filter(without_guide(actor.at))
    count = waiting.order_by()[: MOST + 1].count()
    if not count:
        return []
    words = ngettext("1 client without a caseworker", "%(count)s clients without a caseworker", count)
    more = _("more than %(count)s clients without a caseworker") % {"count": number(MOST)}
    return [
        Work(
            kind="unassigned",
            label=gettext_lazy("To assign"),
            icon="person",
            title=_("Assign clients"),
            url=reverse("assignment.give_many"),
            work_by_on=None,
            meta=parts(more if count > MOST else words % {"count": number(count)}),
        )
    ]
