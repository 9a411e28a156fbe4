"""Art. 5.1: the file of rejected rows: why, and nothing that a spreadsheet calculates."""

from __future__ import annotations

import csv
import io

import pytest

from clients.delivery.mend import decide
from clients.delivery.rejects import neutralised, rejects_file
from clients.models import StagedRow
from tests.clients.deliveries import COLUMNS, deliver, deliver_and_apply, file_of, intake, make_principal


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.django_db(transaction=True)
def test_each_rejected_row_says_why_and_no_cell_is_a_formula() -> None:
    actor, principal = intake(), make_principal()
    data = file_of(
        {"Woonplaats": "=cmd()", "Geslachtsnaam partner": "@tenborough", "Toevoeging": "-4a"},
        {"Referentie": "T-2", "BSN": "999990019"},
        {"Referentie": "T-3", "BSN": "123456782", "Geslachtsnaam": "Weg"},
    )
    delivery = deliver(actor, principal, data)
    decide(actor=actor, delivery=delivery, number=4, choice=StagedRow.Choice.SKIP, why="+31 gebeld")
    header, *rows = read(rejects_file(delivery))
    assert header[2:] == COLUMNS
    assert [row[0] for row in rows] == ["2", "4"]
    assert rows[0][1].startswith("Woonplaats: ")
    assert rows[0][2:][COLUMNS.index("Woonplaats")] == "'=cmd()"
    assert rows[0][2:][COLUMNS.index("Toevoeging")] == "'-4a"
    assert rows[1][1].endswith("+31 gebeld")
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


@pytest.mark.django_db(transaction=True)
def test_a_row_that_came_out_otherwise_at_applying_is_in_it() -> None:
    actor, principal = intake(), make_principal(layout="Werkgever")
    second = deliver(actor, principal, file_of({"Referentie": "T-2", "BSN": ""}))
    assert second.counts["new"] == 1
    deliver_and_apply(actor, principal, file_of({"BSN": ""}))
    from tests.clients.deliveries import apply, done

    assert done(apply(actor, second)) == {"rejected": 1}
    assert [row[2] for row in read(rejects_file(second))[1:]] == ["T-2"]


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "\0x"])
def test_what_a_spreadsheet_calculates_is_neutralised(cell: str) -> None:
    assert neutralised(cell) == f"'{cell}"
    assert neutralised(f"x{cell}") == f"x{cell}"
