"""Writes docs/articles.md: each article of the reglement, the modules, screens and tests that carry it out.

It reads the first docstring line of modules and views ("Art. 7, 6.4: ...") and the names of tests (`test_art07_...`),
so the page cannot rot: `--check` fails when it differs from what the code says.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "articles.md"
APPS = ("werkcontact", "clients", "dossiers", "requests_app")
TITLES = {
    1: "Begripsbepalingen",
    2: "Taken van de houder",
    3: "Doel en gebruik van de registratie",
    4: "De geregistreerden",
    5: "Opname van persoonsgegevens",
    6: "Verwijdering, vernietiging en bewaartermijnen",
    7: "Verstrekken van gegevens aan derden",
    8: "Onderzoek en statistiek",
    9: "Toegang tot de cliëntenregistratie",
    10: "Verbanden met andere persoonsregistraties",
    11: "Opname in de registratie",
    12: "Procedure bij kennisneming, inzage en correctie",
    13: "Kennisneming, inzage en afschrift",
    14: "Recht op correctie",
    15: "Mededelingen over verstrekkingen aan derden",
    16: "Hoofdlijnen beheer",
    17: "Klachten",
    18: "(UWV) cliënten",
    19: "Slotbepaling",
}
# What no module can carry out: words, and the wires between offices.
ELSEWHERE = {
    1: "docs: the names of docs/architecture.md and the models",
    10: "not yet: a register of systems and links",
}
_LINE = re.compile(r"^Art\. ([0-9][^:]*):")


def articles_in(docstring: str | None) -> set[int]:
    """Return the articles of the reglement that a first docstring line names; the AVG's are none of them."""
    match = _LINE.match(docstring or "")
    if not match:
        return set()
    named = re.split(r",| and |;", match.group(1))
    return {int(number) for part in named if (number := part.strip().partition(".")[0]).isdigit()}


def modules() -> Iterator[tuple[Path, ast.Module]]:
    """Yield every module of the product."""
    for app in APPS:
        for file in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in file.parts:
                yield file.relative_to(ROOT), ast.parse(file.read_text(encoding="utf-8"))


def screens_of(tree: ast.Module) -> Iterator[tuple[str, str | None]]:
    """Yield (act, docstring) of each view in a module."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            for decorator in node.decorator_list:
                if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "screen":
                    yield ast.literal_eval(decorator.args[0]), ast.get_docstring(node)


def tests_of(article: int) -> list[str]:
    """Return the tests that are named after an article."""
    found = []
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        found += [
            node.name.removeprefix("test_").replace("_", " ")
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            if isinstance(node, ast.FunctionDef) and re.match(rf"test_art0?{article}(?![0-9])", node.name)
        ]
    return found


def page() -> str:
    """Return the page as the code has it now."""
    by_module: dict[int, list[str]] = defaultdict(list)
    by_screen: dict[int, set[str]] = defaultdict(set)
    for path, tree in modules():
        doc = ast.get_docstring(tree)
        named = articles_in(doc)
        for article in named:
            by_module[article].append(f"`{path}`")
        for act, view_doc in screens_of(tree):
            for article in articles_in(view_doc) or named:
                by_screen[article].add(f"`{act}`")
    lines = [
        "# Where each article lives",
        "",
        "Made by `python -m tools.articles` from the first docstring lines of modules and views and from test names.",
        "",
    ]
    for article, title in TITLES.items():
        lines += [f"## Art. {article}. {title}", ""]
        tests = tests_of(article)
        if not by_module[article]:
            lines += [ELSEWHERE.get(article, "Not yet."), ""]
            continue
        lines += [f"- Modules: {', '.join(by_module[article])}"]
        if by_screen[article]:
            lines += [f"- Screens: {', '.join(sorted(by_screen[article]))}"]
        lines += [f"- Promised: {test}" for test in tests] or ["- No test is named after it yet."]
        lines += [""]
    return "\n".join(lines)


def main() -> None:
    """Write the page, or with --check say whether it is what the code says."""
    made = page()
    if "--check" in sys.argv:
        if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != made:
            sys.exit("docs/articles.md is not what the code says; run: python -m tools.articles")
        return
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(made, encoding="utf-8")


if __name__ == "__main__":
    main()
