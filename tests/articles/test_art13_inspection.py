"""Art. 13: within four weeks an overview and copies of everything; what is withheld has a ground and two deciders."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from pypdf import PdfReader

from clients.models import Registration
from dossiers.contents import NewFile
from dossiers.models import Dossier
from requests_app import answer, collecting, handling, inspection, refusal, second, sending
from requests_app.inspection import Choice
from requests_app.models import AnswerPart, RequestAsk, RequestItem, SubjectRequest
from requests_app.models.ask import AskKind
from requests_app.models.item import ItemKind, Verdict
from requests_app.transitions import AskState, RequestState
from tests.people import NOW, TODAY, actor_of, as_actor, make_staff
from tests.requests_app.making import (
    PDF,
    Office,
    asks,
    fill_dossier,
    in_hand,
    items,
    make_principal,
    register_person,
    register_request,
    show_identity,
    take,
)
from werkcontact.access import Absent
from werkcontact.mail import letters
from werkcontact.mail.models import OutgoingLetter
from werkcontact.refused import Refused
from werkcontact.staff.models import Staff
from werkcontact.vault import files

WITHHOLD = Choice(Verdict.WITHHOLD, "13.4.a", "AVG 15.4", "Gaat over een ander; weglakken laat niets over.")
GIVE = Choice(Verdict.GIVE)


def words_of_pdf(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def package(subject_request: SubjectRequest) -> zipfile.ZipFile:
    part = AnswerPart.objects.get(part__subject_request=subject_request)
    return zipfile.ZipFile(io.BytesIO(files.read_bytes(part.stored_file)))


def give_rest(office: Office, subject_request: SubjectRequest) -> None:
    ids = [item.pk for item in items(subject_request)]
    inspection.give_all(actor=office.actor(office.handler), subject_request=subject_request, items=ids)


def decide_note(office: Office, subject_request: SubjectRequest, choice: Choice = GIVE) -> None:
    (note,) = items(subject_request, ItemKind.NOTE)
    inspection.decide_own_note(actor=office.actor(office.caseworker), item=note, seen=None, choice=choice)


def leading(subject_request: SubjectRequest) -> RequestAsk:
    return RequestAsk.objects.select_related("subject_request", "approval").get(
        subject_request=subject_request, kind="inspection"
    )


@pytest.fixture
def dossier(office: Office) -> Dossier:
    return fill_dossier(office, register_person(office))


@pytest.fixture
def collected(office: Office, dossier: Dossier) -> SubjectRequest:
    return in_hand(office, [dossier.involvement_id])


def send(office: Office, subject_request: SubjectRequest, letter: OutgoingLetter) -> None:
    actor = office.actor(office.handler)
    sending.mark_sent(actor=actor, subject_request=subject_request, letter_id=letter.pk, on=TODAY, way="post")


def test_everything_that_is_held_becomes_an_item_once(office: Office, collected: SubjectRequest) -> None:
    found = {(item.kind, item.field_path) for item in items(collected)}
    for path in ("registration.surname", "registration.bsn_cipher", "registration.birth_year", "trajectory.service"):
        assert ("field", f"clients.{path}") in found
    kinds = [item.kind for item in items(collected)]
    assert (kinds.count("version"), kinds.count("note"), kinds.count("log")) == (3, 1, 1)
    before = RequestItem.objects.count()
    actor = office.actor(office.handler)
    assert collecting.collect(actor=actor, subject_request=collected) == 0
    assert RequestItem.objects.count() == before


def test_an_answer_is_complete_or_it_does_not_go(office: Office, collected: SubjectRequest) -> None:
    actor = office.actor(office.handler)
    with pytest.raises(Refused, match="undecided"):
        inspection.finish(actor=actor, subject_request=collected)
    give_rest(office, collected)
    with pytest.raises(Refused, match="undecided"):
        inspection.finish(actor=actor, subject_request=collected)  # the note waits for its author
    decide_note(office, collected)
    assert inspection.finish(actor=actor, subject_request=collected) == AskState.WRITING


def test_what_is_added_after_collecting_blocks_until_it_is_decided_upon(
    office: Office, dossier: Dossier, collected: SubjectRequest
) -> None:
    actor = office.actor(office.handler)
    give_rest(office, collected)
    decide_note(office, collected)
    inspection.finish(actor=actor, subject_request=collected)
    letter = answer.make(actor=actor, subject_request=collected, today=TODAY)
    fill_dossier(office, dossier.involvement)
    with pytest.raises(Refused, match="new_things"):
        send(office, collected, letter)
    inspection.reopen(actor=actor, subject_request=collected)
    assert collecting.collect(actor=actor, subject_request=collected) == 4
    with pytest.raises(Refused, match="undecided"):
        inspection.finish(actor=actor, subject_request=collected)


def test_all_given_goes_without_a_second_person_and_closes_the_request(
    office: Office, collected: SubjectRequest
) -> None:
    actor = office.actor(office.handler)
    give_rest(office, collected)
    decide_note(office, collected)
    inspection.finish(actor=actor, subject_request=collected)
    letter = answer.make(actor=actor, subject_request=collected, today=TODAY)
    assert "U krijgt alles wat wij over u hebben" in words_of_pdf(letters.pdf(letter))
    archive = package(collected)
    names = archive.namelist()
    assert names[:2] == ["overzicht.pdf", "lijst-van-kopieen.pdf"]
    assert names[2:] == ["kopie-001.pdf", "kopie-002.pdf", "kopie-003.pdf", "kopie-004.pdf"]
    overview = words_of_pdf(archive.read("overzicht.pdf"))
    for said in (
        "Moulin", "999993653", "01-12-1985", "UWV, 27-10-2026", "Waarvoor gebruiken wij uw gegevens",
        "Wie heeft uw gegevens bekeken", "5 jaar",
        "Neemt een computer besluiten over u", "Waar kunt u een klacht indienen", "Eerste gesprek",
    ):  # fmt: skip
        assert said in overview, said
    copies = [archive.read(name) for name in names[2:]]
    assert PDF in copies
    assert any("Mevrouw wil weer werken." in words_of_pdf(copy) for copy in copies if copy != PDF)
    assert any("Even over nadenken." in words_of_pdf(copy) for copy in copies if copy != PDF)
    send(office, collected, letter)
    collected.refresh_from_db()
    assert collected.state == RequestState.CLOSED
    assert {(ask.state, ask.decision, ask.binding_on) for ask in asks(collected)} == {("answered", "given", None)}
    with pytest.raises(Refused, match="sent"):
        send(office, collected, letter)


def test_names_of_staff_are_not_in_the_overview(office: Office, collected: SubjectRequest) -> None:
    give_rest(office, collected)
    decide_note(office, collected)
    actor = office.actor(office.handler)
    inspection.finish(actor=actor, subject_request=collected)
    answer.make(actor=actor, subject_request=collected, today=TODAY)
    overview = words_of_pdf(package(collected).read("overzicht.pdf"))
    assert "Haddad" not in overview
    assert "Visser" not in overview


def test_what_is_withheld_or_given_in_part_needs_a_ground_words_and_a_second_person(
    office: Office, collected: SubjectRequest
) -> None:
    actor = office.actor(office.handler)
    file_item = next(i for i in items(collected, "version") if i.version and i.version.stored_file_id)
    for wrong, code in (
        (Choice(Verdict.WITHHOLD, "13.4.a", "UAVG 41.1.b", "Omdat."), "ground"),
        (Choice(Verdict.WITHHOLD, "avg.12.5", "AVG 12.5", "Omdat."), "ground"),
        (Choice(Verdict.WITHHOLD, "13.4.a", "AVG 15.4", "  "), "words"),
        (Choice(Verdict.IN_PART, "13.4.a", "AVG 15.4", "Omdat."), "copy"),
    ):
        with pytest.raises(Refused, match=rf"inspection\.{code}"):
            inspection.decide(actor=actor, item=file_item, seen=None, choice=wrong)
    redacted = PDF + b"\n% weggelakt"
    choice = Choice(
        Verdict.IN_PART, "13.4.a", "AVG 15.4", "Twee zinnen over een collega.", NewFile([redacted], "application/pdf")
    )
    inspection.decide(actor=actor, item=file_item, seen=None, choice=choice)
    decide_note(office, collected, WITHHOLD)
    give_rest(office, collected)
    assert inspection.finish(actor=actor, subject_request=collected) == AskState.SECOND
    with pytest.raises(Refused, match="not_now"):
        answer.make(actor=actor, subject_request=collected, today=TODAY)
    with pytest.raises(Refused, match="own"):
        second.decide(actor=actor, ask=leading(collected), granted=True, note="")
    for stranger in (office.intake, make_staff("caseworker")):
        with pytest.raises((Absent, Refused)):
            second.decide(actor=office.actor(stranger), ask=leading(collected), granted=True, note="")
    second.decide(actor=office.actor(office.second), ask=leading(collected), granted=True, note="")
    with pytest.raises(Refused):
        second.decide(actor=office.actor(office.director), ask=leading(collected), granted=True, note="")
    letter = answer.make(actor=actor, subject_request=collected, today=TODAY)
    told = words_of_pdf(letters.pdf(letter))
    assert "artikel 13 lid 4 onder a van ons privacyreglement, met artikel 15 lid 4 van de AVG" in told
    assert "Twee zinnen over een collega." in told
    assert "U kunt de rechtbank" in told
    archive = package(collected)
    contents = [archive.read(name) for name in archive.namelist()]
    assert redacted in contents
    assert PDF not in contents
    assert not any("Even over nadenken" in words_of_pdf(one) for one in contents if one not in (PDF, redacted))
    send(office, collected, letter)
    assert {ask.decision for ask in asks(collected)} == {"partly"}


def test_a_second_person_sends_it_back_with_words_and_it_is_decided_anew(
    office: Office, collected: SubjectRequest
) -> None:
    actor = office.actor(office.handler)
    decide_note(office, collected, WITHHOLD)
    give_rest(office, collected)
    inspection.finish(actor=actor, subject_request=collected)
    with pytest.raises(Refused, match=r"second\.why"):
        second.decide(actor=office.actor(office.second), ask=leading(collected), granted=False, note=" ")
    second.decide(actor=office.actor(office.second), ask=leading(collected), granted=False, note="Lak liever weg.")
    assert {ask.state for ask in asks(collected)} == {"deciding"}
    assert second.sent_back_with(leading(collected)) == "Lak liever weg."
    (note,) = items(collected, ItemKind.NOTE)
    inspection.decide_own_note(actor=office.actor(office.caseworker), item=note, seen=note.decided_at, choice=GIVE)
    assert inspection.finish(actor=actor, subject_request=collected) == AskState.WRITING


def test_who_decided_on_what_is_withheld_is_no_second_person_after_handing_over(
    office: Office, collected: SubjectRequest
) -> None:
    first = office.actor(office.handler)
    item = items(collected, "version")[0]
    inspection.decide(actor=first, item=item, seen=None, choice=WITHHOLD)
    decide_note(office, collected)
    at = NOW + timedelta(hours=1)
    handling.assign(actor=actor_of(office.second, at=at), subject_request=collected, handler=office.second, today=TODAY)
    other = actor_of(office.second, at=at)
    ids = [one.pk for one in items(collected)]
    inspection.give_all(actor=other, subject_request=collected, items=ids)
    inspection.finish(actor=other, subject_request=collected)
    with pytest.raises(Refused, match="own"):
        second.decide(actor=actor_of(office.handler, at=at), ask=leading(collected), granted=True, note="")


def test_two_windows_the_second_is_told(office: Office, collected: SubjectRequest) -> None:
    actor = office.actor(office.handler)
    item = items(collected, "version")[0]
    inspection.decide(actor=actor, item=item, seen=None, choice=GIVE)
    with pytest.raises(Refused, match="meanwhile"):
        inspection.decide(actor=actor, item=item, seen=None, choice=WITHHOLD)


def test_a_work_note_is_decided_by_its_author_and_by_nobody_else(office: Office, collected: SubjectRequest) -> None:
    (note,) = items(collected, ItemKind.NOTE)
    with pytest.raises(Refused, match="authors_own"):
        inspection.decide(actor=office.actor(office.handler), item=note, seen=None, choice=GIVE)
    with pytest.raises(Refused):
        inspection.decide_own_note(actor=office.actor(office.handler), item=note, seen=None, choice=GIVE)
    give_rest(office, collected)
    note.refresh_from_db()
    assert note.verdict == Verdict.UNDECIDED


def test_the_work_note_of_who_has_left_can_be_given_unread_and_nothing_else(
    office: Office, collected: SubjectRequest
) -> None:
    (note,) = items(collected, ItemKind.NOTE)
    as_actor()
    Staff.objects.filter(pk=office.caseworker.pk).update(is_active=False)
    note = RequestItem.objects.get(pk=note.pk)
    with pytest.raises(Refused, match="authors_own"):
        inspection.decide(actor=office.actor(office.handler), item=note, seen=None, choice=WITHHOLD)
    inspection.decide(actor=office.actor(office.handler), item=note, seen=None, choice=GIVE)
    note.refresh_from_db()
    assert note.verdict == Verdict.GIVE


def test_only_the_handler_acts(office: Office, collected: SubjectRequest) -> None:
    item = items(collected, "version")[0]
    with pytest.raises(Refused, match="not_yours"):
        inspection.decide(actor=office.actor(office.second), item=item, seen=None, choice=GIVE)
    with pytest.raises(Refused):
        inspection.decide(actor=office.actor(office.director), item=item, seen=None, choice=GIVE)
    with pytest.raises(Refused):
        inspection.decide(actor=office.actor(office.caseworker), item=item, seen=None, choice=GIVE)


def test_a_stranger_is_told_that_nothing_is_held(office: Office) -> None:
    register_person(office, "Ander")
    subject_request = take(office, register_request(office))
    show_identity(office, subject_request)
    actor = office.actor(office.handler)
    handling.find_nobody(actor=actor, subject_request=subject_request)
    letter = answer.make(actor=actor, subject_request=subject_request, today=TODAY)
    told = words_of_pdf(letters.pdf(letter))
    assert "Wij hebben geen gegevens over u gevonden" in told
    assert "uw geboortedatum" in told
    send(office, subject_request, letter)
    assert {(ask.state, ask.decision) for ask in asks(subject_request)} == {("answered", "none_held")}


def test_who_is_found_after_all_is_answered_in_full(office: Office) -> None:
    involvement = register_person(office)
    subject_request = take(office, register_request(office))
    show_identity(office, subject_request)
    actor = office.actor(office.handler)
    handling.find_nobody(actor=actor, subject_request=subject_request)
    letter = answer.make(actor=actor, subject_request=subject_request, today=TODAY)
    handling.link(actor=actor, subject_request=subject_request, involvements=[involvement.pk])
    with pytest.raises(Refused):
        send(office, subject_request, letter)
    assert collecting.collect(actor=actor, subject_request=subject_request) > 10


def test_who_only_asks_whether_there_are_data_gets_a_yes(office: Office) -> None:
    involvement = register_person(office)
    subject_request = in_hand(office, [involvement.pk], kinds=(AskKind.CONFIRMATION,))
    assert not items(subject_request)
    actor = office.actor(office.handler)
    letter = answer.make(actor=actor, subject_request=subject_request, today=TODAY)
    assert "Ja, wij hebben gegevens over u" in words_of_pdf(letters.pdf(letter))
    send(office, subject_request, letter)
    assert [ask.decision for ask in asks(subject_request)] == ["given"]


def test_the_whole_is_refused_on_a_ground_that_a_law_carries_and_by_two(
    office: Office, collected: SubjectRequest
) -> None:
    actor = office.actor(office.handler)
    facts = {"reasons": "Dit is de veertiende keer.", "necessity": "Minder kan niet."}
    with pytest.raises(Refused, match=r"refusal\.ground"):
        refusal.refuse(actor=actor, subject_request=collected, ground="11.1.b", carrier="AVG 15.4", **facts)
    refusal.refuse(actor=actor, subject_request=collected, ground="avg.12.5", carrier="AVG 12.5", **facts)
    second.decide(actor=office.actor(office.director), ask=leading(collected), granted=True, note="")
    letter = answer.make(actor=actor, subject_request=collected, today=TODAY)
    told = words_of_pdf(letters.pdf(letter))
    assert "Dit is de veertiende keer." in told
    assert "U kunt de rechtbank" in told
    send(office, collected, letter)
    assert {ask.decision for ask in asks(collected)} == {"refused"}


def test_a_request_spans_the_dossiers_of_several_principals_each_under_its_own_key(office: Office) -> None:
    """Art. 18: two packages, and in neither anything of the other."""
    one = register_person(office, email="uwv-kanarie@voorbeeld.nl")
    other = register_person(
        office,
        principal=make_principal("Gemeente Rotterdam", "municipality"),
        reference="GR-1",
        email="gemeente-kanarie@voorbeeld.nl",
    )
    stranger = register_person(office, "Derde", reference="UWV-3", email="derde-kanarie@voorbeeld.nl")
    subject_request = in_hand(office, [one.pk, other.pk])
    give_rest(office, subject_request)
    actor = office.actor(office.handler)
    inspection.finish(actor=actor, subject_request=subject_request)
    answer.make(actor=actor, subject_request=subject_request, today=TODAY)
    told = {}
    for part in AnswerPart.objects.select_related("part__dossier", "stored_file"):
        assert part.stored_file.key_owner == part.part.dossier_id
        archive = zipfile.ZipFile(io.BytesIO(files.read_bytes(part.stored_file)))
        told[part.part.dossier.involvement_id] = words_of_pdf(archive.read("overzicht.pdf"))
    assert set(told) == {one.pk, other.pk}
    assert "uwv-kanarie" in told[one.pk]
    assert "gemeente-kanarie" not in told[one.pk]
    assert "gemeente-kanarie" in told[other.pk]
    assert not any("derde-kanarie" in words for words in told.values())
    assert Registration.objects.get(pk=stranger.pk).email == "derde-kanarie@voorbeeld.nl"


def test_what_is_withheld_is_not_said_not_to_be_there(office: Office) -> None:
    involvement = register_person(office)
    subject_request = in_hand(office, [involvement.pk])
    actor = office.actor(office.handler)
    for item in items(subject_request):
        inspection.decide(actor=actor, item=item, seen=None, choice=WITHHOLD)
    inspection.finish(actor=actor, subject_request=subject_request)
    second.decide(actor=office.actor(office.second), ask=leading(subject_request), granted=True, note="")
    letter = answer.make(actor=actor, subject_request=subject_request, today=TODAY)
    overview = words_of_pdf(package(subject_request).read("overzicht.pdf"))
    assert "Niemand heeft uw gegevens bekeken" not in overview
    assert "Wij hebben geen gegevens over u" not in overview
    assert "s.moulin" not in overview
    assert overview.count("Een deel hiervan geven wij niet") == 2
    assert "Wij konden geen enkel onderdeel helemaal geven" in words_of_pdf(letters.pdf(letter))
