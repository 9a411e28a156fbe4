"""Runs typst: small documents here, large ones in a process of their own.

typst keeps what it laid out for the last ten documents of a process: after six print runs of 300 letters that was
2.4 GB, and names and addresses stay in it. In a child it is gone with the child; a crash or a document that does not
end takes no worker along. One letter costs 10 ms here and would cost 100 ms there.

This file imports nothing of the house, since the child runs it by itself.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import typst

TEMPLATES = Path(__file__).resolve().parent / "templates"
SMALL = 100_000  # characters of data
SECONDS = 120


def compile_pdf(template: str, inputs: dict[str, str], *, timestamp: int = 0) -> bytes | None:
    """Return the PDF, or None when typst cannot make it (its words may quote the letter, so they go nowhere)."""
    if sum(len(text) for text in inputs.values()) <= SMALL:
        return _here(template, inputs, timestamp)
    try:
        child = subprocess.run(  # noqa: S603 - our own interpreter, our own file
            [sys.executable, "-I", __file__],
            input=json.dumps([template, inputs, timestamp]).encode(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    return child.stdout if child.returncode == 0 else None


def _here(template: str, inputs: dict[str, str], timestamp: int) -> bytes | None:
    try:
        return bytes(
            typst.compile(
                str(TEMPLATES / template),
                root=str(TEMPLATES),
                sys_inputs=inputs,
                pdf_standards=["ua-1", "a-2a"],
                ignore_system_fonts=True,
                format="pdf",
                timestamp=timestamp,
            )
        )
    except typst.TypstError:
        return None


def _child() -> int:
    pdf = _here(*json.load(sys.stdin))
    sys.stdout.buffer.write(pdf or b"")
    return 0 if pdf else 1


if __name__ == "__main__":
    sys.exit(_child())
