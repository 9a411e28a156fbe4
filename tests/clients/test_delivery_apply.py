"""Art. 4, 5.1: deliveries come in, are looked at, applied in the background, and applied once."""

from __future__ import annotations

import pytest

from clients.models import Client, Involvement, Notice, Registration, StagedRow, Trajectory, UsedReference
from dossiers.models import Dossier
from tests.clients.deliveries import deliver, deliver_and_apply, done, intake, make_principal, verdicts

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("name", "layout", "expected"),
    [
        ("aanlevering-uwv.csv", "UWV", {"new": 277, "wrong": 1}),
        ("aanlevering-gemeente.xlsx", "Gemeente", {"new": 139}),
        ("aanlevering-cp1252.csv", "Werkgever", {"new": 60}),
        ("aanlevering-fout.csv", "UWV", {"new": 24, "wrong": 16}),
    ],
)
def test_a_sample_comes_out_as_counted_by_hand(name: str, layout: str, expected: dict[str, int]) -> None:
    delivery = deliver_and_apply(intake(), make_principal(layout=layout), name)
    assert verdicts(delivery) == expected
    assert done(delivery) == {"new": expected["new"]} | ({"rejected": expected["wrong"]} if "wrong" in expected else {})
    for model in (Client, Involvement, Registration, Trajectory, UsedReference, Notice, Dossier):
        assert model.objects.count() == expected["new"], model
    assert StagedRow.objects.filter(done=False).count() == 0
