"""Art. 12.2: who cannot show who they are is refused, by letter and by two persons; who shows it later is answered."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from requests_app import answer, clocks, collecting, handling, identity_check, second, sending
from requests_app.correspondence import letters_of
from requests_app.models import RequestAsk, SubjectRequest
from requests_app.models.subject_request import IdentityHow
from requests_app.transitions import AskState, RequestState
from tests.people import NOW, TODAY, actor_of
from tests.requests_app.making import RECEIVED, Office, asks, register_person, register_request, show_identity, take
from werkcontact.law.clocks import Standing
from werkcontact.mail import letters
from werkcontact.refused import Refused

ASKED = date(2026, 11, 6)


def _asked(office: Office) -> SubjectRequest:
    """A request of 2 November of which proof was asked by a letter that went out on the 6th."""
    subject_request = register_request(office)
    then = actor_of(office.handler, at=NOW - timedelta(days=18))
    handling.assign(actor=then, subject_request=subject_request, handler=office.handler, today=ASKED)
    letter = identity_check.ask_for_proof(
        actor=then, subject_request=subject_request, why="Uw verzoek kwam van een onbekend adres.", today=ASKED
    )
    sending.mark_sent(actor=then, subject_request=subject_request, letter_id=letter.pk, on=ASKED, way="post")
    return SubjectRequest.objects.get(pk=subject_request.pk)


@pytest.fixture(autouse=True)
def _promised(office: Office) -> None:
    from werkcontact.staff.models import Declaration

    Declaration.objects.create(staff=office.handler, signed_on=date(2026, 1, 2))


def _clock(subject_request: SubjectRequest, today: date = TODAY) -> Standing:
    every = asks(subject_request)
    return clocks.standings(subject_request, every, today)[every[0].pk]


def test_asking_by_letter_stops_the_clock_of_the_law_and_not_that_of_the_reglement(office: Office) -> None:
    found = _clock(_asked(office))
    assert found.avg.state == "paused"
    assert found.reglement is not None
    assert (found.reglement.state, found.reglement.end) == ("running", date(2026, 11, 30))


def test_a_letter_that_was_only_written_stops_nothing(office: Office) -> None:
    subject_request = take(office, register_request(office))
    identity_check.ask_for_proof(
        actor=office.actor(office.handler), subject_request=subject_request, why="Twijfel.", today=TODAY
    )
    assert _clock(subject_request).avg.state == "running"


def test_proof_adds_the_days_of_the_pause_and_only_its_outcome_is_kept(office: Office) -> None:
    subject_request = _asked(office)
    show_identity(office, subject_request, on=date(2026, 11, 9))
    subject_request.refresh_from_db()
    assert (subject_request.identity_how, subject_request.identity_on) == ("desk", date(2026, 11, 9))
    assert subject_request.identity_by_id == office.handler.pk
    found = _clock(subject_request)
    assert (found.avg.paused_days, found.avg.unrolled, found.avg.rolled) == (3, date(2026, 12, 5), date(2026, 12, 7))
    assert found.binding == date(2026, 11, 30)


def test_nothing_is_collected_or_told_before_it_is_known_who_asks(office: Office) -> None:
    involvement = register_person(office)
    subject_request = take(office, register_request(office))
    actor = office.actor(office.handler)
    with pytest.raises(Refused, match="identity_first"):
        handling.find_nobody(actor=actor, subject_request=subject_request)
    handling.link(actor=actor, subject_request=subject_request, involvements=[involvement.pk])
    with pytest.raises(Refused, match="identity_first"):
        collecting.collect(actor=actor, subject_request=subject_request)


def test_want_of_proof_is_refused_by_letter_and_by_two_and_later_proof_takes_it_up_again(office: Office) -> None:
    subject_request = _asked(office)
    actor = office.actor(office.handler)
    identity_check.refuse(
        actor=actor, subject_request=subject_request, reasons="Wij hebben niets gehoord.", today=TODAY
    )
    ask = RequestAsk.objects.select_related("subject_request", "approval").get(
        subject_request=subject_request, kind="inspection"
    )
    with pytest.raises(Refused, match="own"):
        second.decide(actor=actor, ask=ask, granted=True, note="")
    with pytest.raises(Refused, match="not_now"):
        answer.make(actor=actor, subject_request=subject_request, today=TODAY)
    second.decide(actor=office.actor(office.director), ask=ask, granted=True, note="")
    letter = answer.make(actor=actor, subject_request=subject_request, today=TODAY)
    assert letter.kind == "identity_refused"
    assert letters.pdf(letter).startswith(b"%PDF")
    sending.mark_sent(actor=actor, subject_request=subject_request, letter_id=letter.pk, on=TODAY, way="post")
    subject_request.refresh_from_db()
    assert {one.state for one in asks(subject_request)} == {AskState.NO_IDENTITY}
    assert (subject_request.state, subject_request.closed_on) == (RequestState.CLOSED, TODAY)
    found = _clock(subject_request)
    assert found.kept is not None
    assert (found.kept.reglement, found.kept.avg, found.avg.state) == (True, None, "paused")
    # and then the person comes to the desk after all
    show_identity(office, subject_request)
    subject_request.refresh_from_db()
    assert {one.state for one in asks(subject_request)} == {AskState.RECEIVED}
    assert (subject_request.state, subject_request.closed_on) == (RequestState.IN_HAND, None)
    assert _clock(subject_request).avg.state == "running"
    assert {one.decision for one in asks(subject_request)} == {""}


def test_proof_voids_a_refusal_that_was_not_yet_decided(office: Office) -> None:
    subject_request = _asked(office)
    identity_check.refuse(
        actor=office.actor(office.handler), subject_request=subject_request, reasons="Niets gehoord.", today=TODAY
    )
    ask = RequestAsk.objects.select_related("subject_request", "approval").get(
        subject_request=subject_request, kind="inspection"
    )
    show_identity(office, subject_request)
    with pytest.raises(Refused, match=r"approvals\.decided"):
        second.decide(actor=office.actor(office.second), ask=ask, granted=True, note="")


def test_it_is_not_refused_before_the_day_that_the_letter_named(office: Office) -> None:
    subject_request = take(office, register_request(office))
    actor = office.actor(office.handler)
    with pytest.raises(Refused, match="not_asked"):
        identity_check.refuse(actor=actor, subject_request=subject_request, reasons="Nee.", today=TODAY)
    letter = identity_check.ask_for_proof(actor=actor, subject_request=subject_request, why="Twijfel.", today=TODAY)
    sending.mark_sent(actor=actor, subject_request=subject_request, letter_id=letter.pk, on=TODAY, way="post")
    with pytest.raises(Refused, match="too_early"):
        identity_check.refuse(actor=actor, subject_request=subject_request, reasons="Nee.", today=TODAY)


@pytest.mark.parametrize("on", [RECEIVED - timedelta(days=1), TODAY + timedelta(days=1)])
def test_proof_lies_between_receipt_and_today(office: Office, on: date) -> None:
    subject_request = take(office, register_request(office))
    with pytest.raises(Refused) as refused:
        show_identity(office, subject_request, on=on)
    assert refused.value.field == "on"


def test_identity_is_established_once(office: Office) -> None:
    subject_request = take(office, register_request(office))
    show_identity(office, subject_request)
    with pytest.raises(Refused, match="known"):
        show_identity(office, subject_request)
    with pytest.raises(Refused, match="known"):
        identity_check.ask_for_proof(
            actor=office.actor(office.handler), subject_request=subject_request, why="Toch.", today=TODAY
        )


def test_a_question_that_was_overtaken_is_not_sent_any_more(office: Office) -> None:
    subject_request = take(office, register_request(office))
    actor = office.actor(office.handler)
    identity_check.ask_for_proof(actor=actor, subject_request=subject_request, why="Twijfel.", today=TODAY)
    identity_check.record_shown(
        actor=actor, subject_request=subject_request, how=IdentityHow.KNOWN, on=TODAY, today=TODAY
    )
    letter = letters_of(subject_request)[0]
    with pytest.raises(Refused, match="old_letter"):
        sending.mark_sent(actor=actor, subject_request=subject_request, letter_id=letter.pk, on=TODAY, way="post")
