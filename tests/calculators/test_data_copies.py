"""The copies in tests/data are what their README says they are."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"


def test_every_copy_has_the_sum_that_the_readme_names() -> None:
    named = dict(
        re.findall(r"^\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|$", (DATA / "README.md").read_text("utf-8"), re.M)
    )
    found = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in DATA.iterdir() if file.name != "README.md"
    }
    assert named == found
