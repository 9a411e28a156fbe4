"""Art. 9: assignments: what they write, what they refuse, and how team leads follow."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from clients import assignments
from clients.models import Assignment, Grant, Involvement
from clients.models.people import FOREVER
from clients.why import guides_of
from tests.clients.rows import assign, make_principal, open_clients, person
from tests.people import AMSTERDAM, NOW, TODAY, actor_of, as_actor, make_staff
from werkcontact.access import Absent, Actor, act, may
from werkcontact.ids import uuid7
from werkcontact.refused import Refused
from werkcontact.staff.models import SYSTEM_ID, Appointment, Staff, Team, TeamMember

pytestmark = pytest.mark.django_db


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=AMSTERDAM)


def give(actor: Actor, involvement: object, caseworker: Staff, **changed: object) -> Assignment:
    asked = {"from_on": TODAY, "reason": "regio", "today": TODAY, **changed}
    return assignments.give(actor=actor, involvement=involvement, caseworker=caseworker, **asked)  # type: ignore[arg-type]


def test_grants_hold_from_the_first_midnight_to_the_last() -> None:
    [client] = open_clients(make_principal(), [person("Vries", prefix="de")])
    intake, guide = actor_of(make_staff("intake")), make_staff("caseworker")
    given = give(intake, client, guide, from_on=TODAY + timedelta(days=1))
    [grant] = Grant.objects.filter(cause_id=given.pk)
    assert (grant.from_at, grant.until_at) == (midnight(TODAY + timedelta(days=1)), None)
    assert (grant.sort_name, grant.search_name) == ("vries, jan de", "de vries devries jan j")
    last = TODAY + timedelta(days=9)
    assignments.end(actor=intake, assignment=given, until_on=last, today=TODAY)
    grant.refresh_from_db()
    assert grant.until_at == midnight(last + timedelta(days=1))
    moments = {
        midnight(TODAY + timedelta(days=1)) - timedelta(seconds=1): False,
        midnight(TODAY + timedelta(days=1)): True,
        midnight(last + timedelta(days=1)) - timedelta(seconds=1): True,
        midnight(last + timedelta(days=1)): False,
    }
    seen = {at: may(actor_of(guide, at=at), "registration.edit", client) for at in moments}
    assert seen == moments


def test_many_are_assigned_at_once_or_none() -> None:
    clients = open_clients(make_principal(), [person(f"Naam{n}", n) for n in range(5)])
    intake, guide = actor_of(make_staff("intake")), make_staff("franchisee")
    words = {"caseworker": guide, "from_on": TODAY, "reason": "regio", "today": TODAY}
    given = assignments.give_many(actor=intake, involvements=[c.pk for c in clients[:3]], **words)  # type: ignore[arg-type]
    assert len(given) == Grant.objects.filter(user=guide).count() == 3
    with pytest.raises(Refused, match="overlap"):
        assignments.give_many(actor=intake, involvements=[c.pk for c in clients], **words)  # type: ignore[arg-type]
    with pytest.raises(Absent):
        assignments.give_many(actor=actor_of(guide), involvements=[c.pk for c in clients[3:]], **words)  # type: ignore[arg-type]
    assert Assignment.objects.count() == 3
    with connection.cursor() as cursor:
        cursor.execute("select subjects from access_log where act = 'assignment.give'")
        [[subjects]] = cursor.fetchall()
    assert {c.pk for c in clients[:3]} <= set(subjects)


def test_only_who_is_caseworker_or_franchisee_today_can_be_chosen() -> None:
    [client] = open_clients(make_principal(), [person("Vries")])
    intake = actor_of(make_staff("intake"))
    former, gone = make_staff(), make_staff("caseworker")
    as_actor()
    Appointment.objects.create(
        staff=former, role="caseworker", from_on=date(2020, 1, 1), until_on=TODAY - timedelta(days=1), by_id=SYSTEM_ID
    )
    Staff.objects.filter(pk=gone.pk).update(is_active=False)
    gone.refresh_from_db()
    current = make_staff("caseworker")
    assert assignments.candidates(TODAY) == [current]
    for person_ in (former, gone, make_staff("intake")):
        with pytest.raises(Refused, match="appointment"):
            give(intake, client, person_)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"reason": "  "}, "assignments.reason"),
        ({"reason": "x" * 201}, "assignments.reason"),
        ({"from_on": date(2026, 10, 31)}, "assignments.too_early"),
    ],
)
def test_what_is_refused(changed: dict[str, object], code: str) -> None:
    [client] = open_clients(make_principal(), [person("Vries")])
    with pytest.raises(Refused, match=code):
        give(actor_of(make_staff("intake")), client, make_staff("caseworker"), **changed)
    assert not Grant.objects.exists()


def test_an_ending_only_shortens_and_never_lies_before_the_beginning() -> None:
    [client] = open_clients(make_principal(), [person("Vries")])
    intake = actor_of(make_staff("intake"))
    given = give(intake, client, make_staff("caseworker"), from_on=TODAY)
    with pytest.raises(Refused, match="last_day"):
        assignments.end(actor=intake, assignment=given, until_on=TODAY - timedelta(days=1), today=TODAY)
    assignments.end(actor=intake, assignment=given, until_on=TODAY + timedelta(days=3), today=TODAY)
    with pytest.raises(Refused, match="ended"):
        assignments.end(actor=intake, assignment=given, until_on=TODAY + timedelta(days=3), today=TODAY)


def test_ending_at_once_closes_at_this_moment_also_what_has_not_begun() -> None:
    clients = open_clients(make_principal(), [person("Vries"), person("Berg", 2)])
    intake, guide = actor_of(make_staff("intake")), make_staff("caseworker")
    later = TODAY + timedelta(days=5)
    for client, begins in zip(clients, (TODAY, later), strict=True):
        given = give(intake, client, guide, from_on=begins)
        assignments.end(actor=intake, assignment=given, until_on=TODAY, today=TODAY, at_once=True)
        for at in (NOW, midnight(later), midnight(later + timedelta(days=2))):
            assert not may(actor_of(guide, at=at), "registration.edit", client)


def test_team_leads_see_what_their_people_are_assigned_while_they_lead() -> None:
    clients = open_clients(make_principal(), [person("Vries"), person("Berg", 2)])
    guide, first, second = make_staff("caseworker"), make_staff("lead"), make_staff("lead")
    as_actor()
    team = Team.objects.create(name="Noord", lead=first)
    TeamMember.objects.create(team=team, staff=guide)
    given = assign(clients[0], guide)
    assert may(actor_of(first), "registration.view", clients[0])
    assert not may(actor_of(first), "registration.view", clients[1])
    with act(Actor.system("delivery_end", at=NOW), "delivery.end"):
        Team.objects.update(lead=second)
        assignments.sync_leads(members=[guide.pk], at=NOW)
    assert not may(actor_of(first), "registration.view", clients[0])
    assert may(actor_of(second), "registration.view", clients[0])
    with act(Actor.system("delivery_end", at=NOW), "delivery.end"):  # and back: the same cause, once
        Team.objects.update(lead=first)
        assignments.sync_leads(members=[guide.pk], at=NOW + timedelta(hours=1))
    after = NOW + timedelta(hours=2)
    assert may(actor_of(first, at=after), "registration.view", clients[0])
    assert not may(actor_of(second, at=after), "registration.view", clients[0])
    assignments.end(actor=actor_of(make_staff("intake")), assignment=given, until_on=TODAY, today=TODAY, at_once=True)
    assert not Grant.objects.filter(until_at=None).exists()


def test_opening_the_client_notes_that_the_guide_has_met_them_once() -> None:
    [client] = open_clients(make_principal(), [person("Vries")])
    guide = make_staff("caseworker")
    given = assign(client, guide)
    assert not assignments.meet(actor=actor_of(make_staff("intake")), involvement=client)
    assert assignments.meet(actor=actor_of(guide), involvement=client)
    assert not assignments.meet(actor=actor_of(guide), involvement=client)
    given.refresh_from_db()
    assert given.seen_at == NOW


def test_one_that_ended_or_never_was_among_those_ticked_refuses_all_of_them() -> None:
    clients = open_clients(make_principal(), [person("Vries"), person("Berg", 2)])
    as_actor()
    Involvement.objects.filter(pk=clients[1].pk).update(ended_on=TODAY)
    intake, guide = actor_of(make_staff("intake")), make_staff("caseworker")
    words = {"caseworker": guide, "from_on": TODAY, "reason": "regio", "today": TODAY}
    for other in (clients[1].pk, uuid7()):
        with pytest.raises(Absent):
            assignments.give_many(actor=intake, involvements=[clients[0].pk, other], **words)  # type: ignore[arg-type]
    assert not Assignment.objects.exists()


def test_a_first_day_far_ahead_or_after_the_appointment_is_refused() -> None:
    [client] = open_clients(make_principal(), [person("Vries")])
    intake, leaving = actor_of(make_staff("intake")), make_staff("caseworker")
    as_actor()
    Appointment.objects.filter(staff=leaving).update(until_on=TODAY + timedelta(days=7))
    with pytest.raises(Refused, match="appointment_ends"):
        give(intake, client, leaving, from_on=TODAY + timedelta(days=8))
    with pytest.raises(Refused, match="too_late"):
        give(intake, client, make_staff("caseworker"), from_on=date(2062, 11, 24))
    assert give(intake, client, leaving, from_on=TODAY + timedelta(days=7))


@pytest.mark.parametrize("begins", [TODAY, TODAY + timedelta(days=5)])
def test_what_was_closed_at_once_stays_closed_to_leads_when_teams_change(begins: date) -> None:
    [client] = open_clients(make_principal(), [person("Vries")])
    guide, first, second = make_staff("caseworker"), make_staff("lead"), make_staff("lead")
    as_actor()
    team = Team.objects.create(name="Noord", lead=first)
    TeamMember.objects.create(team=team, staff=guide)
    given = assign(client, guide, from_on=begins)
    assignments.end(actor=actor_of(make_staff("intake")), assignment=given, until_on=TODAY, today=TODAY, at_once=True)
    for lead in (second, first):
        with act(Actor.system("delivery_end", at=NOW), "delivery.end"):
            Team.objects.update(lead=lead)
            assignments.sync_leads(members=[guide.pk], at=NOW)
        for at in (NOW, NOW + timedelta(hours=1), midnight(begins) + timedelta(hours=12)):
            assert not may(actor_of(lead, at=at), "registration.view", client)


def held(involvement: Involvement) -> datetime | None:
    involvement.refresh_from_db()
    return involvement.guided_until


def test_the_database_knows_until_when_somebody_guides_whoever_writes_grants() -> None:
    [client] = open_clients(make_principal(), [person("Vries")])
    assert held(client) is None
    first, second = make_staff("caseworker"), make_staff("franchisee")
    one, other = assign(client, first), assign(client, second)
    assert held(client) == FOREVER
    intake, last = actor_of(make_staff("intake")), TODAY + timedelta(days=3)
    assignments.end(actor=intake, assignment=one, until_on=TODAY, today=TODAY, at_once=True)
    assert held(client) == FOREVER
    assignments.end(actor=intake, assignment=other, until_on=last, today=TODAY)
    assert held(client) == midnight(last + timedelta(days=1))
    Grant.objects.filter(user=second).update(sort_name="x")
    assert held(client) == midnight(last + timedelta(days=1))
    Grant.objects.filter(user=second).delete()
    assert held(client) == NOW
    Grant.objects.all().delete()
    assert held(client) is None


def unguided(at: datetime) -> set[object]:
    return set(Involvement.objects.filter(assignments.without_guide(at)).values_list("pk", flat=True))


def test_who_is_no_longer_appointed_guides_nobody_and_intake_sees_that() -> None:
    clients = open_clients(make_principal(), [person(f"Naam{n}", n) for n in range(5)])
    leaving, inactive, staying = make_staff("caseworker"), make_staff("caseworker"), make_staff("caseworker")
    for client, guides in zip(clients, ([leaving], [leaving, staying], [inactive], [staying], []), strict=True):
        for guide in guides:
            assign(client, guide)
    as_actor()
    Appointment.objects.filter(staff=leaving).update(until_on=TODAY)
    Staff.objects.filter(pk=inactive.pk).update(is_active=False)
    later = NOW + timedelta(days=1)
    assert unguided(NOW) == {clients[2].pk, clients[4].pk}
    assert unguided(later) == {clients[0].pk, clients[2].pk, clients[4].pk}
    assert [guide.staff for guide in guides_of(clients[1], later)] == [staying.pk]
    assert {guide.staff for guide in guides_of(clients[1], NOW)} == {leaving.pk, staying.pk}
    left = Involvement.objects.in_bulk([client.pk for client in clients])
    assert not may(actor_of(leaving, at=later), "registration.view", left[clients[0].pk])
    as_actor()
    Appointment.objects.create(
        staff=leaving, role="caseworker", from_on=TODAY + timedelta(days=9), reason="terug", by_id=SYSTEM_ID
    )
    assert unguided(later) == {clients[2].pk, clients[4].pk}
