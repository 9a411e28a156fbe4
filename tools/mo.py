"""Compile the translations: .mo files are made where they are used, with Babel, since a fresh machine has no msgfmt."""

from __future__ import annotations

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_messages(locale: Path) -> int:
    """Compile each .po below the folder that is newer than its .mo; return how many were."""
    done = 0
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        with source.open("rb") as file:
            catalog = read_po(file, locale=source.parent.parent.name)
        making = target.with_name(f"{target.name}.{os.getpid()}")
        with making.open("wb") as file:
            write_mo(file, catalog)
        making.replace(target)
        done += 1
    return done


if __name__ == "__main__":
    compile_messages(Path(__file__).resolve().parent.parent / "locale")
