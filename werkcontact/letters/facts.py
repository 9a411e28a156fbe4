"""Facts of a letter, checked against its schema and made ready to print: a missing fact is an error, never a gap.

Facts may come straight from an act or back from the JSON in which an outgoing letter keeps them, so a date may be a
`date` or its ISO text. Errors name the paths of the facts ("items[3].ground"), never what stands in them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Annotated, Any, Literal, NotRequired, get_args, get_origin, get_type_hints, is_typeddict
from zoneinfo import ZoneInfo

from werkcontact.letters.signs import Signs

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
FILLED = "filled"  # Annotated[list[...], FILLED]: a list that may not be empty

_MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
_DAYS = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]


class FactsWrong(ValueError):  # noqa: N818 - like Refused, it is named after what happened
    """Facts are missing, unknown or of the wrong kind. The text names the letter and the paths, no values."""

    def __init__(self, letter: str, faults: list[str]) -> None:
        super().__init__(f"letter {letter}: {'; '.join(faults)}")
        self.faults = faults


def prepare(letter: str, schema: type, facts: Mapping[str, object], signs: Signs) -> dict[str, object]:
    """Return the facts as plain JSON data for the template; raise `FactsWrong` naming every fault."""
    check = _Check(signs)
    data = check.mapping(schema, facts, "")
    if check.faults:
        raise FactsWrong(letter, check.faults)
    return data


def day(value: dt.date) -> dict[str, str]:
    """Return a date as letters print it: 24 november 2026, 24-11-2026, dinsdag 24 november 2026."""
    words = f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    return {"long": words, "short": f"{value:%d-%m-%Y}", "weekday": f"{_DAYS[value.weekday()]} {words}"}


def moment(value: dt.datetime) -> dict[str, str]:
    """Return an aware moment as letters print it, in the time of Amsterdam."""
    local = value.astimezone(AMSTERDAM)
    return {"short": f"{local:%d-%m-%Y}", "clock": f"{local:%H:%M}"}


class _Check:
    def __init__(self, signs: Signs) -> None:
        self.faults: list[str] = []
        self._signs = signs

    def mapping(self, schema: type, facts: object, path: str) -> dict[str, object]:
        if not isinstance(facts, Mapping):
            self.faults.append(f"{path or 'facts'} must be a mapping")
            return {}
        hints = _hints(schema)
        here = f"{path}." if path else ""
        self.faults += [f"{here}{name} is unknown" for name in facts if name not in hints]
        data: dict[str, object] = {}
        for name, (hint, required) in hints.items():
            value = facts.get(name)
            if value is not None:
                data[name] = self.value(hint, value, f"{here}{name}")
            elif required:
                self.faults.append(f"{here}{name} is missing")
        return data

    def value(self, hint: Any, value: object, path: str) -> object:
        if is_typeddict(hint):
            return self.mapping(hint, value, path)
        origin = get_origin(hint)
        if origin is Annotated:
            if value == [] or value == ():
                self.faults.append(f"{path} is empty")
            return self.value(get_args(hint)[0], value, path)
        if origin is list:
            return self._list(get_args(hint)[0], value, path)
        if origin is Literal:
            return self._known(value in get_args(hint), value, path)
        return self._plain(hint, value, path)

    def _list(self, hint: Any, value: object, path: str) -> list[object]:
        if not isinstance(value, list | tuple):
            self.faults.append(f"{path} must be a list")
            return []
        return [self.value(hint, item, f"{path}[{number}]") for number, item in enumerate(value)]

    def _plain(self, hint: type, value: object, path: str) -> object:
        if hint is str:
            return self._text(value, path)
        if hint is int or hint is bool:
            return self._known(type(value) is hint, value, path)
        try:
            return _PRINTED[hint](value)
        except (TypeError, ValueError):
            return self._known(ok=False, value=None, path=path)

    def _text(self, value: object, path: str) -> str:
        if not isinstance(value, str):
            self.faults.append(f"{path} must be text")
            return ""
        if not value.strip():
            self.faults.append(f"{path} is empty")
        return self._signs.clean(value)

    def _known(self, ok: bool, value: object, path: str) -> object:  # noqa: FBT001 - a verdict passed on
        if not ok:
            self.faults.append(f"{path} is of the wrong kind")
        return value


def _day(value: object) -> dict[str, str]:
    if isinstance(value, str):
        value = dt.date.fromisoformat(value)
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        raise TypeError
    return day(value)


def _moment(value: object) -> dict[str, str]:
    if isinstance(value, str):
        value = dt.datetime.fromisoformat(value)
    if not isinstance(value, dt.datetime) or value.tzinfo is None:
        raise TypeError
    return moment(value)


_PRINTED: dict[type, Callable[[object], dict[str, str]]] = {dt.date: _day, dt.datetime: _moment}


@lru_cache(maxsize=64)
def _hints(schema: type) -> dict[str, tuple[Any, bool]]:
    """Return each fact's type and whether it must be there (`__required_keys__` errs under postponed annotations)."""
    found: dict[str, tuple[Any, bool]] = {}
    for name, hint in get_type_hints(schema, include_extras=True).items():
        optional = get_origin(hint) is NotRequired
        found[name] = (get_args(hint)[0] if optional else hint, not optional)
    return found
