from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404


class Absent(Http404):
    """There is no such record, or not for this person: the same answer, byte for byte."""


@dataclass(frozen=True)
class PurposeChoice:
    """A purpose that somebody may state: a code of the rulebook, or a running request or complaint by its number."""

    code: str
    title: str


class PurposeNeeded(Exception):  # noqa: N818 - a question, not an error
    """Allowed after saying "waarvoor?"; the answer holds for `scope` (a record or a list) for an hour."""

    def __init__(self, scope: str, choices: Sequence[PurposeChoice]) -> None:
        super().__init__(scope)
        self.scope = scope
        self.choices = tuple(choices)
