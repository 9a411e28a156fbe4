"""The frozen rows that each app's worklist.py gives, and `werkcontact.desk` merges: work, deadlines, decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from werkcontact.ui.components import Part, Text
from werkcontact.ui.icons import IconName


@dataclass(frozen=True)
class Work:
    """One thing somebody must do, for "Vandaag": what, by when, about whom, and where it is done.

    `kind` groups it in the filter (`label` is its plural there); `work_by_on` None stands at the end of the list.
    "Late" is said after `binding_on`, the last day itself; without one the work-by date is the last day.
    `subjects` are the ids for the access log (`access.ids_of`) of whom the row is about; none where it only counts.
    """

    kind: str
    label: Text
    icon: IconName
    title: Text
    url: str
    work_by_on: date | None
    who: Text = ""
    who_meta: tuple[Part, ...] = ()
    meta: tuple[Part, ...] = ()
    binding_on: date | None = None
    subjects: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Due:
    """One deadline that is open, for the reminders of the night: ids and dates, never names.

    `staff` are those who must be told; empty means nobody has it yet, and then `role` is told.
    """

    kind: Literal["notice", "request"]
    subject: UUID
    work_by_on: date
    binding_on: date
    staff: tuple[UUID, ...]
    role: Literal["intake", "directie"]


@dataclass(frozen=True)
class Waiting:
    """Something that waits for somebody's decision, for the desk of the directie: a number, never a name.

    `subjects` as those of Work.
    """

    kind: str
    title: Text
    number: str
    url: str
    since: date
    work_by_on: date | None
    subjects: tuple[UUID, ...] = ()
