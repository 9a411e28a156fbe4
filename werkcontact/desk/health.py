"""Health, for the supervisor and a watcher: a word per part, and no data."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.core.cache import cache
from django.db import Error, connections
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from werkcontact.access import screen
from werkcontact.access.actor import AMSTERDAM
from werkcontact.access.partitions import months_ahead

HEARTBEAT_SECONDS = 45
MONTHS_NEEDED = 2


@screen("health", open_to_all=True, logged=False)
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 when every part answers, else 503; heartbeats count only when younger than `since` (epoch seconds)."""
    since = _number(request.GET.get("since", "0"))
    answers = parts(since)
    words = {part: "ok" if well else "away" for part, well in answers.items()}
    return JsonResponse({**words, "since": since}, status=200 if all(answers.values()) else 503)


def parts(since: float = 0) -> dict[str, bool]:
    """Ask every part whether it answers."""
    oldest = max(since, time.time() - HEARTBEAT_SECONDS)
    return {
        "database": _answers(lambda: _select("default")),
        "keys": _answers(lambda: _select("keys")),
        "log": _answers(lambda: months_ahead(timezone.now().astimezone(AMSTERDAM).date()) >= MONTHS_NEEDED),
        "worker": _answers(lambda: _beats("worker", oldest)),
        "beat": _answers(lambda: _beats("beat", oldest)),
    }


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _answers(ask: Callable[[], bool]) -> bool:
    try:
        return ask()
    except (Error, RedisError, OSError):
        return False


def _select(alias: str) -> bool:
    with connections[alias].cursor() as cursor:
        cursor.execute("select 1")
    return True


def _beats(part: str, oldest: float) -> bool:
    seen = cache.get(f"seen:{part}")
    return seen is not None and float(seen) >= oldest
