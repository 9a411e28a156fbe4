"""The icons of static/icons.svg by name; a word always stands beside them."""

from __future__ import annotations

from typing import Literal, get_args

IconName = Literal[
    "ok",
    "no",
    "clock",
    "pause",
    "open",
    "help",
    "info",
    "warning",
    "plus",
    "lock",
    "eye",
    "search",
    "person",
    "down",
    "document",
    "refresh",
    "bolt",
    "mail",
    "key",
    "archive",
    "calendar",
    "send",
    "pencil",
    "tick",
    "right",
    "left",
    "talk",
    "heart",
    "phone",
    "list",
]
ICONS: frozenset[str] = frozenset(get_args(IconName))
