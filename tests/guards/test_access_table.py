"""Art. 9: the gate's table is what was written by hand from the reglement, and every act in the code stands in it."""

from __future__ import annotations

import ast
import csv
import re
from pathlib import Path

import pytest

from tests.guards import doors
from werkcontact.access import table
from werkcontact.access.decide import Facts, columns, decide
from werkcontact.access.screens import screen_of, views
from werkcontact.access.verdicts import ANONYMOUS, COLUMNS

ROOT = Path(__file__).resolve().parent.parent.parent
MATRIX = list(csv.DictReader((ROOT / "tests/data/access-matrix.csv").open(encoding="utf-8")))
OPEN = {"health"}  # pages open to all carry no act of the table


def test_the_table_is_the_matrix_whole() -> None:
    wrong = [
        (row["act"], row["state"], column, row[column], table.verdict(row["act"], row["state"], column))
        for row in MATRIX
        for column in COLUMNS
        if table.verdict(row["act"], row["state"], column) != row[column]
    ]
    assert wrong == []
    assert {(line.act, line.state) for line in table.LINES} == {(row["act"], row["state"]) for row in MATRIX}


# How somebody comes to stand in each column: their appointment and their ties to the record.
STANDS = {
    "assigned": ({"caseworker"}, {"assigned"}),
    "formerly": ({"caseworker"}, {"formerly"}),
    "stranger": ({"caseworker"}, set()),
    "lead": ({"lead"}, {"lead"}),
    "intake": ({"intake"}, set()),
    "requests": ({"requests"}, set()),
    "archivist": ({"archivist"}, set()),
    "disputes": ({"disputes"}, set()),
    "research": ({"research"}, set()),
    "officer": ({"officer"}, set()),
    "directie": ({"directie"}, set()),
    "auditor_in": ({"auditor"}, {"auditor_in"}),
    "auditor_out": ({"auditor"}, set()),
    "technical": ({"technical"}, set()),
}


@pytest.mark.parametrize("column", [*COLUMNS, ANONYMOUS])
def test_the_pure_rule_answers_as_the_matrix_says(column: str) -> None:
    roles, ties = STANDS.get(column, (set(), set()))
    for row in MATRIX:
        for purpose in ("", "guidance"):
            for own in (False, True):
                facts = Facts(row["state"], frozenset(ties), own)  # type: ignore[arg-type]
                found = decide(
                    roles=frozenset(roles),
                    job="",
                    declared=True,
                    signed_in=column != ANONYMOUS,
                    act=row["act"],
                    facts=facts,
                    purpose=purpose,
                )
                expected = row[column]
                allowed = (
                    expected == "yes" or (expected == "purpose" and purpose != "") or (expected == "second" and not own)
                )
                assert (found.rule, found.allowed) == (expected, allowed), (row["act"], row["state"], purpose, own)


def test_a_pair_that_is_not_in_the_table_answers_no() -> None:
    assert table.verdict("document.read", "archived", "directie") == "no"
    assert table.verdict("no.such_act", "registered", "directie") == "no"


def test_the_widest_answer_of_several_appointments_counts() -> None:
    facts = Facts("registered", frozenset())
    assert columns({"caseworker", "intake"}, facts) == {"stranger", "intake"}
    found = decide(
        roles=frozenset({"archivist", "officer"}),
        job="",
        declared=True,
        signed_in=True,
        act="registration.view",
        facts=facts,
        purpose="",
    )
    assert found.rule == "purpose"


def test_without_the_promise_of_secrecy_nothing_opens_but_the_promise() -> None:
    for row in MATRIX:
        found = decide(
            roles=frozenset({"caseworker"}),
            job="",
            declared=False,
            signed_in=True,
            act=row["act"],
            facts=Facts(row["state"], frozenset({"assigned"})),  # type: ignore[arg-type]
            purpose="guidance",
        )
        assert found.allowed == (row["act"] in {"declaration.record", "account.manage"}), row["act"]


def test_every_url_carries_an_act_of_the_table() -> None:
    acts = {mark.act for _route, view in views() if (mark := screen_of(view))}
    assert acts - OPEN <= table.ACTS
    assert acts, "no URL was found at all"


GATES = {"act", "enter", "find", "may", "enter_all", "enter_list", "screen", "Screen", "visible_to", "register_tab"}


def _acts_named_in_code() -> set[str]:
    """Every act that the code names at the gate: the text constants with a dot in a gate's call."""
    found = set()
    for _path, text in doors.python_files():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in GATES:
                for argument in [*node.args, *(k.value for k in node.keywords if k.arg == "act")]:
                    for part in ast.walk(argument):
                        if isinstance(part, ast.Constant) and isinstance(part.value, str):
                            found |= set(re.findall(r"^[a-z_]+\.[a-z_]+$", part.value))
    return found


def test_every_act_that_the_code_names_is_in_the_matrix() -> None:
    named = _acts_named_in_code()
    assert "home.view" in named
    assert named - table.ACTS - set(table.JOB_ACTS) == set()
