"""Art. 18: what a principal delivered serves its own commissions; another's delivery changes nothing of it."""

from __future__ import annotations

import pytest

from clients.models import Client, Involvement, Registration, UsedReference
from dossiers.models import Dossier
from tests.clients.deliveries import deliver_and_apply, done, everything, file_of, intake, make_principal

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_employer_who_repeats_uwvs_people_gets_involvements_of_its_own() -> None:
    actor, uwv, employer = intake(), make_principal(), make_principal("Werkgever BV", "Werkgever")
    deliver_and_apply(actor, uwv, "aanlevering-uwv.csv")
    before = everything(uwv)
    assert done(deliver_and_apply(actor, employer, "aanlevering-cp1252.csv")) == {"new": 60}
    assert everything(uwv) == before
    assert Involvement.objects.filter(principal=employer).count() == 60
    assert Client.objects.count() == Dossier.objects.count() == 277 + 60
    shared = set(Client.objects.filter(involvements__principal=uwv).values_list("pk", flat=True))
    assert not shared & set(Client.objects.filter(involvements__principal=employer).values_list("pk", flat=True))


def test_the_same_bsn_cannot_be_connected_over_principals() -> None:
    actor, uwv, employer = intake(), make_principal(), make_principal("Werkgever BV", "Werkgever")
    for principal in (uwv, employer):
        deliver_and_apply(actor, principal, file_of({}))
    first, second = Registration.objects.values_list("bsn_index", flat=True)
    assert bytes(first or b"") != bytes(second or b"")
    first_used, second_used = UsedReference.objects.values_list("reference_index", flat=True)
    assert bytes(first_used) != bytes(second_used)


def test_a_change_by_one_principal_never_shows_with_another() -> None:
    actor, uwv, employer = intake(), make_principal(), make_principal("Werkgever BV", "Werkgever")
    for principal in (uwv, employer):
        deliver_and_apply(actor, principal, file_of({}))
    before = everything(uwv)
    moved = file_of({"Straat": "Elders", "Geslachtsnaam": "Anders", "E-mail": "nieuw@example.nl"})
    assert done(deliver_and_apply(actor, employer, moved)) == {"changed": 1}
    assert everything(uwv) == before


def test_somebody_alike_with_another_principal_makes_no_row_doubtful() -> None:
    actor, uwv, employer = intake(), make_principal(), make_principal("Werkgever BV", "Werkgever")
    deliver_and_apply(actor, uwv, file_of({}))
    delivery = deliver_and_apply(actor, employer, file_of({"Referentie": "E-1", "BSN": "999990019"}))
    assert done(delivery) == {"new": 1}
