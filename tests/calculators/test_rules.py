"""The terms of a rulebook as data: read, written, and refused when they are none."""

from __future__ import annotations

import json
from typing import Any

import pytest

from werkcontact.law.rules import DECEMBER_2017, KINDS, Rules


def test_december_2017() -> None:
    assert DECEMBER_2017.to_data() == {
        "reglement_weeks": {
            "confirmation": 4,
            "inspection": 4,
            "copy": 4,
            "disclosures": 4,
            "correction": 8,
            "erasure": 8,
            "restriction": None,
            "objection": None,
            "portability": None,
        },
        "reglement_roll": "none",
        "avg_months": 1,
        "avg_extended_months": 3,
        "notice_weeks": 4,
        "retention": "5 years",
        "complaint_acknowledge_weeks": 2,
        "complaint_decide_weeks": 6,
        "complaint_extension_weeks": 4,
        "reminder_days": [14, 7, 2, 0],
    }


def test_rules_survive_json() -> None:
    rules = Rules(reglement_weeks=dict.fromkeys(KINDS, 3), reglement_roll="atw", reminder_days=(10, 3))
    assert Rules.from_data(json.loads(json.dumps(rules.to_data()))) == rules
    assert hash(Rules.from_data(rules.to_data())) == hash(rules)


def test_what_a_version_does_not_name_is_as_in_december_2017() -> None:
    assert Rules.from_data({}) == DECEMBER_2017
    assert Rules.from_data({"notice_weeks": 3}) == Rules(notice_weeks=3)


def test_rules_that_were_read_cannot_be_changed() -> None:
    data: dict[str, Any] = DECEMBER_2017.to_data()
    rules = Rules.from_data(data)
    data["reglement_weeks"]["copy"] = 40
    assert rules.reglement_weeks["copy"] == 4
    with pytest.raises(TypeError):
        rules.reglement_weeks["copy"] = 40  # type: ignore[index] # the point of the test


@pytest.mark.parametrize(
    "data",
    [
        {"reglement_week": {}},
        {"reglement_weeks": {"inspection": 4}},
        {"reglement_weeks": dict.fromkeys([*KINDS, "telephone"], 4)},
        {"reglement_weeks": dict.fromkeys(KINDS, 0)},
        {"reglement_weeks": dict.fromkeys(KINDS, "4")},
        {"reglement_roll": "always"},
        {"avg_months": 0},
        {"avg_months": True},
        {"notice_weeks": None},
        {"retention": "five years"},
        {"complaint_decide_weeks": -6},
        {"reminder_days": []},
        {"reminder_days": [14, -1]},
    ],
)
def test_what_is_no_rule_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"reglement|whole numbers|not a (rule|term)"):
        Rules.from_data(data)
