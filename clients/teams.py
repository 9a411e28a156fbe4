"""Art. 9: teams: who works under which team lead, who sees what they are assigned; kept by the directie."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from clients.assignments import sync_leads
from werkcontact.access import Actor, act
from werkcontact.office.broken_wall import spoken
from werkcontact.refused import Refused
from werkcontact.staff.models import Staff, Team, TeamMember


def edit_team(*, actor: Actor, team: Team | None, name: str, lead: Staff, members: Iterable[Staff]) -> Team:
    """Make or change a team; from this moment on the lead's access follows it.

    Raises Refused when the name is taken, and when the lead would be a member of the own team.
    """
    wanted = {member.pk for member in members}
    with spoken(Team, "9", unique="name"), act(actor, "staff.edit", kind="change" if team else "create") as deed:
        if lead.pk in wanted:
            raise Refused("teams.own_lead", "9", _("The team lead is not a member as well."), field="members")
        if team is None:
            kept = Team.objects.create(name=name.strip(), lead=lead)
        else:
            kept = Team.objects.select_for_update().get(pk=team.pk)
            kept.name, kept.lead = name.strip(), lead
            kept.save(update_fields=["name", "lead"])
        former = _settle(kept, wanted)
        sync_leads(members=former | wanted, at=actor.at)
        deed.saw([kept.pk, lead.pk, *(former | wanted)])
    return kept


def _settle(team: Team, wanted: set[UUID]) -> set[UUID]:
    """Make the places of a team what is wanted; return who had one."""
    places = TeamMember.objects.filter(team=team)
    former = set(places.values_list("staff_id", flat=True))
    places.exclude(staff__in=wanted).delete()
    TeamMember.objects.bulk_create([TeamMember(team=team, staff_id=pk) for pk in sorted(wanted - former)])
    return former
