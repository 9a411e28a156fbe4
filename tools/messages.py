"""Dutch for every English sentence: merges locale/parts/*.po into one catalogue and compiles it, in pure Python.

`python -m tools.messages` writes locale/nl/LC_MESSAGES/django.po, kept in git, and its .mo, which is not. `--check`
writes nothing and fails when a sentence in the source has no Dutch or the catalogue is not what the parts say.
Both fail when two parts translate a sentence differently, or when placeholders differ between a sentence and its Dutch.
A part may also translate what a library leaves in English.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from tools.mo import compile_messages

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("werkcontact", "clients", "dossiers", "requests_app", "templates")
WITH_CONTEXT = ("pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy")
WITHOUT_CONTEXT = ("_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy")
HEADER = "# Made by tools/messages.py from locale/parts/*.po; edit those."

Key: TypeAlias = tuple[str, str | None]  # msgid (of a plural: its singular), context


def merge(parts: list[Path]) -> tuple[Catalog, list[str]]:
    """One catalogue of all parts, sorted by msgid, and what is wrong: a msgid with two different translations."""
    seen: dict[Key, tuple[Message, Path]] = {}
    wrong = []
    for part in sorted(parts):
        for message in _read(part):
            key = key_of(message)
            known = seen.get(key)
            if known and (known[0].string, known[0].id) != (message.string, message.id):
                wrong.append(f"{key[0]!r} is translated differently in {known[1].name} and {part.name}")
            seen.setdefault(key, (message, part))
    catalog = Catalog(locale="nl", project="werkcontact", fuzzy=False, header_comment=HEADER)
    for _, (message, _part) in sorted(seen.items(), key=lambda item: (item[0][0], item[0][1] or "")):
        catalog.add(message.id, message.string, context=message.context, flags=message.flags)
    return catalog, wrong


def key_of(message: Message) -> Key:
    """By what a message is found: the singular of a plural, and its context."""
    return (message.id[0] if isinstance(message.id, (tuple, list)) else message.id, message.context)


def extract(root: Path) -> dict[Key, str]:
    """Every msgid of the Python and template sources, with the first place it stands."""
    found: dict[Key, str] = {}
    for path in _source_files(root):
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".html":
            # What is left of a template is read as Python; its indents mean nothing there.
            text = "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())
        keywords = dict.fromkeys(WITHOUT_CONTEXT + WITH_CONTEXT)
        for line, function, messages, _comments in extract_python(io.BytesIO(text.encode()), keywords, [], {}):
            key = _key(function, messages)
            if key:
                found.setdefault(key, f"{path.relative_to(root)}:{line}")
    return found


def po_text(catalog: Catalog) -> bytes:
    """The catalogue as PO text, the same for the same parts: no dates, no places, no line wrapping."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=0, omit_header=True)
    header = (
        f'{HEADER}\nmsgid ""\nmsgstr ""\n"Language: nl\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    )
    return header.encode() + buffer.getvalue().lstrip()


def missing(catalog: Catalog, used: dict[Key, str]) -> list[str]:
    """What the source says and no part translates."""
    known = {key_of(message) for message in catalog if message.id and _is_translated(message)}
    return [f"{place}: {key[0]!r} has no Dutch" for key, place in sorted(used.items(), key=str) if key not in known]


def misplaced(catalog: Catalog) -> list[str]:
    """Translations that leave out or invent a placeholder; a plural's forms may leave out, never invent."""
    wrong = []
    for message in catalog:
        given, said = _placeholders(message.id), _placeholders(message.string)
        if message.string and (said - given or (isinstance(message.id, str) and given - said)):
            wrong.append(f"{key_of(message)[0]!r} has other placeholders in Dutch")
    return wrong


def main(arguments: list[str] | None = None) -> int:
    """Write the catalogue, or with --check only compare; 1 when something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail when a sentence has no Dutch")
    options = parser.parse_args(arguments)
    catalog, wrong = merge(list((ROOT / "locale" / "parts").glob("*.po")))
    wrong += misplaced(catalog)
    target = ROOT / "locale" / "nl" / "LC_MESSAGES" / "django.po"
    if options.check:
        wrong += missing(catalog, extract(ROOT))
        if not target.exists() or target.read_bytes() != po_text(catalog):
            wrong.append(f"{target.relative_to(ROOT)} is not what locale/parts say: run make messages")
    elif not wrong:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(po_text(catalog))
        compile_messages(ROOT / "locale")
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


def _read(part: Path) -> Iterator[Message]:
    with part.open("rb") as file:
        catalog = read_po(file, locale="nl", charset="utf-8")
    return (message for message in catalog if message.id)


def _source_files(root: Path) -> Iterator[Path]:
    for source in SOURCES:
        for suffix in ("*.py", "*.html"):
            yield from (path for path in sorted((root / source).rglob(suffix)) if "migrations" not in path.parts)


def _key(function: object, messages: object) -> Key | None:
    """The first argument of a call, or the second where the first is a context; calls with variables give none."""
    words = list(messages) if isinstance(messages, (tuple, list)) else [messages]
    context = str(words.pop(0)) if function in WITH_CONTEXT and words else None
    return (words[0], context) if words and isinstance(words[0], str) and words[0] else None


def _placeholders(words: str | list[str] | tuple[str, ...] | None) -> set[str]:
    text = words if isinstance(words, str) else " ".join(words or ())
    return set(re.findall(r"%\((\w+)\)[sd]", text))


def _is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    ids = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
    return "fuzzy" not in message.flags and all(strings) and (len(strings) >= 2 or len(ids) == 1)


if __name__ == "__main__":
    if not settings.configured:
        settings.configure(USE_I18N=True)
    sys.exit(main())
