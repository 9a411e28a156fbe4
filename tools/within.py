"""`python -m tools.within manage.py ...`: run a command in the environment of the house that `make run` holds."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> NoReturn:
    """Become the command, with the application's role and the running house's servers."""
    note = Path(os.environ.get("VAR_DIR") or ROOT / "var") / "environment.json"
    if not note.exists():
        sys.exit("Start the house first, in another terminal: make run")
    os.chdir(ROOT)
    os.execve(sys.executable, [sys.executable, *arguments], {**os.environ, **json.loads(note.read_text())})  # noqa: S606


if __name__ == "__main__":
    main(sys.argv[1:])
