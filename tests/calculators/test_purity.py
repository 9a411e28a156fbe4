"""The calculators stand alone: importing them brings in no Django."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

import werkcontact.law

MODULES = sorted(Path(werkcontact.law.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_a_calculator_imports_the_standard_library_and_easter_only(module: Path) -> None:
    imported: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            imported.add(node.module or "")
    strange = {
        name
        for name in imported
        if name.split(".")[0] not in sys.stdlib_module_names
        and name != "dateutil.easter"
        and not name.startswith("werkcontact.law.")
    }
    assert strange == set()
