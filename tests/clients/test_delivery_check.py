"""Art. 4 and 5.1: what is right in a delivery comes in, what is wrong is named by row, column and reason."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.delivery import check
from clients.delivery.check import CellError, CheckedRow, check_row, check_table, mark_twice
from clients.delivery.fields import DEFAULTS, FIELD, FIELDS, RawRow, fingerprint
from clients.delivery.map import EMPLOYER, MUNICIPALITY, UWV, Layout, plan
from clients.delivery.normal import passes_eleven_test
from clients.delivery.read import read
from clients.delivery.wording import CELL_ERRORS
from tests.clients.workbooks import workbook

DATA = Path(__file__).parents[1] / "data"
TODAY = date(2026, 11, 24)
PLAN = plan(tuple(UWV.columns), UWV)
GOOD = {
    "Referentie": "T-1",
    "BSN": "999993653",
    "Geslachtsnaam": "Moulin",
    "Geboortedatum": "01-12-1985",
    "Trajectsoort": "NAAR WERK",
    "Startdatum": "27-10-2019",
}


def delivered(name: str, layout: Layout) -> list[CheckedRow]:
    table = read((DATA / name).read_bytes())
    return check_table(table.rows, plan(table.header, layout), TODAY)


def one(**cells: str) -> CheckedRow:
    """A right row but for these cells, by field name."""
    header_of = {field: header for header, field in UWV.columns.items()}
    row = GOOD | {header_of[field]: cell for field, cell in cells.items()}
    return check_row(RawRow(2, tuple(row.get(header, "") for header in PLAN.headers)), PLAN, TODAY)


@pytest.mark.parametrize(
    ("name", "layout", "right", "wrong"),
    [
        ("aanlevering-uwv.csv", UWV, 277, 1),
        ("aanlevering-gemeente.xlsx", MUNICIPALITY, 139, 0),
        ("aanlevering-cp1252.csv", EMPLOYER, 60, 0),
        ("aanlevering-fout.csv", UWV, 24, 16),
    ],
)
def test_each_sample_delivery_has_its_counts(name: str, layout: Layout, right: int, wrong: int) -> None:
    assert Counter(row.is_wrong for row in delivered(name, layout)) == Counter({False: right, True: wrong})


def test_every_mistake_is_found_at_its_row_and_column_and_no_other() -> None:
    with (DATA / "fout-expected.csv").open(encoding="utf-8", newline="") as file:
        expected = {(row["reference"], row["column"], row["code"]) for row in csv.DictReader(file)}
    rows = delivered("aanlevering-fout.csv", UWV)
    assert {(row.fields["reference"], error.column, error.code) for row in rows for error in row.errors} == expected
    assert [row.number for row in rows if row.is_wrong] == list(range(2, 18))


def test_the_one_wrong_row_of_uwv_is_named_with_its_line() -> None:
    wrong = [row for row in delivered("aanlevering-uwv.csv", UWV) if row.is_wrong]
    assert [(row.number, row.fields["reference"], row.errors) for row in wrong] == [
        (91, "UWV-2026-00090", (CellError("BSN", "bsn_invalid"),))
    ]


def test_two_people_of_one_name_and_birth_date_in_a_file_are_both_right() -> None:
    rows = {row.fields["reference"]: row for row in delivered("aanlevering-uwv.csv", UWV)}
    first, second = rows["UWV-2026-00084"], rows["UWV-2026-00213"]
    assert first.fields["surname"] == second.fields["surname"]
    assert first.fields["birth"] == second.fields["birth"]
    assert not first.is_wrong
    assert not second.is_wrong


def test_what_looks_odd_and_is_right_comes_in_as_it_is() -> None:
    rows = delivered("aanlevering-uwv.csv", UWV)
    assert {"00-00-0000", "00-02-1995", "00-03-1978"} <= {row.fields["birth"] for row in rows}
    assert "@tenborough" in {row.fields["partner_surname"] for row in rows}
    assert "-4a" in {row.fields["house_addition"] for row in rows}
    assert max(len(str(row.fields["surname"])) for row in rows) == 196
    assert "13-00-1966" in {row.fields["birth"] for row in delivered("aanlevering-gemeente.xlsx", MUNICIPALITY)}


def test_a_secret_address_without_a_code_is_kept_as_the_widest_with_its_source() -> None:
    rows = delivered("aanlevering-gemeente.xlsx", MUNICIPALITY)
    secret = [row for row in rows if row.fields["secrecy"] == 7]
    assert [row.derived for row in secret] == [{"secrecy": "Geheim adres: ja"}]
    assert Counter(row.fields["secrecy"] for row in rows) == Counter({0: 138, 7: 1})
    assert not any(row.derived for row in rows if row not in secret)


def test_a_short_bsn_from_a_numeric_cell_gets_its_zeros_back() -> None:
    header = list(MUNICIPALITY.columns)
    row = {
        "Cliëntnr": 17,
        "Achternaam": "Jansen",
        "Geb.datum": date(1980, 3, 1),
        "Burgerservicenummer": 9866,
        "Start traject": date(2026, 1, 2),
        "Soort traject": "Naar werk",
        "Nr": 12.0,
        "Mobiel": 612345678,
    }
    table = read(workbook([header, [row.get(column) for column in header]]))
    [checked] = check_table(table.rows, plan(table.header, MUNICIPALITY), TODAY)
    assert checked.errors == ()
    found = [checked.fields[name] for name in ("bsn", "reference", "birth", "house_number", "telephone", "starts_on")]
    assert found == ["000009866", "17", "01-03-1980", "12", "0612345678", "2026-01-02"]


@pytest.mark.parametrize(
    ("field", "cell", "kept"),
    [
        ("postcode", "3077 aw", "3077AW"),
        ("bsn", "9999.93.653", "999993653"),
        ("gender", "vrouw", "V"),
        ("gender", "", None),
        ("name_use", "e", "E"),
        ("name_use", "", None),
        ("secrecy", "", None),
        ("secrecy", "nee", 0),
        ("secrecy", "3", 3),
        ("service", "TWEEDE SPOOR", "Tweede spoor"),
        ("service", "Tweede spoor", "Tweede spoor"),
        ("surname", "  van \u00a0 Zon ", "van Zon"),
        ("surname", "He\u0301lene", "Hélene"),
        ("email", "Jan.de-Vries+werk@Voorbeeld.NL", "Jan.de-Vries+werk@voorbeeld.nl"),
        ("telephone", "+31 (0)6 12345678", "+31 (0)6 12345678"),
        ("country", "30", "0030"),
        ("starts_on", "1-2-2026", "2026-02-01"),
        ("birth", "1 maart 1980", "01-03-1980"),
        ("first_names", "+Jan", "+Jan"),
    ],
)
def test_a_cell_is_kept_in_one_form(field: str, cell: str, kept: str | int | None) -> None:
    row = one(**{field: cell})
    assert row.errors == ()
    assert row.fields[field] == kept


@pytest.mark.parametrize(
    ("field", "cell", "code"),
    [
        ("bsn", "000000000", "bsn_invalid"),
        ("bsn", "1234567890", "bsn_invalid"),
        ("bsn", "99999365X", "bsn_invalid"),
        ("bsn", " ", "bsn_missing"),
        ("reference", "", "required"),
        ("reference", "x" * 41, "too_long"),
        ("surname", "x" * 201, "too_long"),
        ("surname", "x" * 6_000, "too_long"),
        ("surname", " =1+1", "formula"),
        ("surname", "Jan\tsen", "control_character"),
        ("surname", "Jan\nsen", "control_character"),
        ("surname", "Jan\u202esen", "control_character"),
        ("house_letter", "ab", "too_long"),
        ("house_number", "12a", "house_number_invalid"),
        ("house_number", "0", "house_number_invalid"),
        ("postcode", "0123AB", "postcode_invalid"),
        ("email", "jan@voorbeeld", "email_invalid"),
        ("email", "jan@@voorbeeld.nl", "email_invalid"),
        ("email", "jan@-voorbeeld.nl", "email_invalid"),
        ("email", "jan..x@voorbeeld.nl", "email_invalid"),
        ("email", "jan@voorbeeld.nl, piet@voorbeeld.nl", "email_invalid"),
        ("email", f"{'x' * 250}@voorbeeld.nl", "too_long"),
        ("telephone", "geen", "telephone_invalid"),
        ("telephone", "1234", "telephone_invalid"),
        ("birth", "", "required"),
        ("birth", "gisteren", "date_unreadable"),
        ("birth", "25-11-2026", "date_future"),
        ("birth", "01-01-0180", "date_impossible"),
        ("starts_on", "00-05-2026", "date_impossible"),
        ("planned_end", "binnenkort", "date_unreadable"),
        ("planned_end", "26-10-2019", "end_before_start"),
        ("gender", "X", "code_unknown"),
        ("title", "ZZ", "code_unknown"),
        ("secrecy", "8", "code_unknown"),
        ("country", "België", "code_unknown"),
    ],
)
def test_a_wrong_cell_is_named_by_its_column(field: str, cell: str, code: str) -> None:
    header = next(header for header, name in UWV.columns.items() if name == field)
    row = one(**{field: cell})
    assert [(error.column, error.code) for error in row.errors] == [(header, code)]
    assert CELL_ERRORS[code] % row.errors[0].params


def test_a_trajectory_may_end_on_the_day_it_starts() -> None:
    assert one(planned_end="27-10-2019").errors == ()


def test_without_a_duty_to_deliver_it_the_bsn_may_be_left_out() -> None:
    row = RawRow(2, tuple((GOOD | {"BSN": ""}).get(header, "") for header in PLAN.headers))
    assert check_row(row, plan(PLAN.headers, EMPLOYER), TODAY).errors == ()
    assert [error.code for error in check_row(row, PLAN, TODAY).errors] == ["bsn_missing"]


def test_a_reference_twice_makes_both_rows_wrong_and_mending_one_rights_both() -> None:
    rows = mark_twice([one(), one(bsn="999990639")], PLAN)
    assert [[error.code for error in row.errors] for row in rows] == [["reference_twice"]] * 2
    assert not any(row.is_wrong for row in mark_twice([rows[0], one(bsn="999990639", reference="T-2")], PLAN))


def test_empty_bsns_are_not_the_same_bsn() -> None:
    open_plan = plan(PLAN.headers, EMPLOYER)
    rows = [one(bsn="", reference="T-1"), one(bsn="", reference="T-2")]
    assert not any(error.code == "bsn_twice" for row in mark_twice(rows, open_plan) for error in row.errors)


def test_a_row_of_the_wrong_width_takes_no_good_row_along() -> None:
    short = check_row(RawRow(3, ("T-1", "999993653")), PLAN, TODAY)
    rows = mark_twice([one(), short], PLAN)
    assert [[error.code for error in row.errors] for row in rows] == [[], ["too_few_cells"]]
    assert rows[1].errors[0].params == {"found": 2, "expected": 27}


def test_columns_are_known_by_name_whatever_their_order_capitals_and_spaces() -> None:
    understood = plan(("geslachtsnaam ", "Schoenmaat", "REFERENTIE", ""), UWV)
    assert understood.fields == ("surname", None, "reference", None)
    assert understood.unknown == ("Schoenmaat",)
    assert "BSN" in understood.missing
    assert set(understood.missing_required) == {"birth", "service", "starts_on", "bsn"}
    assert not understood.is_usable


def test_a_field_that_stands_in_two_columns_is_not_chosen_from() -> None:
    understood = plan((*PLAN.headers, "bsn"), UWV)
    assert understood.twice == ("bsn",)
    with pytest.raises(ValueError, match="layout"):
        check_row(RawRow(2, ()), understood, TODAY)


def test_a_layout_with_a_field_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="shoe_size"):
        plan(("Schoenmaat",), Layout({"Schoenmaat": "shoe_size"}, ()))


def test_what_no_column_delivers_is_no_field_and_what_nobody_asked_is_not_read() -> None:
    fields = check_row(
        RawRow(2, ("x", "geheim")), plan(("Referentie", "Diagnose"), Layout(UWV.columns, ())), TODAY
    ).fields
    assert dict(fields) == {"reference": "x"}


def test_the_fingerprint_changes_with_each_field_and_with_nothing_else() -> None:
    fields = dict(one().fields)
    assert fingerprint(fields) == fingerprint(dict(reversed(fields.items())))
    prints = {fingerprint(fields | {spec.name: "anders"}) for spec in FIELDS}
    assert len(prints) == len(FIELDS) == 27
    assert fingerprint(fields) not in prints


def test_every_field_of_the_layouts_and_defaults_exists_and_every_code_has_a_sentence() -> None:
    assert set(UWV.columns.values()) == set(FIELD)
    assert set(MUNICIPALITY.columns.values()) < set(FIELD)
    assert set(DEFAULTS) < set(FIELD)
    assert {check.TOO_FEW, check.TOO_MANY, *check.ONCE.values()} < set(CELL_ERRORS)


@given(st.sampled_from(sorted(FIELD)), st.text(max_size=40) | st.text(alphabet="0123456789-./ @", max_size=12))
def test_no_cell_breaks_the_check(field: str, cell: str) -> None:
    row = one(**{field: cell})
    assert all(error.code in CELL_ERRORS for error in row.errors)
    value = row.fields.get(field)
    assert not isinstance(value, str) or len(value) <= FIELD[field].max_length


@given(st.lists(st.text(max_size=12), max_size=30))
def test_no_row_breaks_the_check(cells: list[str]) -> None:
    row = check_row(RawRow(2, tuple(cells)), PLAN, TODAY)
    assert len(cells) == len(PLAN.headers) or row.is_wrong


@given(st.integers(1, 999_999_999), st.integers(0, 8), st.integers(1, 9))
def test_the_eleven_test_sees_any_one_wrong_digit(number: int, place: int, more: int) -> None:
    digits = f"{number:09}"
    changed = digits[:place] + str((int(digits[place]) + more) % 10) + digits[place + 1 :]
    assert not (passes_eleven_test(digits) and passes_eleven_test(changed))
