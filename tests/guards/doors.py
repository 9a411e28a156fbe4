"""Our own lint: the doors that have no second, and the habits that keep acts in one place.

Each rule is a function over one file that yields the lines it refuses; `RULES` names them. `test_doors.py` runs every
rule over the whole tree, and over a good and a bad line of its own, so that no rule can be one that never fails.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("werkcontact", "clients", "dossiers", "requests_app")
Rule = Callable[[PurePosixPath, str], Iterator[int]]


@dataclass(frozen=True)
class Door:
    """A rule with one example that it must pass and one that it must refuse, as (path, text)."""

    rule: Rule
    good: tuple[str, str]
    bad: tuple[str, str]


def _calls(text: str) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)


def _imports(text: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def _in(path: PurePosixPath, *parts: str) -> bool:
    return any(part in path.parts or str(path).startswith(part) for part in parts)


# Rows end where an end is promised: destruction, a delivery's end, a stored file, an expired note's key.
_ENDS = (
    "dossiers/destruction",
    "clients/delivery/ending.py",
    "werkcontact/vault",
    # no client's: a lost second factor, a place in a team (its grants keep the moments), a service nobody uses
    "werkcontact/office/accounts.py",
    "clients/teams.py",
    "clients/principals.py",
)


def rows_end_at_the_end(path: PurePosixPath, text: str) -> Iterator[int]:
    """Art. 6.1: `.delete()` stands only where an end is promised; elsewhere an end is a state."""
    if not _in(path, *_ENDS):
        yield from (
            call.lineno
            for call, name in _calls(text)
            if name.endswith((".delete", "._raw_delete")) and "cache" not in name
        )


def views_ask_no_models(path: PurePosixPath, text: str) -> Iterator[int]:
    """A view opens through the gate and reads through modules that know `visible_to`: no managers in web."""
    if _in(path, "web"):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}:
                yield node.lineno


_CLOCK = {"timezone.now", "datetime.now", "date.today", "datetime.today", "time.time", "timezone.localdate"}
# Who reads the clock: the web, jobs and commands; the log's time is the database's.
_MAY_LOOK = (
    "web",
    "management",
    "werkcontact/access/middleware.py",
    "werkcontact/office",
    "werkcontact/desk",
    "werkcontact/demo",
    "werkcontact/celery.py",
    "werkcontact/schedule.py",
    "werkcontact/embedded",
    "werkcontact/ids.py",
    "werkcontact/access/guardian.py",
)


def only_the_edges_read_the_clock(path: PurePosixPath, text: str) -> Iterator[int]:
    """Today is an argument; only web, jobs' callers and commands know what time it is."""
    if not _in(path, *_MAY_LOOK):
        yield from (call.lineno for call, name in _calls(text) if name in _CLOCK)


def no_business_in_signals(_path: PurePosixPath, text: str) -> Iterator[int]:
    """Nothing happens behind an act's back: no receivers of model signals."""
    for line, name in _imports(text):
        if name.startswith("django.db.models.signals") or name == "django.dispatch.receiver":
            yield line


def no_save_override(path: PurePosixPath, text: str) -> Iterator[int]:
    """Models hold facts: no save(), delete() or clean() of their own."""
    if _in(path, "models", "models.py") or path.name == "models.py":
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete", "clean", "full_clean"}:
                yield node.lineno


def guardian_is_read_through_the_gate(path: PurePosixPath, text: str) -> Iterator[int]:
    """guardian's shortcuts know no moments and no causes; only the dated checker and the base model are used."""
    allowed = {"werkcontact/access/guardian.py", "clients/models/assignments.py"}
    if str(path) not in allowed:
        yield from (line for line, name in _imports(text) if name.partition(".")[0] == "guardian")


def closets_are_called_by_nobody(path: PurePosixPath, text: str) -> Iterator[int]:
    """Web, admin, jobs and commands call acts; acts import none of them."""
    if _in(path, "web", "management", "werkcontact/desk", "werkcontact/demo", "werkcontact/office") or path.name in {
        "apps.py",
        "admin.py",
        "urls.py",
        "schedule.py",
    }:
        return
    for line, name in _imports(text):
        top, _dot, rest = name.partition(".")
        if top in APPS and re.search(r"(^|\.)(web|admin|management)(\.|$)", rest):
            yield line


def letters_leave_through_mail(path: PurePosixPath, text: str) -> Iterator[int]:
    """A letter is rendered by mail, which has its row; nobody renders beside it but who makes copies of documents."""
    allowed = ("werkcontact/mail", "werkcontact/letters", "requests_app", "dossiers")
    if not _in(path, *allowed):
        yield from (line for line, name in _imports(text) if name.startswith("werkcontact.letters.render"))


