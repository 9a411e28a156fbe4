"""Art. 4, 5.1: deliveries come in, are looked at, applied in the background, and applied once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clients.delivery import map as layouts
from clients.delivery import staging
from clients.delivery.apply import apply_delivery, ask_to_apply
from clients.delivery.mend import decide, mend
from clients.jobs import apply_deliveries
from clients.models import (
    Client,
    Delivery,
    DeliveryLayout,
    Involvement,
    Notice,
    Principal,
    Registration,
    StagedRow,
    Trajectory,
    UsedReference,
)
from dossiers.models import Dossier
from tests.clients.deliveries import (
    apply,
    deliver,
    deliver_and_apply,
    done,
    everything,
    file_of,
    intake,
    make_principal,
    verdicts,
)
from tests.people import NOW, TODAY, as_actor
from werkcontact.access import Actor
from werkcontact.access.models import AccessLog
from werkcontact.jobs import checkpoints
from werkcontact.refused import Refused
from werkcontact.vault.keys.models import DataKey

pytestmark = pytest.mark.django_db(transaction=True)
JOB = Actor.system("delivery_apply", at=NOW)
ONE, TWO = {"Referentie": "T-1", "BSN": "999993653"}, {"Referentie": "T-2", "BSN": "999990019", "Geslachtsnaam": "Zon"}


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("clients.delivery.apply.CHUNK", 5)
    monkeypatch.setattr(staging, "CHUNK", 7)
    yield
    checkpoints.hook = None


def histories() -> dict[str, int]:
    return {model.__name__: model.history.count() for model in (Client, Registration, Trajectory, Notice)}


@pytest.mark.parametrize(
    ("name", "layout", "expected"),
    [
        ("aanlevering-uwv.csv", "UWV", {"new": 277, "wrong": 1}),
        ("aanlevering-gemeente.xlsx", "Gemeente", {"new": 139}),
        ("aanlevering-cp1252.csv", "Werkgever", {"new": 60}),
        ("aanlevering-fout.csv", "UWV", {"new": 24, "wrong": 16}),
    ],
)
def test_a_sample_comes_out_as_counted_by_hand_and_again_changes_nothing(
    name: str, layout: str, expected: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clients.delivery.apply.CHUNK", 100)
    actor, principal = intake(), make_principal(layout=layout)
    delivery = deliver_and_apply(actor, principal, name)
    assert verdicts(delivery) == expected
    wrong = {"rejected": expected["wrong"]} if "wrong" in expected else {}
    assert done(delivery) == {"new": expected["new"]} | wrong
    for model in (Client, Involvement, Registration, Trajectory, UsedReference, Notice, Dossier):
        assert model.objects.count() == expected["new"], model
    assert not StagedRow.objects.filter(done=False).exists()
    before, written = everything(principal), histories()
    again = deliver_and_apply(actor, principal, name)
    assert done(again) == {"known": expected["new"]} | wrong
    assert everything(principal) == before
    assert histories() == written == dict.fromkeys(written, expected["new"])


def test_a_changed_row_changes_only_what_changed() -> None:
    actor, principal = intake(), make_principal()
    deliver_and_apply(actor, principal, file_of(ONE, TWO))
    delivery = deliver_and_apply(actor, principal, file_of({**ONE, "Huisnummer": "33", "Einddatum": "01-05-2027"}, TWO))
    assert done(delivery) == {"changed": 1, "known": 1}
    registration = Registration.objects.get(involvement__trajectories__reference="T-1")
    newest, oldest = registration.history.all()
    assert [change.field for change in newest.diff_against(oldest).changes] == ["house_number", "sources"]
    assert registration.sources["house_number"]["id"] == str(delivery.pk)
    trajectory = registration.involvement.trajectories.get()
    newest, oldest = trajectory.history.all()
    assert [change.field for change in newest.diff_against(oldest).changes] == ["planned_end"]
    assert histories() == {"Client": 2, "Registration": 3, "Trajectory": 3, "Notice": 2}


def test_a_changed_name_reaches_the_client_and_the_lists() -> None:
    actor, principal = intake(), make_principal()
    deliver_and_apply(actor, principal, file_of(ONE))
    deliver_and_apply(actor, principal, file_of({**ONE, "Geslachtsnaam": "Molen", "Geboortedatum": "00-12-1985"}))
    client = Client.objects.get()
    assert (client.surname, client.birth_day, client.sort_name) == ("Molen", None, "molen, suzanne van")
    assert "vanmolen" in client.search_name


def test_a_new_reference_with_a_known_bsn_is_a_further_trajectory() -> None:
    actor, principal = intake(), make_principal()
    deliver_and_apply(actor, principal, file_of(ONE))
    data = file_of({**ONE, "Referentie": "T-9", "Trajectsoort": "Modulair", "Woonplaats": "Delft"})
    delivery = deliver_and_apply(actor, principal, data)
    assert done(delivery) == {"changed": 1}
    involvement = Involvement.objects.get()
    assert sorted(involvement.trajectories.values_list("reference", "service__name")) == [
        ("T-1", "Werkfit maken"),
        ("T-9", "Modulair"),
    ]
    assert (Registration.objects.get().city, UsedReference.objects.count(), Notice.objects.count()) == ("Delft", 2, 1)
    assert done(deliver_and_apply(actor, principal, data)) == {"known": 1}


def test_a_bsn_that_belongs_to_somebody_else_mixes_up_nobody() -> None:
    actor, principal = intake(), make_principal()
    deliver_and_apply(actor, principal, file_of(ONE, TWO))
    before = everything(principal)
    stranger = {**ONE, "Referentie": "T-9", "Geslachtsnaam": "Vreemd", "Geboortedatum": "02-02-1990"}
    delivery = deliver_and_apply(
        actor, principal, file_of({**TWO, "BSN": "999993653"}, {**stranger, "BSN": "999990019"})
    )
    assert done(delivery) == {"rejected": 2}
    assert everything(principal) == before


def test_a_doubtful_row_waits_for_somebody_who_decides() -> None:
    actor, principal = intake(), make_principal()
    deliver_and_apply(actor, principal, file_of(ONE))
    alike = [{**ONE, "Referentie": f"T-{n}", "BSN": bsn} for n, bsn in ((7, "999990019"), (8, ""), (9, "123456782"))]
    delivery = deliver(actor, make_other_layout(principal), file_of(*alike))
    assert verdicts(delivery) == {"doubtful": 3}
    decide(actor=actor, delivery=delivery, number=2, choice=StagedRow.Choice.OTHER)
    decide(actor=actor, delivery=delivery, number=3, choice=StagedRow.Choice.SKIP, why="navraag")
    assert done(apply(actor, delivery)) == {"new": 1, "left_out": 1, "rejected": 1}
    assert sorted(Trajectory.objects.values_list("reference", flat=True)) == ["T-1", "T-7"]


def make_other_layout(principal: Principal) -> Principal:
    """Let this principal leave the BSN out."""
    as_actor()
    principal.layout = DeliveryLayout.objects.get(name="Werkgever")
    principal.save(update_fields=["layout"])
    return principal


def test_two_alike_in_one_file_are_two_people_also_over_chunks(small_chunks: None) -> None:
    many = [{**ONE, "Referentie": f"T-{n}", "BSN": ""} for n in range(12)]
    delivery = deliver_and_apply(intake(), make_principal(layout="Werkgever"), file_of(*many))
    assert done(delivery) == {"new": 12}


def test_a_verdict_is_found_anew_when_it_is_applied() -> None:
    actor, principal = intake(), make_principal()
    first, second = (deliver(actor, principal, file_of(ONE, TWO)) for _ in range(2))
    assert verdicts(second) == {"new": 2}
    apply(actor, first)
    assert done(apply(actor, second)) == {"known": 2}
    assert Involvement.objects.count() == 2


def test_a_reference_of_a_closed_involvement_cannot_be_used_again() -> None:
    actor, principal = intake(), make_principal()
    deliver_and_apply(actor, principal, file_of(ONE))
    as_actor()
    Trajectory.objects.all().delete()
    Involvement.objects.update(ended_on=TODAY)
    delivery = deliver(actor, principal, file_of(ONE, {**ONE, "Referentie": "T-5", "BSN": "999990019"}))
    assert verdicts(delivery) == {"wrong": 1, "new": 1}
    assert staging.read_rows(delivery.pk)[0].errors[0].code == "reference_used"


def test_a_mended_row_frees_the_one_that_shared_its_bsn() -> None:
    actor, principal = intake(), make_principal()
    delivery = deliver(actor, principal, file_of(ONE, {**TWO, "BSN": ONE["BSN"]}))
    assert verdicts(delivery) == {"wrong": 2}
    after = mend(actor=actor, delivery=delivery, number=3, cells={"BSN": "999990019"}, today=TODAY)
    assert verdicts(after) == {"new": 2}


def test_leaving_one_of_two_out_frees_the_other() -> None:
    actor, principal = intake(), make_principal()
    delivery = deliver(actor, principal, file_of(ONE, {**TWO, "BSN": ONE["BSN"]}))
    after = decide(actor=actor, delivery=delivery, number=3, choice=StagedRow.Choice.SKIP)
    assert after.counts["to_apply"] == 1
    assert done(apply(actor, delivery)) == {"new": 1, "left_out": 1}


@pytest.mark.parametrize("cell", ["\x00", "=1+1", "x" * 6000, "regel\x85twee", "\u202egnal"])
def test_no_hostile_cell_breaks_a_delivery_or_its_mending(cell: str) -> None:
    actor, principal = intake(), make_principal()
    delivery = deliver(actor, principal, file_of(ONE, {**TWO, "Woonplaats": cell}))
    assert verdicts(delivery) == {"new": 1, "wrong": 1}
    after = mend(actor=actor, delivery=delivery, number=2, cells={"Geslachtsnaam": cell}, today=TODAY)
    assert verdicts(after) == {"wrong": 2}
    after = mend(actor=actor, delivery=delivery, number=2, cells={"Geslachtsnaam": "Åström\\N"}, today=TODAY)
    assert done(apply(actor, after)) == {"new": 1, "rejected": 1}
    assert Client.objects.get().surname == "Åström\\N"


def test_two_people_apply_it_once() -> None:
    actor, other, principal = intake(), intake(), make_principal()
    delivery = deliver(actor, principal, file_of(ONE))
    ask_to_apply(actor=actor, delivery=delivery)
    with pytest.raises(Refused, match=r"mend\.no_longer"):
        ask_to_apply(actor=other, delivery=delivery)
    with pytest.raises(Refused, match=r"mend\.no_longer"):
        decide(actor=other, delivery=delivery, number=2, choice=StagedRow.Choice.SKIP)
    with pytest.raises(Refused, match=r"mend\.no_longer"):
        mend(actor=other, delivery=delivery, number=2, cells={}, today=TODAY)


class Cut(Exception):  # noqa: N818
    """Stands for the process that ends here."""


def test_work_that_is_cut_off_anywhere_ends_the_same(small_chunks: None) -> None:
    actor, whole, cut = intake(), make_principal("heel"), make_principal("afgebroken")
    first = deliver(actor, whole, "aanlevering-fout.csv")
    passed: list[str] = []
    checkpoints.hook = passed.append
    apply(actor, first)
    places = dict.fromkeys(passed)
    assert len(places) >= 7
    delivery = deliver(actor, cut, "aanlevering-fout.csv")
    ask_to_apply(actor=actor, delivery=delivery)
    for place in places:
        checkpoints.hook = _cut_at(place)
        with pytest.raises(Cut):
            apply_delivery(actor=JOB, delivery=delivery, today=TODAY)
    checkpoints.hook = None
    delivery.refresh_from_db()
    assert 0 < delivery.rows_done < 40
    apply_deliveries(JOB, TODAY)
    delivery.refresh_from_db()
    assert done(delivery) == {"new": 24, "rejected": 16}
    assert (delivery.rows_done, delivery.state) == (40, Delivery.State.APPLIED)
    assert everything(cut) == everything(whole)
    mine = Involvement.objects.filter(principal=cut)
    for model in (Notice, Dossier):
        assert model.objects.filter(involvement__in=mine).count() == 24
    assert set(mine.values_list("pk", flat=True)) <= set(DataKey.objects.values_list("owner", flat=True))


def _cut_at(place: str) -> Callable[[str], None]:
    def hook(name: str) -> None:
        if name == place:
            raise Cut

    return hook


def test_each_chunk_has_one_log_row_that_names_whom_it_touched(small_chunks: None) -> None:
    actor, principal = intake(), make_principal(layout="Werkgever")
    many = [{**ONE, "Referentie": f"T-{n}", "BSN": "", "Geslachtsnaam": f"P{n}"} for n in range(8)]
    deliver_and_apply(actor, principal, file_of(*many))
    rows = AccessLog.objects.filter(act="delivery.apply", role="job:delivery_apply")
    assert len(rows) == 3  # 5 rows, 3 rows, and the end
    touched = {subject for row in rows for subject in row.subjects}
    assert set(Involvement.objects.values_list("pk", flat=True)) <= touched


def test_queries_do_not_grow_with_the_rows() -> None:
    actor, principal = intake(), make_principal(layout="Werkgever")
    counted = []
    for size in (10, 400):
        many = [{**ONE, "Referentie": f"T-{size}-{n}", "BSN": "", "Geslachtsnaam": f"P{size}x{n}"} for n in range(size)]
        deliver_and_apply(actor, principal, file_of(*many))
        delivery = deliver(actor, principal, file_of(*({**one, "Huisnummer": "7", "Voornamen": "Ann"} for one in many)))
        ask_to_apply(actor=actor, delivery=delivery)
        with CaptureQueriesContext(connection) as queries:
            apply_delivery(actor=JOB, delivery=delivery, today=TODAY)
        counted.append(len(queries))
    assert counted[0] == counted[1]


@pytest.mark.parametrize(
    ("name", "layout"), [("UWV", layouts.UWV), ("Gemeente", layouts.MUNICIPALITY), ("Werkgever", layouts.EMPLOYER)]
)
def test_the_layouts_of_the_database_are_those_of_the_code(name: str, layout: layouts.Layout) -> None:
    row = DeliveryLayout.objects.get(name=name)
    assert (row.columns, tuple(row.required)) == (dict(layout.columns), layout.required)
