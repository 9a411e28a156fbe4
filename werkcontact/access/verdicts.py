"""The words of the access table, and the three kinds of line it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Verdict = Literal["yes", "second", "purpose", "refused", "glass", "no", "signin"]
State = Literal["none", "registered", "shielded", "archived", "destroyed"]

# Somebody with several ties or appointments gets the widest answer of those that apply.
WIDEST: tuple[Verdict, ...] = get_args(Verdict)

RELATIONS = ("assigned", "formerly", "stranger")
COLUMNS = (
    *RELATIONS,
    "lead",
    "intake",
    "requests",
    "archivist",
    "disputes",
    "research",
    "officer",
    "directie",
    "auditor_in",
    "auditor_out",
    "technical",
)
ANONYMOUS = "anonymous"

# Who may know that a registered client exists hears "refused"; for anybody else there is no such record.
_KNOW_OF_A_CLIENT = frozenset(
    ["assigned", "lead", "intake", "requests", "disputes", "officer", "directie", "auditor_in"]
)


@dataclass(frozen=True)
class Line:
    """One act on a record in one state: the verdict of each column."""

    act: str
    state: State
    verdicts: Mapping[str, Verdict]


def _line(act: str, state: State, base: Mapping[str, Verdict], words: Mapping[str, str]) -> Line:
    verdicts = dict(base)
    for verdict, columns in words.items():
        assert verdict in WIDEST  # noqa: S101 - a mistake of ours in the table, at import
        for column in COLUMNS if columns == "all" else columns.split():
            assert column in verdicts  # noqa: S101
            verdicts[column] = verdict
    return Line(act, state, verdicts)


def client(act: str, **words: str) -> Line:
    """A registered client's record: who may know of it is refused, for others it does not exist, but as named."""
    base: dict[str, Verdict] = {c: "refused" if c in _KNOW_OF_A_CLIENT else "no" for c in COLUMNS}
    return _line(act, "registered", base, words)


def hidden(act: str, state: State, **words: str) -> Line:
    """A shielded, archived or destroyed record: it does not exist, but for those named."""
    return _line(act, state, dict.fromkeys(COLUMNS, "no"), words)


def house(act: str, **words: str) -> Line:
    """An act on no client's record: refused, but for those named."""
    return _line(act, "none", dict.fromkeys(COLUMNS, "refused"), words)
