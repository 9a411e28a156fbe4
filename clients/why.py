"""Art. 9: why somebody sees this client, and who else does: what "Waarom zie ik dit?" and "Wie ziet dit?" say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from clients.assignments import in_force, lapsed
from clients.models import Assignment, Involvement
from werkcontact.access import Actor, purposes
from werkcontact.staff.models import Role, TeamMember
from werkcontact.ui.components import Text
from werkcontact.ui.dates import nl_date_words


@dataclass(frozen=True)
class Guide:
    """Somebody who guides this client now: the assignment, whose it is, since when, by whom given and why."""

    assignment: UUID
    staff: UUID
    name: str
    by: str
    reason: str
    from_on: date
    until_on: date | None


@dataclass(frozen=True)
class Why:
    """The reason in a line, and in full."""

    short: str
    long: str


@dataclass(frozen=True)
class Seer:
    """Somebody, or some role, who can see this client, and by what."""

    who: Text
    how: Text


def guides_of(involvement: Involvement, at: datetime) -> list[Guide]:
    """Return who guides this client at this moment (aware), longest first."""
    return _guides(Assignment.objects.filter(in_force(at), involvement=involvement))


def former_guides_of(involvement: Involvement, at: datetime) -> list[Guide]:
    """Return who still holds an assignment without being appointed to guide: it opens nothing, and is to be ended."""
    return _guides(Assignment.objects.filter(lapsed(at), involvement=involvement))


def _guides(assignments: QuerySet[Assignment]) -> list[Guide]:
    rows = assignments.select_related("staff", "by")
    return [
        Guide(row.pk, row.staff_id, row.staff.display_name, row.by.display_name, row.reason, row.from_on, row.until_on)
        for row in rows.order_by("from_on", "pk")
    ]


def why(actor: Actor, involvement: Involvement, guides: Sequence[Guide]) -> Why:
    """Return why this actor sees the client: assigned, leading who is assigned, or a role and what they stated."""
    commission = _("Commissioned by %(principal)s.") % {"principal": involvement.principal.name}
    wall = _(
        "You see what %(principal)s delivered for this commission and what you record yourself. "
        "What other principals delivered you do not see here (reglement, articles 9 and 18)."
    ) % {"principal": involvement.principal.name}
    mine = next((guide for guide in guides if guide.staff == actor.id), None)
    if mine:
        words = {"day": nl_date_words(mine.from_on), "by": mine.by, "reason": mine.reason.rstrip(".")}
        since = _("Assigned to you since %(day)s.") % words
        how = _("%(by)s assigned this client to you from %(day)s. Reason: %(reason)s.") % words
        return Why(f"{since} {commission}", f"{how} {wall}")
    led = _led(actor, guides)
    if led:
        since = _("You lead the team of %(names)s.") % {"names": ", ".join(guide.name for guide in led)}
        return Why(f"{since} {commission}", f"{since} {wall}")
    return _by_role(actor, involvement, commission)


def seers_of(guides: Sequence[Guide]) -> list[Seer]:
    """Return who can see this client: those who guide, their team leads, and roles."""
    leads = (
        TeamMember.objects.filter(staff__in=[guide.staff for guide in guides])
        .values_list("team__lead__display_name", flat=True)
        .distinct()
        .order_by(F("team__lead__display_name"))
    )
    return [
        *(Seer(g.name, _("assigned since %(day)s") % {"day": nl_date_words(g.from_on)}) for g in guides),
        *(Seer(name, _("team lead")) for name in leads),
        Seer(_("Intake"), _("the registration, not the dossier")),
        Seer(_("Requests, management and privacy officer"), _("only with a purpose, recorded")),
    ]


def _led(actor: Actor, guides: Sequence[Guide]) -> list[Guide]:
    if "lead" not in actor.roles:
        return []
    members = TeamMember.objects.filter(team__lead_id=actor.id, staff__in=[guide.staff for guide in guides])
    under = set(members.values_list("staff_id", flat=True))
    return [guide for guide in guides if guide.staff in under]


def _by_role(actor: Actor, involvement: Involvement, commission: str) -> Why:
    roles = ", ".join(sorted(str(Role(role).label) for role in actor.roles))
    short = _("By your appointment: %(roles)s.") % {"roles": roles}
    code = actor.purpose_for(str(involvement.pk))
    if code:
        titles = {choice.code: choice.title for choice in purposes.choices(actor, involvement)}
        short = _("%(reason)s Purpose: %(purpose)s.") % {"reason": short, "purpose": titles.get(code, code)}
    long = _("%(reason)s What you look at is recorded (reglement, article 9).") % {"reason": short}
    return Why(f"{short} {commission}", long)
