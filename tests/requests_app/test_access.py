"""Art. 9, 12, 18: who sees and handles a request; the running request as the purpose to look into a file."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clients.models import Involvement
from requests_app import answer, finding, handling, inspection
from requests_app.access import state_of
from requests_app.flow import asks_of, linked_parts
from requests_app.models import AnswerPart, RequestItem, SubjectRequest
from requests_app.models.item import Verdict
from tests.people import NOW, actor_of, make_staff
from tests.requests_app.making import Office, in_hand, items, register_person, register_request, take
from werkcontact.access import Absent, find, may, purposes
from werkcontact.refused import Refused


def test_a_request_of_nobody_yet_is_seen_by_who_handles_requests_and_not_by_who_registered_it(office: Office) -> None:
    made = register_request(office)
    assert state_of(made) == "none"
    for staff in (office.handler, office.second, office.director, make_staff("officer")):
        assert find(office.actor(staff), "request.view", SubjectRequest, pk=made.pk) == made
    for staff in (office.caseworker, office.intake, make_staff("archivist")):
        with pytest.raises(Absent):
            find(office.actor(staff), "request.view", SubjectRequest, pk=made.pk)
        assert not SubjectRequest.objects.visible_to(office.actor(staff), "request.view").exists()


def test_once_the_person_is_found_who_guides_them_sees_that_there_is_a_request(office: Office) -> None:
    made = in_hand(office, [register_person(office).pk])
    assert state_of(made) == "registered"
    stranger = make_staff("caseworker")
    assert find(office.actor(office.caseworker), "request.view", SubjectRequest, pk=made.pk) == made
    assert list(SubjectRequest.objects.visible_to(office.actor(office.caseworker), "request.view")) == [made]
    with pytest.raises(Absent):
        find(office.actor(stranger), "request.view", SubjectRequest, pk=made.pk)
    assert not SubjectRequest.objects.visible_to(office.actor(stranger), "request.view").exists()
    assert not may(office.actor(office.caseworker), "request.handle", made)


@pytest.mark.parametrize("role", ["officer", "directie", "caseworker", "archivist"])
def test_only_who_is_appointed_to_it_handles(office: Office, role: str) -> None:
    made = register_request(office)
    other = make_staff(role)
    with pytest.raises(Refused):
        handling.assign(actor=office.actor(office.director), subject_request=made, handler=other, today=office.today)


def test_another_handler_takes_over_and_the_first_lets_go(office: Office) -> None:
    made = take(office, register_request(office))
    at = NOW + timedelta(minutes=5)
    later = actor_of(office.second, at=at)
    handling.assign(actor=later, subject_request=made, handler=office.second, today=office.today)
    assert handling.current_handler(made, at) == office.second
    with pytest.raises(Refused, match="not_yours"):
        handling.find_nobody(actor=actor_of(office.handler, at=at), subject_request=made)
    with pytest.raises(Refused, match="already"):
        handling.assign(actor=later, subject_request=made, handler=office.second, today=office.today)


def test_the_running_request_is_a_purpose_for_its_handler_and_for_nobody_else(office: Office) -> None:
    involvement = register_person(office)
    other = register_person(office, "Ander", reference="UWV-2")
    made = in_hand(office, [involvement.pk])
    choices = purposes.choices(office.actor(office.handler), involvement)
    assert [choice.code for choice in choices] == [f"request:{made.number}"]
    assert purposes.choices(office.actor(office.second), involvement) == []
    assert purposes.choices(office.actor(office.handler), other) == []
    handling.withdraw(actor=office.actor(office.handler), subject_request=made, on=office.today)
    assert purposes.choices(office.actor(office.handler), involvement) == []


def test_the_search_finds_by_name_birth_date_and_number_and_shows_no_more(office: Office) -> None:
    involvement = register_person(office)
    register_person(office, "Ander", reference="UWV-2")
    made = take(office, register_request(office))
    actor = office.actor(office.handler)
    for words in ("moulin", "suzanne moulin", "01-12-1985 moul", "UWV-2026-00004", "D-2026-000001"):
        found = finding.search(actor, made, words)
        assert [(one.involvement, one.name, one.birth) for one in found.found] == [
            (involvement.pk, "Moulin, S.", "01-12-1985")
        ], words
    for words in ("", "boterdiep", "999993653", "s.moulin@voorbeeld.nl", "01-12-1986"):
        assert not finding.search(actor, made, words).found, words


def test_what_has_ended_is_not_found(office: Office) -> None:
    involvement = register_person(office)
    made = take(office, register_request(office))
    Involvement.objects.filter(pk=involvement.pk).update(ended_on=office.today)
    assert not finding.search(office.actor(office.handler), made, "moulin").found
    with pytest.raises(Absent):
        handling.link(actor=office.actor(office.handler), subject_request=made, involvements=[involvement.pk])


def test_who_was_linked_by_mistake_is_out_of_it_at_once_and_may_come_back(office: Office) -> None:
    wrong, right = register_person(office, "Verkeerd"), register_person(office, reference="UWV-2")
    made = in_hand(office, [wrong.pk, right.pk])
    actor = office.actor(office.handler)
    part = made.parts.get(dossier__involvement=wrong)
    assert len(purposes.choices(actor, wrong)) == 1
    item = RequestItem.objects.filter(part=part, kind="field").select_related("part__subject_request")[0]
    handling.unlink(actor=actor, subject_request=made, part=part.pk)
    assert purposes.choices(actor, wrong) == []
    found = SubjectRequest.objects.get(pk=made.pk)
    assert [each.dossier.involvement_id for each in linked_parts(found)] == [right.pk]
    assert found.client_id == right.client_id
    with pytest.raises(Absent):
        inspection.decide(actor=actor, item=item, seen=None, choice=inspection.Choice(Verdict.GIVE))
    with pytest.raises(Absent):
        handling.unlink(actor=actor, subject_request=found, part=part.pk)
    handling.link(actor=actor, subject_request=found, involvements=[wrong.pk])
    assert len(linked_parts(SubjectRequest.objects.get(pk=made.pk))) == 2


def test_nothing_of_who_was_linked_by_mistake_is_in_the_answer(office: Office) -> None:
    wrong, right = register_person(office, "Verkeerd"), register_person(office, reference="UWV-2")
    made = in_hand(office, [wrong.pk, right.pk])
    actor = office.actor(office.handler)

    def make() -> list[AnswerPart]:
        again = SubjectRequest.objects.get(pk=made.pk)
        ids = [item.pk for item in items(made)]
        inspection.give_all(actor=actor, subject_request=again, items=ids)
        inspection.finish(actor=actor, subject_request=again)
        answer.make(actor=actor, subject_request=again, today=office.today)
        return answer.parts_made(asks_of(again))

    assert len(make()) == 2
    part = made.parts.get(dossier__involvement=wrong)
    with pytest.raises(Refused, match="decided"):
        handling.unlink(actor=actor, subject_request=made, part=part.pk)
    inspection.reopen(actor=actor, subject_request=made)
    handling.unlink(actor=actor, subject_request=made, part=part.pk)
    assert [each.part.dossier.involvement_id for each in make()] == [right.pk]
    assert answer.package(made, part.pk) is None
