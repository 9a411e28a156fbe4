"""Art. 9: who guides whom, from when until when and why; the grants that open the client follow in the same act.

Grants hold from the Amsterdam midnight with which the first day begins until the one with which the last day ends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from clients.models import Assignment, Grant, Involvement
from clients.models.people import InvolvementQuerySet
from werkcontact.access import Absent, Actor, act, enter_all, grants
from werkcontact.access.actor import AMSTERDAM
from werkcontact.access.grants import NewGrant
from werkcontact.refused import Refused
from werkcontact.staff.models import Appointment, Role, Staff, TeamMember
from werkcontact.ui.components import Text

GUIDES = (Role.CASEWORKER, Role.FRANCHISEE)
LONGEST_REASON = 200
FARTHEST = timedelta(days=366)  # a first day beyond this is a slip of the keyboard, and until then nobody would guide


def candidates(today: date) -> list[Staff]:
    """Return who may be chosen: active, and today appointed caseworker or franchisee; in the order of their names."""
    appointed = Appointment.objects.open_on(today).filter(role__in=GUIDES).values("staff")
    return list(Staff.objects.filter(pk__in=appointed, is_active=True).order_by("display_name", "pk"))


def in_force(at: datetime) -> Exists:
    """Assignments whose grant opens the client at this moment (aware): what a list of "who guides" must go by.

    Not those of somebody whose own appointment has ended: to them the gate opens nothing.
    """
    opens = {"cause_id": OuterRef("pk"), "content_object": OuterRef("involvement"), "user": OuterRef("staff")}
    return Exists(guiding(at).filter(**opens))


def guiding(at: datetime) -> QuerySet[Grant]:
    """The grants by which somebody guides at this moment (aware): assigned, and appointed to guide today."""
    appointed = Appointment.objects.open_on(_day_of(at)).filter(role__in=GUIDES, staff__is_active=True)
    rows = Grant.objects.filter(grants.current(at), permission__codename="assigned")
    return rows.filter(user__in=appointed.values("staff"))


def lapsed(at: datetime) -> Exists:
    """Assignments that go on while their holder may no longer guide: they open nothing, unless he may again."""
    opens = {"cause_id": OuterRef("pk"), "user": OuterRef("staff"), "user__in": _gone(at)}
    return Exists(Grant.objects.filter(still_opens(at), permission__codename="assigned", **opens))


def without_guide(at: datetime) -> Q:
    """Involvements that no assignment opens at this moment, or later, for somebody who is (still) appointed to guide.

    Both halves are found by an index: those whose grants have ended, and what people who left still hold. These few
    are asked first, since the planner would rather walk through all grants.
    """
    gone = list(_gone(at).values_list("pk", flat=True))
    ended = Involvement.objects.filter(Q(guided_until=None) | Q(guided_until__lte=at), ended_on=None)
    assigned = Grant.objects.filter(still_opens(at), permission__codename="assigned")
    others = assigned.filter(content_object=OuterRef("content_object")).exclude(user__in=gone)
    held = assigned.filter(~Exists(others), user__in=gone)
    return Q(pk__in=ended.values("pk").union(held.values("content_object")))


def _gone(at: datetime) -> QuerySet[Staff]:
    """Who may not guide today nor has an appointment to do so later."""
    still = Q(until_on=None) | Q(until_on__gte=_day_of(at))
    appointed = Appointment.objects.filter(still, role__in=GUIDES, staff=OuterRef("pk"))
    return Staff.objects.filter(~Exists(appointed) | Q(is_active=False))


def _day_of(at: datetime) -> date:
    return at.astimezone(AMSTERDAM).date()


def still_opens(at: datetime) -> Q:
    """Grants that open a client at this moment (aware), or will."""
    return Q(until_at=None) | Q(until_at__gt=at)


def give(
    *, actor: Actor, involvement: Involvement, caseworker: Staff, from_on: date, reason: str, today: date
) -> Assignment:
    """Assign one involvement. `today` and `from_on` are Amsterdam dates.

    Raises Refused: assignments.appointment, .reason, .too_early, .overlap; and what the gate raises.
    """
    with act(actor, "assignment.give", involvement, kind="create"):
        locked = list(_lockable([involvement.pk]))
        if not locked:
            raise Absent
        return _assign(actor, locked, caseworker, from_on=from_on, reason=reason, today=today)[0]


def give_many(
    *, actor: Actor, involvements: Iterable[UUID], caseworker: Staff, from_on: date, reason: str, today: date
) -> list[Assignment]:
    """Assign many involvements at once, all or none. Raises as `give`; Absent when one of them is not open to him."""
    with act(actor, "assignment.give", kind="create", gate=False) as deed:
        wanted = set(involvements)
        locked = enter_all(actor, "assignment.give", _lockable(wanted))
        if len(locked) != len(wanted):  # one that ended or never was is no reason to pass it by in silence
            raise Absent
        deed.saw(locked)
        return _assign(actor, locked, caseworker, from_on=from_on, reason=reason, today=today)


def end(*, actor: Actor, assignment: Assignment, until_on: date, today: date, at_once: bool = False) -> Assignment:
    """End an assignment with its last day; `at_once` closes at this moment, and the last day is then today.

    Dates are Amsterdam dates. Raises Refused: assignments.last_day, assignments.ended; and what the gate raises.
    """
    with act(actor, "assignment.end", assignment):
        row = Assignment.objects.select_for_update().get(pk=assignment.pk)
        row.until_on = last = _last_day(row, today if at_once else until_on, at_once=at_once)
        Assignment.objects.filter(pk=row.pk).update(until_on=last)
        grants.end([row.pk], at=actor.at if at_once else _end_of(last))
    return row


def meet(*, actor: Actor, involvement: Involvement) -> bool:
    """Note that whoever was assigned has now opened the client; False when there was nothing new."""
    unseen = Assignment.objects.filter(in_force(actor.at), involvement=involvement, staff_id=actor.id, seen_at=None)
    if not unseen.exists():
        return False
    with act(actor, "registration.view", involvement, kind="read"):
        unseen.update(seen_at=actor.at)
    return True


def sync_leads(*, members: Iterable[UUID], at: datetime) -> None:
    """Make the grants of team leads what the teams of these people say now; called inside the act that changed a team.

    From `at` (aware) a new lead sees what the members are assigned and a former one no longer does. What was closed at
    once stays closed, also when its last day is still to come.
    """
    members = list(members)
    opens = Grant.objects.filter(still_opens(at), cause_id=OuterRef("pk"), permission__codename="assigned")
    rows = Assignment.objects.filter(Exists(opens), staff__in=members, involvement__ended_on=None)
    running = list(rows.select_related("involvement__client"))
    leads = _leads_of(members)
    wanted = [grant for each in running for grant in _lead_grants(each, leads, at)]
    grants.settle("lead", wanted, causes=[each.pk for each in running], at=at)


def _lockable(involvements: Iterable[UUID]) -> InvolvementQuerySet:
    """The involvements in one fixed order, to be locked as they are read.

    Their clients are read once the locks are held: a name that was changed meanwhile is copied as it is now.
    """
    rows = Involvement.objects.open().filter(pk__in=list(involvements))
    return rows.prefetch_related("client").select_for_update().order_by("pk")


def _assign(
    actor: Actor, locked: Sequence[Involvement], caseworker: Staff, *, from_on: date, reason: str, today: date
) -> list[Assignment]:
    _check(locked, caseworker, from_on, reason, today)
    made = Assignment.objects.bulk_create(
        [
            Assignment(involvement=each, staff=caseworker, from_on=from_on, reason=reason.strip(), by_id=actor.id)
            for each in locked
        ],
        batch_size=2000,
    )
    leads = _leads_of([caseworker.pk])
    from_at = _begin_of(from_on)
    grants.give([_grant(each, each.staff_id, "assigned", from_at) for each in made])
    grants.give([grant for each in made for grant in _lead_grants(each, leads, from_at)])
    return made


def _check(locked: Sequence[Involvement], caseworker: Staff, from_on: date, reason: str, today: date) -> None:
    if not (caseworker.is_active and _appointed(caseworker, today)):
        raise _refused("appointment", _("Choose somebody who is a caseworker or franchisee today."), "caseworker")
    if from_on > today + FARTHEST:
        raise _refused("too_late", _("The first day lies more than a year ahead."), "from_on")
    if from_on > today and not _appointed(caseworker, from_on):
        raise _refused("appointment_ends", _("This person's appointment ends before the first day."), "caseworker")
    if not reason.strip() or len(reason.strip()) > LONGEST_REASON:
        raise _refused("reason", _("Write in a few words why; at most 200 characters."), "reason")
    if any(from_on < each.opened_on for each in locked):
        raise _refused("too_early", _("The first day lies before the registration of the client."), "from_on")
    later = Q(until_on=None) | Q(until_on__gte=from_on)
    if Assignment.objects.filter(later, involvement__in=locked, staff=caseworker).exists():
        raise _refused("overlap", _("This person already guides (one of) these clients in that period."), "caseworker")


def _appointed(caseworker: Staff, on: date) -> bool:
    return Appointment.objects.open_on(on).filter(staff=caseworker, role__in=GUIDES).exists()


def _last_day(assignment: Assignment, on: date, *, at_once: bool) -> date:
    """The last day that an ending gives; at once, that is `on`, or the first day of what has not begun."""
    already = assignment.until_on
    if already is not None and (already < on or (already == on and not at_once)):
        raise _refused("ended", _("This assignment already ends on that day or earlier."), "until_on")
    if at_once:
        return max(assignment.from_on, on)
    if on < assignment.from_on:
        raise _refused("last_day", _("The last day lies before the first."), "until_on")
    return on


def _refused(what: str, text: Text, field: str) -> Refused:
    return Refused(f"assignments.{what}", "9", text, field=field)


def _leads_of(members: Iterable[UUID]) -> Mapping[UUID, set[UUID]]:
    """The team leads of each person."""
    leads: dict[UUID, set[UUID]] = defaultdict(set)
    for member, lead in TeamMember.objects.filter(staff__in=members).values_list("staff_id", "team__lead_id"):
        leads[member].add(lead)
    return leads


def _lead_grants(assignment: Assignment, leads: Mapping[UUID, set[UUID]], from_at: datetime) -> list[NewGrant]:
    begin = max(from_at, _begin_of(assignment.from_on))
    return [_grant(assignment, lead, "lead", begin) for lead in sorted(leads.get(assignment.staff_id, ()))]


def _grant(assignment: Assignment, staff: UUID, tie: str, from_at: datetime) -> NewGrant:
    client = assignment.involvement.client
    if client is None:
        raise Absent
    return NewGrant(
        staff=staff,
        involvement=assignment.involvement_id,
        tie=tie,
        cause=assignment.pk,
        from_at=from_at,
        until_at=_end_of(assignment.until_on) if assignment.until_on else None,
        sort_name=client.sort_name,
        search_name=client.search_name,
    )


def _begin_of(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=AMSTERDAM)


def _end_of(day: date) -> datetime:
    return _begin_of(day + timedelta(days=1))
