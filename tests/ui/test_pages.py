"""Pages: one frame for all, nothing inline, nothing from another host, and error pages that give nothing away."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.forms import CharField, Form
from django.template import engines
from django.template.loader import render_to_string

from werkcontact.ui.components import (
    Band,
    Cell,
    Choice,
    Column,
    Fact,
    Filter,
    Group,
    Item,
    Pages,
    Part,
    Row,
    State,
    StepItem,
    Strip,
    Tab,
    Table,
    TimelineItem,
    Total,
    parts,
)

TEMPLATES = Path(settings.BASE_DIR) / "templates"
OURS = sorted(TEMPLATES.rglob("*.html"))


def context(**more: Any) -> dict[str, Any]:
    staff = SimpleNamespace(display_name="N. Visser", theme=more.pop("theme", ""))
    actor = SimpleNamespace(staff=staff, role_words="Caseworker", at=datetime(2026, 11, 24, 9, 42, tzinfo=UTC))
    nav = [
        SimpleNamespace(url="/", label="Vandaag", current=True, count=23, late=2),
        SimpleNamespace(url="/v", label="Verzoeken", current=False, count=3, late=0),
        SimpleNamespace(url="/c", label="Cliënten", current=False, count=None, late=0),
    ]
    return {
        "actor": actor,
        "nav": nav,
        "session_ends_at": datetime(2026, 11, 24, 17, 5, tzinfo=UTC),
        "search_allowed": True,
        "print_purpose": "begeleiding",
        "rulebook_label": "Reglement, versie december 2017",
        "can_register_request": True,
        **more,
    }


def strip(*, heading: bool) -> Strip:
    return Strip(
        name="de heer F. in 't Veld",
        birth="20-09-1990",
        age="36 jaar",
        reference="UWV-2026-00012",
        dossier_number="D-2025-000342",
        bsn_masked="******802",
        reveal_url="/bsn",
        why_short="Toegewezen aan u sinds 27 april 2025.",
        tabs=(Tab("/o", "Overzicht", current=True), Tab("/d", "Dossier", count=41)),
        band=Band("Geheimhouding", "Geheim adres (code 1).", "Het adres is verborgen."),
        heading=heading,
    )


def test_the_frame_says_where_one_is_and_what_waits() -> None:
    html = render_to_string("keys.html", context())
    assert "<title>Toetsen - Werkcontact</title>" in html
    assert '<a href="/" aria-current="page">Vandaag <span class="wc-count wc-count--late">23' in html
    assert " open, waarvan 2 te laat" in html
    assert '<span class="wc-count">3<span class="wc-vh"> open</span>' in html
    assert "Inloggen verloopt om 18:05." in html
    assert "Afgedrukt op 24-11-2026 om 10:42 door N. Visser, doel: begeleiding. Vertrouwelijk." in html
    assert 'href="#content"' in html
    assert 'id="content"' in html
    assert html.count("<h1") == 1


def test_who_may_not_search_sees_no_search_and_who_is_not_signed_in_no_account() -> None:
    assert "wc-search" not in render_to_string("keys.html", context(search_allowed=False))
    assert "wc-me" not in render_to_string("keys.html", {})


@pytest.mark.parametrize(
    ("theme", "drawn"), [("", ""), ("dark", ' data-theme="dark"'), ("light", ' data-theme="light"')]
)
def test_the_persons_colours_hold(theme: str, drawn: str) -> None:
    assert f'<html lang="nl"{drawn}>' in render_to_string("keys.html", context(theme=theme))


def test_a_form_with_mistakes_says_so_in_the_title() -> None:
    class One(Form):
        name = CharField()

    assert "<title>Fout: " in render_to_string("purpose.html", context(form=One({})))
    assert "<title>Fout: " not in render_to_string("purpose.html", context(form=One()))


def test_the_strip_is_the_heading_only_where_the_page_has_no_other() -> None:
    page = engines["django"].from_string('{% extends "base.html" %}')
    assert page.render(context(strip=strip(heading=True))).count("<h1") == 1
    html = page.render(context(strip=strip(heading=False)))
    assert "<h1" not in html
    assert "20-09-1990 (36 jaar)" in html
    assert re.search(r'<form class="wc-inline" method="post" action="/bsn">', html)
    assert '<section class="wc-band wc-tone--wait" aria-label="Geheimhouding">' in html


@pytest.mark.parametrize("name", ["400.html", "500.html", "503.html"])
def test_error_pages_need_no_request_and_no_database(name: str) -> None:
    html = engines["django"].get_template(name).render()
    assert html.count("<h1") == 1
    assert f"Fout {name[:3]}" in html


@pytest.mark.parametrize("name", ["403.html", "403_csrf.html", "404.html"])
def test_error_pages_say_nothing_of_minute_purpose_or_file(name: str) -> None:
    html = render_to_string(name, context(strip=strip(heading=True)))
    for given_away in ("10:42", "18:05", "begeleiding", "Veld", "24-11-2026"):
        assert given_away not in html
    assert "N. Visser" in html


def test_a_refusal_says_its_rule_in_words() -> None:
    refused = SimpleNamespace(text="Een concept wordt niet verstrekt.", article="7.6", code="disclosure.draft")
    html = render_to_string("403.html", context(refused=refused))
    assert "Een concept wordt niet verstrekt." in html
    assert "artikel 7.6 van het privacyreglement" in html
    assert "Dit hoort niet bij uw rol." in render_to_string("403.html", context())


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_templates_hold_no_style_script_or_foreign_host_and_are_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|\|\s*safe\b|autoescape off", text)
    assert not re.search(r"<script(?! src=)", text)
    assert not re.search(r"(?:src|href|action)=[\"'](?:https?:)?//", text)
    assert text.count("\n") <= 150


COMPONENTS: list[tuple[str, dict[str, Any], list[str]]] = [
    (
        "facts",
        {
            "facts": [
                Fact("Geboren", day=date(1990, 9, 20)),
                Fact("Adres", lines=("Leyweg 1485", "Den Haag"), states=(State("wait", "lock", "Verborgen"),)),
            ]
        },
        ['<time datetime="1990-09-20">20-09-1990</time>', "Leyweg 1485<br>Den Haag", "wc-tone--wait", "#lock"],
    ),
    (
        "list",
        {
            "groups": [
                Group("late", "Te laat", [Row("Brief", "/b", date(2026, 11, 20), late=True)], count=1200, late=True),
                Group("items", "Open", items=[Item("Stuk", meta=(Part("van", day=date(2026, 9, 21)),), open=True)]),
            ]
        },
        ["wc-row--late", "vr 20 november", "1.200", 'aria-labelledby="list-late"', "wc-row--open", "21-09-2026"],
    ),
    (
        "timeline",
        {"items": [TimelineItem("talk", "Gesprek", date(2026, 11, 17), meta=parts("op kantoor", ""))]},
        ["di 17 november 2026", "<span>op kantoor</span></div>"],
    ),
    (
        "steps",
        {"label": "Stappen", "steps": [StepItem("Eerst", done=True), StepItem("Nu", current=True), StepItem("Dan")]},
        ["data-done", "(klaar)", 'aria-current="step"'],
    ),
    (
        "totals",
        {"label": "Stand", "totals": [Total(2, "te laat", "?w=laat", "late", "clock"), Total(4, "ongewijzigd")]},
        ['href="?w=laat"', '<div class="wc-totals__one"><b>4</b>'],
    ),
    ("filter", {"filter": Filter("Soort", [Choice("?", "Alles", 0, current=True)])}, ['aria-current="true"', ">0<"]),
    ("pagination", {"pages": Pages(50, 1234, next_url="?na=x")}, ["U ziet 50 van 1.234.", 'rel="next"']),
    ("pagination", {"pages": Pages(50, next_url="?na=x")}, ["U ziet er 50 op deze pagina."]),
    (
        "table",
        {
            "table": Table(
                "Gewijzigd",
                [Column("Cliënt", "?sort=-naam", sorted="ascending"), Column("Was"), Column("Actie", hidden=True)],
                [[Cell("Jansons, H."), Cell(old="86", new="88"), Cell(3, num=True)]],
            )
        },
        ['aria-sort="ascending"', 'data-label="Was"', '<del class="wc-old">86</del>', 'scope="row"', "<caption"],
    ),
    (
        "progress",
        {"id": "p", "done": 1188, "total": 2277, "words": "regels", "status": ""},
        ["<strong>1.188 van 2.277</strong> regels", 'max="2277" value="1188"', 'aria-labelledby="p"'],
    ),
    ("alert", {"tone": "error", "title": "Fout", "text": "<b>"}, ['role="alert"', "&lt;b&gt;"]),
    ("alert", {"tone": "success", "text": "Bewaard"}, ['role="status"', "utrecht-alert--ok"]),
    ("empty", {"title": "Niemand", "url": "/n", "link": "Zoek"}, ['role="status"', 'href="/n"']),
    ("post_button", {"url": "/neem", "label": "Neem over", "more": "V-1"}, ['method="post"', "Neem over", ": V-1"]),
    (
        "link_button",
        {"url": "/n", "label": "Nieuw", "key": "n", "kind": "primary"},
        ['data-key="n"', "--primary-action"],
    ),
]


@pytest.mark.parametrize(
    ("name", "given", "expected"), COMPONENTS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_component_draws_what_it_is_given(name: str, given: dict[str, Any], expected: list[str]) -> None:
    html = render_to_string(f"components/{name}.html", given)
    for piece in expected:
        assert piece in html


def test_a_row_with_a_cell_too_few_is_a_mistake() -> None:
    table = Table("Leeg", [Column("Een"), Column("Twee")], [[Cell("een")]])
    with pytest.raises(ValueError, match="zip"):
        _ = table.lines
