"""Art. 11: whoever is registered is told so within four weeks: the notice, its clock, and the ways in which it ends.

It ends by a letter that was sent, by being told in another form (11.2), by being known already (11.1.a), or by an
exception that the directie decides (`notice_exceptions`). Print runs are `notice_runs`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from clients.models import Notice
from werkcontact.access import Actor
from werkcontact.law.holidays import Calendar
from werkcontact.law.rules import Rules
from werkcontact.law.terms import notice_due

BATCH = 2_000


@dataclass(frozen=True)
class SentLetter:
    """A notice that went out: whose, the letter's row and bytes, its Amsterdam date, and the fields that it prints."""

    involvement: UUID
    letter: UUID
    pdf: bytes
    on: date
    field_paths: tuple[str, ...]


Filer = Callable[[Actor, SentLetter], None]
Numbers = Callable[[Collection[UUID]], Mapping[UUID, str]]
_filers: list[Filer] = []
_numbers: list[Numbers] = []


def on_sent(filer: Filer) -> None:
    """Register the one subscriber (the dossier) that files a letter that went out, in the same transaction."""
    if _filers:
        raise ValueError("notices have one subscriber")
    _filers.append(filer)


def numbers_from(numbers: Numbers) -> None:
    """Register the one who knows the numbers of the dossiers of involvements: the reference in our letters."""
    if _numbers:
        raise ValueError("dossiers have one register of numbers")
    _numbers.append(numbers)


def register_many(involvements: Sequence[UUID], registered_on: date, rules: Rules, calendar: Calendar) -> None:
    """Start the clock of many notices, in the act that registers: one deadline for all, rows in bulk.

    `registered_on` is the Amsterdam date of first registration. The end is not rolled unless the rulebook says so;
    `work_by_on` is the last working day on or before it.
    """
    due = notice_due(registered_on, rules, calendar)
    Notice.objects.bulk_create(
        [
            Notice(
                involvement_id=involvement,
                registered_on=registered_on,
                due_on=due.rolled,
                work_by_on=due.work_by,
            )
            for involvement in involvements
        ],
        batch_size=BATCH,
    )
