"""Art. 9: a URL without an act fails, and what is open to everybody is named here one by one."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, get_resolver, include, path
from django.urls.resolvers import URLResolver

from werkcontact.access.screens import Screen, every_url_names_its_act, only, screen_of, views

OPEN = {
    "health",
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
}


def named(patterns: list[Any] | None = None) -> list[tuple[str, Screen]]:
    found = []
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            found += named(pattern.url_patterns)
        else:
            mark = screen_of(pattern.callback)
            assert mark is not None
            found.append((pattern.name or "", mark))
    return found


def test_only_signing_in_and_health_are_open_to_everybody() -> None:
    assert {name for name, mark in named() if mark.open_to_all} == OPEN
    assert {name for name, mark in named() if not mark.logged} == {"health"}


def nobodys(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


class _Urls:
    urlpatterns = [path("binnen/", include([path("niemand/", nobodys)]))]


def test_a_url_without_an_act_fails_the_check(settings: Any) -> None:
    assert every_url_names_its_act() == []
    settings.ROOT_URLCONF = _Urls
    assert [error.id for error in every_url_names_its_act()] == ["access.E001"]
    assert [route for route, _view in views()] == ["binnen/niemand/"]


def test_of_another_package_only_what_is_named_is_left() -> None:
    patterns: list[URLPattern | URLResolver] = [path("a/", nobodys, name="a"), path("b/", nobodys, name="b")]
    (kept,) = only(patterns, {"a": Screen("home.view")})
    assert kept.name == "a"  # type: ignore[union-attr]
    with pytest.raises(ValueError, match="no such URL names: c"):
        only(patterns, {"c": Screen("home.view")})
