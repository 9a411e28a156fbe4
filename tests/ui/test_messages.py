"""Dutch for every sentence: fragments are merged without loss, and what is missing is found without GNU gettext."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import messages


def part(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def entry(english: str, dutch: str) -> str:
    return f'msgid "{english}"\nmsgstr "{dutch}"\n\n'


def test_parts_are_merged_in_one_order_whatever_theirs_is(tmp_path: Path) -> None:
    a = part(tmp_path, "a.po", entry("Show", "Toon") + entry("Born", "Geboren"))
    b = part(tmp_path, "b.po", entry("Show", "Toon"))
    catalog, wrong = messages.merge([a, b])
    assert not wrong
    assert messages.po_text(catalog) == messages.po_text(messages.merge([b, a])[0])
    assert [message.id for message in catalog if message.id] == ["Born", "Show"]


def test_one_sentence_with_two_translations_is_refused(tmp_path: Path) -> None:
    a, b = part(tmp_path, "a.po", entry("Show", "Toon")), part(tmp_path, "b.po", entry("Show", "Laat zien"))
    assert messages.merge([a, b])[1] == ["'Show' is translated differently in a.po and b.po"]


def test_sentences_are_found_in_python_and_in_templates(tmp_path: Path) -> None:
    for name in messages.SOURCES:
        (tmp_path / name).mkdir()
    part(
        tmp_path / "clients",
        "a.py",
        '_("One")\ngettext_lazy("Two "\n  "lines")\npgettext("month", "May")\n_(variable)\n',
    )
    part(
        tmp_path / "templates",
        "a.html",
        '  {% translate "Three" %}\n{% include "x.html" with label=_("Four") %}\n'
        "   {% blocktranslate trimmed count n=n %}\n one day\n {% plural %}\n {{ n }} days\n {% endblocktranslate %}"
        "<p>it's {# translate nothing #} “quoted” (\n",
    )
    assert set(messages.extract(tmp_path)) == {
        ("One", None),
        ("Two lines", None),
        ("May", "month"),
        ("Three", None),
        ("Four", None),
        ("one day", None),
    }


@pytest.mark.parametrize("dutch", ["", "Toon"])
def test_a_sentence_without_dutch_is_missing(tmp_path: Path, dutch: str) -> None:
    catalog, _ = messages.merge([part(tmp_path, "a.po", entry("Show", dutch))])
    found = messages.missing(catalog, {("Show", None): "templates/a.html:1"})
    assert found == ([] if dutch else ["templates/a.html:1: 'Show' has no Dutch"])


def test_half_a_plural_is_missing(tmp_path: Path) -> None:
    text = 'msgid "a day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "een dag"\nmsgstr[1] ""\n'
    catalog, _ = messages.merge([part(tmp_path, "a.po", text)])
    assert messages.missing(catalog, {("a day", None): "x.py:1"})


@pytest.mark.parametrize(
    ("dutch", "right"), [("op %(day)s", True), ("op een dag", False), ("op %(dag)s", False), ("%(day)s %(x)s", False)]
)
def test_a_placeholder_is_neither_lost_nor_invented(tmp_path: Path, dutch: str, right: bool) -> None:
    catalog, _ = messages.merge([part(tmp_path, "a.po", entry("on %(day)s", dutch))])
    assert bool(messages.misplaced(catalog)) is not right


def test_a_plural_may_leave_its_number_out() -> None:
    catalog, _ = messages.merge([messages.ROOT / "locale" / "parts" / "ui.po"])
    assert messages.misplaced(catalog) == []
