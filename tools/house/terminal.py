"""What the supervisor says; a closed window must not end it halfway its stopping."""

from __future__ import annotations

import contextlib


def say(text: str) -> None:
    """Print, if there is still somebody to print to."""
    with contextlib.suppress(OSError):
        print(text, flush=True)
