"""Asking the running house how it is, as a load balancer would."""

from __future__ import annotations

import urllib.error
import urllib.request
from dataclasses import dataclass

_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # never through a proxy to ourselves


@dataclass(frozen=True)
class Health:
    """The answer of /gezondheid: whether all is well, and a word for each part."""

    well: bool
    words: str


def ask(port: int, since: int) -> Health:
    """Ask; `since` (epoch seconds) refuses heartbeats of an earlier run, which outlive it in Valkey."""
    try:
        with _OPENER.open(f"http://localhost:{port}/gezondheid?since={since}", timeout=5) as answer:
            return Health(well=answer.status == 200, words=answer.read().decode(errors="replace"))
    except urllib.error.HTTPError as refusal:
        return Health(well=False, words=refusal.read().decode(errors="replace"))
    except OSError as error:
        return Health(well=False, words=f"web: {error}")
