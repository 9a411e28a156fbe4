"""Art. 4 and 5.1: what a principal hands over is registered, complete, sealed where it must be, and with its source."""

from __future__ import annotations

import pytest

from clients.models import Client, Involvement, Notice, Registration, StagedRow
from clients.registered import bsns_of
from dossiers.models import Dossier
from tests.clients.deliveries import deliver, deliver_and_apply, done, file_of, intake, make_principal
from tests.people import TODAY

pytestmark = pytest.mark.django_db(transaction=True)


def test_nothing_is_registered_before_somebody_applies() -> None:
    deliver(intake(), make_principal(), "aanlevering-uwv.csv")
    assert not Client.objects.exists()


def test_a_wrong_row_keeps_no_good_row_out() -> None:
    delivery = deliver_and_apply(intake(), make_principal(), file_of({"BSN": "123456789"}, {"Referentie": "T-2"}))
    assert done(delivery) == {"new": 1, "rejected": 1}


def test_somebody_new_gets_a_registration_a_dossier_and_a_notice_within_four_weeks() -> None:
    delivery = deliver_and_apply(intake(), make_principal(), file_of({}))
    involvement = Involvement.objects.get()
    assert (involvement.opened_on, involvement.registration.registered_on) == (TODAY, TODAY)
    assert Dossier.objects.get().involvement_id == involvement.pk
    notice = Notice.objects.get()
    assert (notice.due_on.isoformat(), notice.work_by_on.isoformat()) == ("2026-12-22", "2026-12-22")
    sources = involvement.registration.sources
    assert sources["surname"] == {"kind": "delivery", "on": "2026-11-24", "id": str(delivery.pk)}
    assert "partner_surname" not in sources


def test_no_field_is_kept_that_no_layout_names() -> None:
    data = b"\n".join(
        line + (b";Religie" if n == 0 else b";kanarie-geloof") for n, line in enumerate(file_of({}).split(b"\n"))
    )
    delivery = deliver_and_apply(intake(), make_principal(), data)
    assert delivery.understood["unknown"] == ["Religie"]
    from clients.delivery.staging import read_rows

    assert "kanarie-geloof" not in str(read_rows(delivery.pk))
    assert done(delivery) == {"new": 1}


def test_the_bsn_lies_sealed_and_only_with_a_statutory_ground() -> None:
    actor = intake()
    deliver_and_apply(actor, make_principal(), file_of({}))
    registration = Registration.objects.get()
    assert bsns_of([(registration.pk, registration.bsn_cipher)]) == {registration.pk: "999993653"}
    assert b"999993653" not in bytes(registration.bsn_cipher or b"")
    without = make_principal("Zonder grond", basis="")
    delivery = deliver_and_apply(actor, without, file_of({"BSN": "123456789"}))
    assert done(delivery) == {"new": 1}
    assert delivery.understood["bsn_left"] is True
    kept = Registration.objects.get(involvement__principal=without)
    assert (kept.bsn_cipher, kept.bsn_index, "bsn" in kept.sources) == (None, None, False)
    assert StagedRow.objects.filter(delivery=delivery).count() == 1


def test_a_secret_address_without_a_code_is_kept_as_the_widest_with_what_was_said() -> None:
    deliver_and_apply(intake(), make_principal(layout="Gemeente"), "aanlevering-gemeente.xlsx")
    secret = Registration.objects.filter(secrecy=7)
    assert secret.exists()
    assert {one.sources["secrecy"]["said"] for one in secret} == {"Geheim adres: ja"}
