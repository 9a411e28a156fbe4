"""Art. 2: no app's work is forgotten at home: each worklist is merged, and gives what the desk asks for."""

from __future__ import annotations

import inspect
from pathlib import Path

from django.conf import settings

from werkcontact.desk import worklists

ROOT = Path(settings.BASE_DIR)
GIVES = {"mine": ["actor", "today"], "due": ["today"], "waiting": ["actor", "today"]}


def test_every_worklist_of_an_app_is_merged() -> None:
    found = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for app in ("clients", "dossiers", "requests_app")
        for path in (ROOT / app).rglob("worklist*.py")
    }
    assert found == {module.__name__ for module in worklists.MODULES}
    assert len(found) >= 3


def test_each_gives_what_the_desk_asks_for_and_nothing_by_another_name() -> None:
    for module in worklists.MODULES:
        given = {
            name: [parameter.lstrip("_") for parameter in inspect.signature(function).parameters]
            for name, function in vars(module).items()
            if inspect.isfunction(function) and function.__module__ == module.__name__ and not name.startswith("_")
        }
        assert given, module.__name__
        assert given.items() <= GIVES.items(), module.__name__