def no_text_of_markup(_path: PurePosixPath, text: str) -> Iterator[int]:
    """What somebody typed is never markup: no mark_safe in Python."""
    yield from (call.lineno for call, name in _calls(text) if name.rpartition(".")[2] == "mark_safe")


def no_superuser(_path: PurePosixPath, text: str) -> Iterator[int]:
    """There is no bypass: nobody asks for superusers, and nothing skips the gate by a flag."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute) and node.attr == "is_superuser":
            yield node.lineno
        elif isinstance(node, ast.keyword) and node.arg in {"skip_gate", "skip_permission_checks", "bypass"}:
            yield node.value.lineno


def templates_are_plain(_path: PurePosixPath, text: str) -> Iterator[int]:
    """Strict CSP: no inline script, style or handler, nothing unescaped, nothing of another host."""
    bad = re.compile(
        r"\|\s*safe\b|autoescape off|<script(?![^>]*\bsrc=)|<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|https?://", re.I
    )
    for number, line in enumerate(text.splitlines(), 1):
        if bad.search(re.sub(r"xmlns(:\w+)?=\"[^\"]*\"", "", line)):
            yield number


PYTHON: dict[str, Door] = {
    "rows_end_at_the_end": Door(
        rows_end_at_the_end,
        ("dossiers/destruction/steps.py", "Document.objects.filter(dossier=d).delete()"),
        ("dossiers/documents.py", "document.delete()"),
    ),
    "views_ask_no_models": Door(
        views_ask_no_models,
        ("clients/web/views.py", "find(request.actor, 'registration.view', Involvement, pk=pk)"),
        ("clients/web/views.py", "Client.objects.get(pk=pk)"),
    ),
    "only_the_edges_read_the_clock": Door(
        only_the_edges_read_the_clock,
        ("clients/web/views.py", "timezone.now()"),
        ("clients/assignments.py", "timezone.now()"),
    ),
    "no_business_in_signals": Door(
        no_business_in_signals,
        ("clients/apps.py", "from celery.signals import worker_ready"),
        ("clients/apps.py", "from django.db.models.signals import post_save"),
    ),
    "no_save_override": Door(
        no_save_override,
        ("clients/models/people.py", "class A:\n    def open_on(self): ..."),
        ("clients/models/people.py", "class A:\n    def save(self): ..."),
    ),
    "guardian_is_read_through_the_gate": Door(
        guardian_is_read_through_the_gate,
        ("clients/models/assignments.py", "from guardian.models import UserObjectPermissionBase"),
        ("clients/search.py", "from guardian.shortcuts import get_objects_for_user"),
    ),
    "closets_are_called_by_nobody": Door(
        closets_are_called_by_nobody,
        ("werkcontact/urls.py", "from clients.web import urls"),
        ("clients/assignments.py", "from clients.web.forms import AssignForm"),
    ),
    "letters_leave_through_mail": Door(
        letters_leave_through_mail,
        ("werkcontact/mail/letters.py", "from werkcontact.letters.render import render"),
        ("clients/notices.py", "from werkcontact.letters.render import render"),
    ),
    "no_text_of_markup": Door(
        no_text_of_markup,
        ("clients/web/views.py", "format_html('<b>{}</b>', name)"),
        ("clients/web/views.py", "mark_safe(name)"),
    ),
    "no_superuser": Door(
        no_superuser,
        ("clients/access.py", "actor.roles"),
        ("clients/access.py", "if user.is_superuser: pass"),
    ),
}
TEMPLATES: dict[str, Door] = {
    "templates_are_plain": Door(
        templates_are_plain,
        ("templates/base.html", '<script src="{% static "app.js" %}" defer></script>'),
        ("templates/base.html", '<p style="color:red">{{ name|safe }}</p>'),
    ),
}


def python_files() -> Iterator[tuple[PurePosixPath, str]]:
    """Yield every Python file of the product, without its migrations."""
    for app in APPS:
        for file in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in file.parts:
                yield PurePosixPath(file.relative_to(ROOT).as_posix()), file.read_text(encoding="utf-8")


def template_files() -> Iterator[tuple[PurePosixPath, str]]:
    """Yield every template."""
    for file in sorted((ROOT / "templates").rglob("*.html")):
        yield PurePosixPath(file.relative_to(ROOT).as_posix()), file.read_text(encoding="utf-8")
