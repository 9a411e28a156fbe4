"""Art. 9, 16: every URL names its act. `@screen` only marks a view; the middleware acts on the mark."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.checks import CheckMessage, Error, Tags
from django.core.checks import register as register_check
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, get_resolver

if TYPE_CHECKING:
    from werkcontact.access.actor import Actor
    from werkcontact.staff.models import Staff

V = TypeVar("V", bound=Callable[..., Any])
Pattern = URLPattern | URLResolver


@dataclass(frozen=True)
class Screen:
    """What a view is for: the act it stands for, the purpose that goes with it, how the log calls it.

    `open_to_all` is for signing in, static files, health and error pages; `logged` is False for health alone.
    """

    act: str
    purpose: str = ""
    kind: str = "read"
    open_to_all: bool = False
    logged: bool = True


class StaffRequest(HttpRequest):
    """A request of somebody who is signed in, as views see it."""

    user: Staff
    actor: Actor
    today: date


def screen(
    act: str, *, purpose: str = "", kind: str = "read", open_to_all: bool = False, logged: bool = True
) -> Callable[[V], V]:
    """Mark a view with its act."""

    def mark(view: V) -> V:
        view.screen = Screen(act, purpose, kind, open_to_all, logged)  # type: ignore[attr-defined]
        return view

    return mark


def screen_of(view: Any) -> Screen | None:
    """Return the mark of a view."""
    found = getattr(view, "screen", None)
    return found if isinstance(found, Screen) else None


def only(patterns: Iterable[Pattern], named: Mapping[str, Screen]) -> list[Pattern]:
    """Keep of another package's URLs those that are named, each under its screen; fail on a name that is not there.

    The rest is dropped: it answers 404.
    """
    missing = set(named)
    kept = list(_keep(patterns, named, missing))
    if missing:
        raise ValueError(f"no such URL names: {', '.join(sorted(missing))}")
    return kept


def _keep(patterns: Iterable[Pattern], named: Mapping[str, Screen], missing: set[str]) -> Iterable[Pattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = list(_keep(pattern.url_patterns, named, missing))
            if inner:
                yield URLResolver(pattern.pattern, inner, pattern.default_kwargs, pattern.app_name, pattern.namespace)
        elif pattern.name and pattern.name in named:
            missing.discard(pattern.name)
            yield URLPattern(
                pattern.pattern, _marked(pattern.callback, named[pattern.name]), pattern.default_args, pattern.name
            )


def _marked(view: Callable[..., Any], mark: Screen) -> Callable[..., Any]:
    @functools.wraps(view)
    def marked(*args: Any, **kwargs: Any) -> Any:
        return view(*args, **kwargs)

    marked.screen = mark  # type: ignore[attr-defined]
    return marked


def views(patterns: Iterable[Pattern] | None = None, prefix: str = "") -> Iterable[tuple[str, Callable[..., Any]]]:
    """Yield (route, view) of every URL there is."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, route)
        else:
            yield route, pattern.callback


@register_check(Tags.urls)
def every_url_names_its_act(**_kwargs: Any) -> list[CheckMessage]:
    """Refuse a URL whose view carries no screen."""
    return [
        Error(f"The view of {route!r} names no act.", hint="Mark it with @screen(...).", id="access.E001")
        for route, view in views()
        if screen_of(view) is None
    ]
