"""Art. 13.2, AVG 15.1: nothing that the registry declares about a client escapes the overview."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import models

from clients.models import Registration
from requests_app import held_fields
from requests_app.flow import linked_parts
from requests_app.held_fields import OTHERWISE, WALKED, names_in
from requests_app.holdings import held
from requests_app.models import SubjectRequest
from tests.people import as_actor
from tests.requests_app.making import Office, fill_dossier, in_hand, register_person
from werkcontact.personal_data.registry import declarations

OF_A_CLIENT = {"clients.client", "clients.involvement", "dossiers.dossier"}


def _owner(label: str, path: str) -> str:
    at: type[models.Model] = apps.get_model(label)
    for step in path.split("__") if path else ():
        related = at._meta.get_field(step).related_model
        if related is None or isinstance(related, str):
            return ""  # a soft reference: the vault's rows, which hang on what is walked
        at = related
    return at._meta.label_lower


def test_every_model_about_a_client_is_shown_somewhere() -> None:
    about = {
        label
        for label, declaration in declarations().items()
        if declaration.owner is not None and _owner(label, declaration.owner) in OF_A_CLIENT
    }
    assert about == set(WALKED) | set(OTHERWISE)
    assert not set(WALKED) & set(OTHERWISE)


def test_every_field_that_is_shown_exists_and_has_a_name() -> None:
    for path in held_fields.paths():
        label, _dot, name = path.rpartition(".")
        assert apps.get_model(label)._meta.get_field(name)
    assert "bsn_cipher" in names_in("clients.registration")
    assert "sort_name" not in names_in("clients.client")


def test_a_datum_is_shown_once_with_whom_it_came_from(office: Office) -> None:
    involvement = register_person(office)
    subject_request = in_hand(office, [involvement.pk])
    things = held(linked_parts(subject_request), reveal=True)
    surname = [thing for thing in things if thing.path.endswith(".surname")]
    assert [(thing.value, thing.source) for thing in surname] == [("Moulin", "UWV, 27-10-2026")]
    bsn = next(thing for thing in things if thing.path.endswith("bsn_cipher"))
    assert bsn.value == "999993653"
    hidden = held(linked_parts(subject_request))
    assert "999993653" not in " ".join(thing.value for thing in hidden)


@pytest.mark.parametrize("code", [0, 1, 7])
def test_a_secret_address_stands_in_the_overview_and_not_beside_its_decisions(office: Office, code: int) -> None:
    involvement = register_person(office)
    as_actor()
    Registration.objects.filter(pk=involvement.pk).update(secrecy=code, street="Boterdiep", city="Zoutkamp")
    parts = linked_parts(in_hand(office, [involvement.pk]))
    shown = " ".join(thing.value for thing in held(parts))
    assert [street in shown for street in ("Boterdiep", "Zoutkamp")] == [not code] * 2
    assert "Boterdiep" in " ".join(thing.value for thing in held(parts, reveal=True))


def test_a_number_of_queries_that_does_not_grow(office: Office) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    involvement = register_person(office)
    subject_request = in_hand(office, [involvement.pk])
    fill_dossier(office, involvement)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            held(linked_parts(subject_request))
        return len(captured)

    queries()  # what Django asks only once
    few = queries()
    for _number in range(4):
        fill_dossier(office, involvement)
    assert queries() == few
    assert few <= 25


def test_what_a_field_said_before_it_was_changed_is_held_too(office: Office) -> None:
    from clients.models import Registration
    from werkcontact.access import act

    involvement = register_person(office)
    subject_request = in_hand(office, [involvement.pk])
    with act(office.actor(office.intake), "registration.edit", involvement):
        Registration.objects.filter(pk=involvement.pk).update(street="Coolsingel", gender="M")
    parts = linked_parts(subject_request)
    before = {thing.path: thing.value for thing in held(parts) if thing.path.endswith(".earlier")}
    assert before["clients.registration.street.earlier"].startswith("Boterdiep (tot ")
    assert before["clients.registration.gender.earlier"].startswith("vrouw (tot ")
    assert not any("city" in path for path in before)


def test_an_earlier_bsn_stands_in_the_overview_only_and_only_when_it_changed(office: Office) -> None:
    from clients.models import Registration
    from clients.registered import bsn_context
    from werkcontact.access import act
    from werkcontact.vault import keys, small
    from werkcontact.vault.keys import KeyKind

    involvement = register_person(office)
    subject_request = in_hand(office, [involvement.pk])
    parts = linked_parts(subject_request)
    key = keys.get(KeyKind.INVOLVEMENT, involvement.pk)

    def seal(bsn: str, index: bytes) -> None:
        with act(office.actor(office.intake), "registration.edit", involvement):
            sealed = small.seal(key, bsn, bsn_context(involvement.pk))
            Registration.objects.filter(pk=involvement.pk).update(bsn_cipher=sealed, bsn_index=index)

    def earlier(*, reveal: bool) -> list[str]:
        return [thing.value for thing in held(parts, reveal=reveal) if thing.path.endswith("bsn_cipher.earlier")]

    row = Registration.objects.get(pk=involvement.pk)
    seal("999993653", bytes(row.bsn_index or b""))
    assert earlier(reveal=True) == []
    seal("999990421", b"another")
    assert earlier(reveal=True)[0].startswith("999993653 (tot ")
    assert "999993653" not in earlier(reveal=False)[0]


def test_every_document_says_from_whom_it_came_and_why_it_is_kept(office: Office) -> None:
    involvement = register_person(office)
    dossier = fill_dossier(office, involvement)
    things = held(linked_parts(in_hand(office, [involvement.pk])))
    documents = [thing for thing in things if thing.version is not None]
    assert len(documents) == dossier.documents.count()
    assert all(thing.source and thing.why for thing in documents)


def test_that_somebody_asked_before_is_held_too_and_a_later_request_does_not_hold_up_this_one(office: Office) -> None:
    involvement = register_person(office)
    first = in_hand(office, [involvement.pk])
    office.at += timedelta(hours=1)
    other = in_hand(office, [involvement.pk])

    def numbers(made: SubjectRequest) -> list[str]:
        path = "requests_app.subjectrequest.number"
        return [thing.title for thing in held(linked_parts(made)) if thing.path == path]

    assert numbers(first) == [f"verzoek {first.number}"]
    assert numbers(other) == [f"verzoek {first.number}", f"verzoek {other.number}"]
