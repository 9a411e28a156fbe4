"""Art. 4 and 5.1: what a row of a delivery means beside what is registered for that principal.

A field whose source is a correction (art. 14) is never overwritten, only shown beside it. Standard library only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from clients.delivery.check import CellError, CheckedRow
from clients.delivery.fields import FIELDS, Fields, Value
from clients.names import PersonName, fold, initials

Kind = Literal["new", "known", "changed", "doubtful", "wrong"]
REFERENCE_USED = CellError("", "reference_used")
REFERENCE_OF_ANOTHER = CellError("", "reference_of_another")
_WHO = ("bsn", "surname", "birth")


@dataclass(frozen=True)
class Known:
    """What this principal's registration says, in the normalised form, and which of its fields were corrected."""

    fields: Fields
    corrected: frozenset[str] = frozenset()


@dataclass(frozen=True)
class FieldChange:
    """A field that differs. `kept_because_corrected`: the old value stays, the new one is only shown."""

    field: str
    old: Value
    new: Value
    kept_because_corrected: bool = False


@dataclass(frozen=True)
class Verdict:
    """What applying the row would do. `changes` in the order of FIELDS; `errors` why it is wrong."""

    kind: Kind
    changes: tuple[FieldChange, ...] = ()
    errors: tuple[CellError, ...] = ()

    @property
    def to_write(self) -> Mapping[str, Value]:
        """The fields that applying writes, with their new value."""
        return {change.field: change.new for change in self.changes if not change.kept_because_corrected}


def verdict(row: CheckedRow, known: Known | None, *, same_person: bool, reference_closed: bool) -> Verdict:
    """Judge one row.

    `known` is the registration under this reference of this principal; `same_person`: somebody with the same
    `person_key` stands under another reference and BSN of this principal; `reference_closed`: the reference was used
    for an involvement that has ended. A row that is only shown beside corrections is known: it changes nothing.
    """
    if row.is_wrong:
        return Verdict("wrong", errors=row.errors)
    if reference_closed:
        return Verdict("wrong", errors=(REFERENCE_USED,))
    if known is None:
        return Verdict("doubtful" if same_person else "new")
    if _is_somebody_else(known, row):
        return Verdict("wrong", errors=(REFERENCE_OF_ANOTHER,))
    changes = tuple(
        FieldChange(spec.name, known.fields.get(spec.name), row.fields[spec.name], spec.name in known.corrected)
        for spec in FIELDS
        if spec.name in row.fields and _differs(known.fields.get(spec.name), row.fields[spec.name])
    )
    return Verdict("changed" if any(not change.kept_because_corrected for change in changes) else "known", changes)


def person_key(fields: Fields) -> tuple[str, str, str]:
    """What two registrations of one person have in common: folded surname with prefix, initials, birth date."""

    def text(name: str) -> str:
        return str(fields.get(name) or "")

    name = PersonName(first_names=text("first_names"))
    return fold(f"{text('prefix')} {text('surname')}"), fold(initials(name)), text("birth")


def _differs(old: Value, new: Value) -> bool:
    """Whether a delivered value is news. An empty code (None) says nothing; nothing and empty text are the same."""
    return new is not None and (old if old is not None else "") != new


def _is_somebody_else(known: Known, row: CheckedRow) -> bool:
    """A reference that now comes with another BSN, surname and birth date: writing it would mix up two people.

    Where all three were corrected, nothing of them is written, and a principal that does not know it says no other.
    """
    return not known.corrected.issuperset(_WHO) and all(
        row.fields.get(name) and _differs(known.fields.get(name), row.fields[name]) for name in _WHO
    )
