"""The doors that have no second stay shut, and each rule that keeps them can fail."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from tests.guards import doors

ALL = {**doors.PYTHON, **doors.TEMPLATES}


@pytest.mark.parametrize("name", ALL)
def test_the_rule_passes_a_good_line_and_refuses_a_bad_one(name: str) -> None:
    door = ALL[name]
    assert list(door.rule(PurePosixPath(door.good[0]), door.good[1])) == []
    assert list(door.rule(PurePosixPath(door.bad[0]), door.bad[1])) != []


@pytest.mark.parametrize("name", doors.PYTHON)
def test_no_module_breaks_the_rule(name: str) -> None:
    rule = doors.PYTHON[name].rule
    found = [f"{path}:{line}" for path, text in doors.python_files() for line in rule(path, text)]
    assert found == [], rule.__doc__


@pytest.mark.parametrize("name", doors.TEMPLATES)
def test_no_template_breaks_the_rule(name: str) -> None:
    rule = doors.TEMPLATES[name].rule
    found = [f"{path}:{line}" for path, text in doors.template_files() for line in rule(path, text)]
    assert found == [], rule.__doc__
