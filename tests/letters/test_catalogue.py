"""The catalogue, the templates, the translations and the registry agree."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.apps import apps

from tests.letters.examples import FACTS
from werkcontact import letters
from werkcontact.letters.catalogue import CATALOGUE, fields_printed

HOUSE = Path(letters.__file__).parent
SHARED = {"house.typ", "parts.typ", "document.typ", "probe.typ"}
TRANSLATED = Path(__file__).parents[2] / "locale" / "parts" / "letters.po"


def test_every_template_is_a_kind_or_shared() -> None:
    assert {path.name for path in (HOUSE / "templates").iterdir()} == SHARED | {k.template for k in CATALOGUE.values()}


def test_every_title_has_its_dutch() -> None:
    entries = TRANSLATED.read_text(encoding="utf-8")
    assert [kind.title for kind in CATALOGUE.values() if f'msgid "{kind.title}"\nmsgstr "' not in entries] == []
    assert 'msgstr ""' not in entries


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_field_that_it_prints_exists(code: str) -> None:
    for path in fields_printed(code, FACTS[code]):
        app, model, field = path.split(".")
        assert apps.get_model(app, model)._meta.get_field(field)


def test_every_kind_names_an_article() -> None:
    assert all(kind.articles for kind in CATALOGUE.values())


def test_letters_look_nothing_up() -> None:
    """They are told everything: no Django, and nothing of the house but themselves."""
    for path in HOUSE.glob("*.py"):
        if path.name == "apps.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert not name.startswith("django"), path.name
                assert not name.startswith("werkcontact") or name.startswith("werkcontact.letters"), path.name


def test_templates_never_read_a_fact_as_markup() -> None:
    for path in (HOUSE / "templates").iterdir():
        assert "eval(" not in path.read_text(encoding="utf-8"), path.name
