"""What the browser gets: vendored files as they were vendored, no more than 60 kB, every icon drawn."""

from __future__ import annotations

import gzip
import hashlib
import re
from pathlib import Path

import pytest
from django.conf import settings

from werkcontact.ui.icons import ICONS

BASE = Path(settings.BASE_DIR)
STATIC = BASE / "static"


@pytest.mark.parametrize("folder", [STATIC / "vendor", BASE / "tests" / "browser" / "vendor"], ids=["served", "tests"])
def test_vendored_files_are_what_their_readme_says(folder: Path) -> None:
    named = dict(re.findall(r"^\| ([\w.-]+\.\w+) \|.*\| ([0-9a-f]{64}) \|$", (folder / "README.md").read_text(), re.M))
    files = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if path.suffix != ".md"
    }
    assert named == files


def test_a_page_costs_no_more_than_sixty_kilobytes() -> None:
    base = (BASE / "templates" / "base.html").read_text()
    names = re.findall(r"{% static '([\w/.-]+\.(?:css|js))' %}", base)
    assert len(names) == 5
    assert sum(len(gzip.compress((STATIC / name).read_bytes())) for name in names) <= 60_000


def test_the_sprite_holds_every_icon_by_name() -> None:
    assert set(re.findall(r'<symbol id="(\w+)"', (STATIC / "icons.svg").read_text())) == ICONS


def test_nothing_is_asked_from_another_host() -> None:
    for path in [*STATIC.glob("*.css"), *STATIC.glob("vendor/*.css"), STATIC / "app.js"]:
        assert not re.search(r"url\(|@import|https?://", path.read_text()), path.name


def test_htmx_may_not_run_text_nor_keep_pages_in_the_browser() -> None:
    base = (BASE / "templates" / "base.html").read_text()
    for rule in ('"allowEval":false', '"includeIndicatorStyles":false', '"historyCacheSize":0'):
        assert rule in base
