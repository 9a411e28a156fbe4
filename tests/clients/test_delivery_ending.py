"""Art. 5.1, 6.1: what a delivery was ends: its key, its file, its rows; what was applied stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from clients.delivery.ending import deliveries_of, drop, end_raw_file
from clients.jobs import DELIVERY_END, end_deliveries
from clients.models import Delivery, Involvement, Registration, StagedRow
from tests.clients.deliveries import deliver, deliver_and_apply, done, file_of, intake, make_principal
from tests.people import NOW, TODAY
from werkcontact.access import Actor
from werkcontact.jobs import checkpoints
from werkcontact.refused import Refused
from werkcontact.vault.keys.kinds import KeyKind
from werkcontact.vault.keys.models import DataKey
from werkcontact.vault.models import StoredFile

pytestmark = pytest.mark.django_db(transaction=True)
PLACES = ("delivery.dropped", "delivery.key_shredded", "delivery.file_erased", "delivery.ended")


@pytest.fixture(autouse=True)
def no_hook() -> Iterator[None]:
    yield
    checkpoints.hook = None


def job(days: int) -> Actor:
    return Actor.system("delivery_end", at=NOW + timedelta(days=days))


def files() -> list[Path]:
    return list(Path(settings.VAULT_DIR).glob("[0-9a-f][0-9a-f]/*"))


def is_gone(delivery: Delivery) -> bool:
    delivery.refresh_from_db()
    key = DataKey.objects.filter(kind=KeyKind.DELIVERY, owner=delivery.pk)
    left = [
        key.exists(),
        StagedRow.objects.filter(delivery=delivery).exists(),
        bool(delivery.file_id),
        delivery.understood,
    ]
    return not any(left) and delivery.ended_on is not None


def test_thirty_days_after_applying_file_rows_and_key_are_gone() -> None:
    before = len(files())
    delivery = deliver_and_apply(intake(), make_principal(), file_of({}))
    assert len(files()) == before + 1
    assert dict(end_deliveries(job(29), TODAY + timedelta(days=29))) == {"deliveries": 0}
    assert dict(end_deliveries(job(30), TODAY + timedelta(days=30))) == {"deliveries": 1}
    assert is_gone(delivery)
    assert (len(files()), StoredFile.objects.count()) == (before, 0)
    assert done(delivery) == {"new": 1}
    assert Registration.objects.count() == 1


def test_what_nobody_applies_is_gone_after_thirty_days() -> None:
    delivery = deliver(intake(), make_principal(), file_of({}))
    end_deliveries(job(30), TODAY + timedelta(days=30))
    assert is_gone(delivery)
    assert delivery.state == Delivery.State.DROPPED


def test_a_dropped_delivery_is_ended_by_the_job_and_dropped_once() -> None:
    actor = intake()
    delivery = deliver(actor, make_principal(), file_of({}))
    assert not DELIVERY_END.due(NOW)
    drop(actor=actor, delivery=delivery)
    with pytest.raises(Refused):
        drop(actor=actor, delivery=delivery)
    assert DELIVERY_END.due(NOW)
    end_deliveries(job(0), TODAY)
    assert is_gone(delivery)
    assert not DELIVERY_END.due(NOW)


@pytest.mark.parametrize("place", PLACES)
def test_an_end_that_is_cut_off_is_ended_by_the_job(place: str) -> None:
    class Cut(Exception):  # noqa: N818
        pass

    def hook(name: str) -> None:
        if name == place:
            raise Cut

    actor = intake()
    delivery = deliver(actor, make_principal(), file_of({}))
    checkpoints.hook = hook
    with pytest.raises(Cut):
        end_deliveries(job(30), TODAY + timedelta(days=30))
    checkpoints.hook = None
    end_deliveries(job(30), TODAY + timedelta(days=30))
    assert is_gone(delivery)


def test_the_file_alone_ends_at_the_first_closure_of_anyone_in_it() -> None:
    delivery = deliver_and_apply(intake(), make_principal(), file_of({}))
    found = deliveries_of(Involvement.objects.values_list("pk", flat=True))
    assert found == {delivery.pk}
    with transaction.atomic():
        assert end_raw_file(found) == 1
        assert end_raw_file(found) == 0
    delivery.refresh_from_db()
    assert delivery.file_id is None
    assert StagedRow.objects.filter(delivery=delivery).exists()


def test_nothing_of_a_person_lies_readable_in_file_or_rows() -> None:
    deliver(intake(), make_principal(), file_of({"Geslachtsnaam": "Kanariepiet"}))
    row = StagedRow.objects.get()
    assert b"Kanariepiet" not in bytes(row.cipher)
    assert not any(b"Kanariepiet" in path.read_bytes() for path in files())
