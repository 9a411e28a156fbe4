"""Art. 4, 14, 18: one place writes a client's fields, each with its source, and never over a correction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import pytest

from clients.models import Client, Involvement, Principal, Registration
from clients.registered import bsns_of
from clients.registration import Change, Source, write
from tests.clients.deliveries import deliver_and_apply, done, file_of, intake, make_principal
from tests.people import NOW, TODAY, actor_of, make_staff
from werkcontact.access import Actor, act, grants
from werkcontact.access.grants import NewGrant
from werkcontact.ids import uuid7

pytestmark = pytest.mark.django_db(transaction=True)
STAFF = Source("staff", TODAY)
REQUEST = UUID("01980000-0000-7000-8000-000000000001")
CORRECTION = Source("correction", TODAY, REQUEST)


@pytest.fixture
def actor() -> Actor:
    return intake()


@pytest.fixture
def principal() -> Principal:
    return make_principal()


def written(actor: Actor, changes: Sequence[Change], source: Source = STAFF) -> dict[UUID, frozenset[str]]:
    """Write inside an act that intake may do."""
    with act(actor, "delivery.apply"):
        return write(changes, source=source)


def test_a_field_is_written_with_its_source_and_an_equal_value_is_no_change(actor: Actor, principal: Principal) -> None:
    deliver_and_apply(actor, principal, file_of({}))
    pk = Involvement.objects.get().pk
    values = {"city": "Delft", "street": "Boterdiep", "telephone": "010 123 45 67", "gender": None}
    assert written(actor, [Change(pk, values)]) == {pk: {"city", "telephone"}}
    registration = Registration.objects.get()
    assert (registration.city, registration.gender) == ("Delft", "V")
    assert registration.sources["city"] == {"kind": "staff", "on": "2026-11-24"}
    assert registration.sources["street"]["kind"] == "delivery"
    assert written(actor, [Change(pk, values)]) == {}
    assert registration.history.count() == 2


def test_a_correction_stands_against_deliveries_and_staff_and_gives_way_to_a_correction(
    actor: Actor, principal: Principal
) -> None:
    deliver_and_apply(actor, principal, file_of({}))
    pk = Involvement.objects.get().pk
    corrected = {"surname": "Molen", "birth": "02-12-1985", "bsn": "999990019"}
    assert written(actor, [Change(pk, corrected)], CORRECTION) == {pk: set(corrected)}
    again = deliver_and_apply(actor, principal, file_of({}))
    assert done(again) == {"known": 1}
    assert again.counts["beside_correction"] == [2]
    assert written(actor, [Change(pk, {"surname": "Zon", "city": "Delft"})]) == {pk: {"city"}}
    registration, client = Registration.objects.get(), Client.objects.get()
    assert (registration.surname, client.surname, client.birth_day) == ("Molen", "Molen", 2)
    assert bsns_of([(pk, registration.bsn_cipher)]) == {pk: "999990019"}
    assert registration.sources["surname"] == {"kind": "correction", "on": "2026-11-24", "id": str(REQUEST)}
    written(actor, [Change(pk, {"surname": "Zon"})], CORRECTION)
    assert Client.objects.get().sort_name == "zon, suzanne van"


def test_a_correction_of_a_trajectory_holds_for_that_one(actor: Actor, principal: Principal) -> None:
    deliver_and_apply(actor, principal, file_of({}))
    deliver_and_apply(actor, principal, file_of({"Referentie": "T-2"}))
    first, second = Involvement.objects.get().trajectories.order_by("reference")
    change = Change(first.involvement_id, {"starts_on": "2026-10-15"}, first.pk)
    written(actor, [change], CORRECTION)
    both = file_of({"Startdatum": "01-11-2026"})
    assert done(deliver_and_apply(actor, principal, both)) == {"known": 1}
    both = file_of({"Referentie": "T-2", "Startdatum": "01-11-2026"})
    assert done(deliver_and_apply(actor, principal, both)) == {"changed": 1}
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.starts_on, second.starts_on) == (date(2026, 10, 15), date(2026, 11, 1))


def test_no_change_puts_an_end_before_a_corrected_start(actor: Actor, principal: Principal) -> None:
    deliver_and_apply(actor, principal, file_of({}))
    trajectory = Involvement.objects.get().trajectories.get()
    change = Change(trajectory.involvement_id, {"starts_on": "2026-12-01"}, trajectory.pk)
    written(actor, [change], CORRECTION)
    delivery = deliver_and_apply(actor, principal, file_of({"Einddatum": "01-11-2026"}))
    assert done(delivery) == {"rejected": 1}


def test_a_person_of_two_principals_keeps_what_was_corrected_through_the_other(
    actor: Actor, principal: Principal
) -> None:
    other = make_principal("Gemeente Delft", "Werkgever")
    deliver_and_apply(actor, principal, file_of({}))
    deliver_and_apply(actor, other, file_of({"Referentie": "G-1"}))
    mine, theirs = Involvement.objects.get(principal=principal), Involvement.objects.get(principal=other)
    theirs.client = mine.client  # appointed staff said that they are one person
    theirs.save(update_fields=["client"])
    written(actor, [Change(theirs.pk, {"surname": "Molen"})], CORRECTION)
    written(actor, [Change(mine.pk, {"surname": "Zon", "first_names": "Suus"})])
    client = Client.objects.get(involvements=mine)
    assert (client.surname, client.first_names) == ("Molen", "Suus")
    assert Registration.objects.get(pk=mine.pk).surname == "Zon"


def test_a_new_name_reaches_the_lists_of_whoever_guides(actor: Actor, principal: Principal) -> None:
    deliver_and_apply(actor, principal, file_of({}))
    pk, guide = Involvement.objects.get().pk, make_staff("caseworker")
    grants.give([NewGrant(guide.pk, pk, "assigned", uuid7(), NOW, None, "moulin, suzanne van", "moulin")])
    written(actor, [Change(pk, {"surname": "Molen"})])
    grant = Involvement.objects.get().grants.get()
    assert grant.sort_name == "molen, suzanne van"
    assert "vanmolen" in grant.search_name
    assert actor_of(guide)


def test_what_has_ended_is_left_alone(actor: Actor, principal: Principal) -> None:
    deliver_and_apply(actor, principal, file_of({}))
    Involvement.objects.update(ended_on=TODAY)
    assert (
        written(actor, [Change(Involvement.objects.get().pk, {"city": "Delft"}), Change(uuid7(), {"city": "X"})]) == {}
    )
