"""Art. 11: who must still tell whom: for Vandaag, for the reminders of the night, and for the directie's decisions."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clients import notice_exceptions
from clients.models import Assignment, Notice
from clients.names import list_name
from clients.naming import born, name_of
from clients.notice_exceptions import is_waiting
from clients.notices import numbers_of
from werkcontact.access import Actor, ids_of
from werkcontact.rulebook.current import rules_on
from werkcontact.ui.components import Part
from werkcontact.ui.dates import nl_date_words
from werkcontact.ui.work import Due, Waiting, Work

KIND = "notice"
_LABEL = gettext_lazy("Notices")


def mine(actor: Actor, today: date) -> list[Work]:
    """Return the notices of clients assigned to this actor, and for intake those that nobody has, by principal and day.

    Two queries, however many there are. `today` is an Amsterdam date.
    """
    return [*_of_assigned(actor, today), *(_unassigned(actor, today) if "intake" in actor.roles else ())]


def due(today: date) -> list[Due]:
    """Return the open notices that somebody must be told of on `today`: within the longest reminder, or late."""
    until = today + timedelta(days=max(rules_on(today).reminder_days))
    open_ = Notice.objects.open().filter(work_by_on__lte=until, involvement__ended_on=None)
    staff: dict[UUID, list[UUID]] = defaultdict(list)
    held = Assignment.objects.open_on(today).filter(involvement__in=open_.values("involvement"))
    for involvement, person in held.order_by("from_on", "pk").values_list("involvement_id", "staff_id"):
        staff[involvement].append(person)
    return [
        Due(
            kind="notice",
            subject=notice.pk,
            work_by_on=notice.work_by_on,
            binding_on=notice.due_on,
            staff=tuple(staff.get(notice.involvement_id, ())),
            role="intake",
        )
        for notice in open_.order_by("work_by_on", "pk")
    ]


def waiting(actor: Actor, _today: date) -> list[Waiting]:
    """Return the exceptions that wait for this actor's decision, each by the number of its dossier."""
    if "directie" not in actor.roles:
        return []
    found = notice_exceptions.waiting(actor)
    numbers = numbers_of([notice.involvement_id for notice in found]) if found else {}
    return [
        Waiting(
            kind=KIND,
            title=_("Exception to the notice of registration"),
            number=numbers.get(notice.involvement_id, ""),
            url=reverse("notice.except", args=[notice.pk]),
            since=notice.asked.prepared_at.date(),
            work_by_on=notice.work_by_on,
            subjects=ids_of(notice),
        )
        for notice in found
        if notice.asked
    ]


def _of_assigned(actor: Actor, today: date) -> list[Work]:
    assigned = Assignment.objects.open_on(today).filter(staff=actor.id).values("involvement")
    rows = Notice.objects.visible_to(actor, "notice.send").open().filter(involvement__in=assigned)
    return [
        _work(notice) for notice in rows.select_related("involvement__client", "asked").order_by("work_by_on", "pk")
    ]


def _work(notice: Notice) -> Work:
    client = notice.involvement.client
    meta = [Part(_("Notice of registration"), icon="mail"), Part(_registered(notice.registered_on))]
    if is_waiting(notice):
        meta.append(Part(_("the directie decides on an exception"), icon="pause"))
    return Work(
        kind=KIND,
        label=_LABEL,
        icon="mail",
        title=_("Send the letter about the registration"),
        url=reverse("notice.send", args=[notice.involvement_id]),
        work_by_on=notice.work_by_on,
        binding_on=notice.due_on,
        who=list_name(name_of(client)) if client else "",
        who_meta=(Part(str(born(client)), num=True),) if client else (),
        meta=tuple(meta),
        subjects=ids_of(notice),
    )


def _unassigned(actor: Actor, today: date) -> list[Work]:
    """One line for the letters of one principal and day, since they come by the hundred."""
    held = Assignment.objects.open_on(today).filter(involvement=OuterRef("involvement"))
    rows = Notice.objects.visible_to(actor, "notice.send").open().filter(~Exists(held))
    groups = rows.values("involvement__principal", "involvement__principal__name", "work_by_on").annotate(
        letters=Count("pk"), last=Max("due_on"), registered=Max("registered_on")
    )
    return [
        Work(
            kind=KIND,
            label=_LABEL,
            icon="mail",
            title=ngettext(
                "Send %(count)s letter about the registration",
                "Send %(count)s letters about the registration",
                group["letters"],
            )
            % {"count": group["letters"]},
            url=f"{reverse('notice.list')}?opdrachtgever={group['involvement__principal']}",
            work_by_on=group["work_by_on"],
            binding_on=group["last"],
            who=group["involvement__principal__name"],
            meta=(Part(_("Notice of registration"), icon="mail"), Part(_registered(group["registered"]))),
        )
        for group in groups.order_by("work_by_on", "involvement__principal__name")
    ]


def _registered(on: date) -> str:
    return _("registered on %(day)s") % {"day": nl_date_words(on)}
