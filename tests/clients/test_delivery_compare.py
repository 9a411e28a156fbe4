"""Art. 4, 5.1 and 14: what a delivered row means beside what this principal's registration says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from clients.delivery.check import CellError, CheckedRow, check_table
from clients.delivery.compare import FieldChange, Known, Verdict, person_key, verdict
from clients.delivery.fields import Value
from clients.delivery.map import MUNICIPALITY, UWV, Layout, plan
from clients.delivery.read import read
from clients.delivery.wording import CELL_ERRORS

DATA = Path(__file__).parents[1] / "data"
FIELDS: dict[str, Value] = {
    "reference": "T-1",
    "bsn": "999993653",
    "surname": "Zon",
    "prefix": "van",
    "first_names": "Wilma",
    "birth": "07-04-1970",
    "house_number": "86",
    "secrecy": 2,
    "planned_end": "2026-10-29",
}


def judged(fields: dict[str, Value], known: Known | None, *, same: bool = False, closed: bool = False) -> Verdict:
    return verdict(CheckedRow(2, fields), known, same_person=same, reference_closed=closed)


def test_a_row_that_is_registered_nowhere_is_new() -> None:
    assert judged(FIELDS, None) == Verdict("new")


def test_the_name_and_birth_date_of_somebody_under_another_reference_make_it_doubtful() -> None:
    assert judged(FIELDS, None, same=True) == Verdict("doubtful")


def test_a_row_that_is_registered_as_it_is_changes_nothing() -> None:
    found = judged(FIELDS, Known(dict(FIELDS)), same=True)
    assert found == Verdict("known")
    assert found.to_write == {}


@pytest.mark.parametrize(
    ("name", "layout"), [("aanlevering-uwv.csv", UWV), ("aanlevering-gemeente.xlsx", MUNICIPALITY)]
)
def test_the_same_file_again_changes_nothing(name: str, layout: Layout) -> None:
    table = read((DATA / name).read_bytes())
    rows = check_table(table.rows, plan(table.header, layout), date(2026, 11, 24))
    again = [verdict(row, Known(row.fields), same_person=False, reference_closed=False) for row in rows]
    assert {found.kind for row, found in zip(rows, again, strict=True) if not row.is_wrong} == {"known"}


def test_a_changed_row_changes_only_what_changed() -> None:
    found = judged(FIELDS | {"house_number": "88", "planned_end": ""}, Known(dict(FIELDS)))
    assert found.kind == "changed"
    assert found.changes == (FieldChange("house_number", "86", "88"), FieldChange("planned_end", "2026-10-29", ""))
    assert found.to_write == {"house_number": "88", "planned_end": ""}


def test_a_corrected_field_is_shown_beside_and_never_overwritten() -> None:
    known = Known(FIELDS | {"first_names": "Wil"}, corrected=frozenset({"first_names"}))
    shown = FieldChange("first_names", "Wil", "Wilma", kept_because_corrected=True)
    assert judged(FIELDS, known) == Verdict("known", (shown,))
    changed = judged(FIELDS | {"house_number": "88"}, known)
    assert (changed.kind, changed.to_write) == ("changed", {"house_number": "88"})
    assert shown in changed.changes


def test_an_empty_secrecy_never_lowers_the_code_that_we_have() -> None:
    assert judged(FIELDS | {"secrecy": None}, Known(dict(FIELDS))) == Verdict("known")
    assert judged(FIELDS | {"secrecy": 0}, Known(dict(FIELDS))).to_write == {"secrecy": 0}


def test_a_column_that_a_file_lacks_changes_nothing() -> None:
    assert judged({"reference": "T-1"}, Known(dict(FIELDS))) == Verdict("known")


def test_nothing_registered_and_nothing_delivered_are_the_same() -> None:
    assert judged(FIELDS | {"city": ""}, Known(FIELDS | {"city": None})) == Verdict("known")


def test_a_wrong_row_stays_wrong_whatever_is_registered() -> None:
    error = CellError("BSN", "bsn_invalid")
    row = CheckedRow(2, FIELDS, (error,))
    assert verdict(row, Known(FIELDS), same_person=False, reference_closed=False) == Verdict("wrong", errors=(error,))


def test_the_reference_of_an_ended_involvement_cannot_be_used_again() -> None:
    found = judged(FIELDS, None, closed=True)
    assert (found.kind, [error.code for error in found.errors]) == ("wrong", ["reference_used"])
    assert "archive" not in CELL_ERRORS["reference_used"]


def test_a_reference_that_now_names_somebody_else_mixes_nobody_up() -> None:
    other = FIELDS | {"bsn": "999990639", "surname": "Burck", "birth": "25-09-1922"}
    found = judged(other, Known(dict(FIELDS)))
    assert (found.kind, [error.code for error in found.errors]) == ("wrong", ["reference_of_another"])
    assert found.errors[0].code in CELL_ERRORS
    assert judged(FIELDS | {"bsn": "999990639", "surname": "Burck"}, Known(dict(FIELDS))).kind == "changed"


def test_one_name_and_birth_date_have_one_key_however_they_are_written() -> None:
    written: dict[str, Value] = {
        "surname": "GÖÇMEN-Veld",
        "prefix": "in 't",
        "first_names": "Jan Piet",
        "birth": "00-02-1995",
    }
    assert person_key(FIELDS) == ("van zon", "w", "07-04-1970")
    assert person_key(written) == person_key(
        {"surname": "Gocmen Veld", "prefix": "in ’t", "first_names": "Johan Peter", "birth": "00-02-1995"}
    )
    assert person_key(written) != person_key(written | {"birth": "00-03-1995"})
