"""Art. 4, 5.1, 14, 18: the rows of a delivery beside what is registered for that principal: one query per question.

Only what this principal delivered is looked at. A reference that it used before is that involvement. A new reference
with the BSN of somebody whom it registered, in an involvement that is open, is a further trajectory of that
involvement; the other fields are then compared as for a known reference. A surrogate character, sealed as JSON, never
gets here: such a cell is wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import connection

from clients.birth import BirthDate
from clients.delivery.check import CellError, CheckedRow
from clients.delivery.compare import Known, Verdict, person_key, verdict
from clients.delivery.fields import FIELDS, Fields, Value
from clients.delivery.staging import Staged
from clients.involvements import reference_indexes
from clients.models import Principal, Registration, StagedRow, Trajectory, UsedReference
from clients.registered import OF_TRAJECTORY, bsn_indexes, bsns_of, corrected, value_of

_REGISTERED = tuple(spec.name for spec in FIELDS if spec.target != "trajectory" and spec.name != "bsn")
_OF_COMMISSION = ("reference", *OF_TRAJECTORY)
OUTCOMES = ("new", "changed", "known", "left_out", "rejected")


@dataclass(frozen=True)
class Judged:
    """What applying a row would do, and to whom. `trajectory` None with an involvement: a further one is added.

    `fields` are what is written; `alike` are those whose name and birth date make the row doubtful.
    """

    row: Staged
    verdict: Verdict
    fields: Fields
    involvement: UUID | None = None
    trajectory: UUID | None = None
    alike: tuple[UUID, ...] = ()

    @property
    def outcome(self) -> str:
        """What applying does with the row, as things stand: one of OUTCOMES."""
        if self.row.is_left_out:
            return "left_out"
        if self.verdict.kind == "doubtful":
            return "new" if self.row.choice == StagedRow.Choice.OTHER else "rejected"
        return "rejected" if self.verdict.kind == "wrong" else self.verdict.kind


@dataclass(frozen=True)
class _Found:
    """A registration of this principal that a row is about."""

    registration: Registration
    trajectory: Trajectory | None

    def known(self, fields: Fields, bsns: Mapping[UUID, str]) -> Known:
        said: dict[str, Value] = {name: value_of(self.registration, name) for name in _REGISTERED if name in fields}
        said["bsn"] = bsns.get(self.registration.pk, "")
        one = self.trajectory
        said["reference"] = one.reference if one else ""
        said["service"] = one.service.name if one and one.service else ""
        said["starts_on"] = one.starts_on.isoformat() if one and one.starts_on else ""
        said["planned_end"] = one.planned_end.isoformat() if one and one.planned_end else ""
        return Known(said, corrected(self.registration.sources, one.pk if one else None))


def judge(principal: Principal, delivery: UUID, rows: Sequence[Staged], *, lock: bool = False) -> list[Judged]:
    """Judge rows beside the register as it is now; with `lock` the involvements that they are about stay open.

    What this same delivery opened does not make its other rows doubtful. Ten queries at most.
    """
    meant = {row.number: _meant(row.checked, principal) for row in rows}
    right = {row.number: meant[row.number] for row in rows if not row.checked.is_wrong}
    indexes = bsn_indexes(principal.pk, (str(fields.get("bsn") or "") for fields in right.values()))
    if lock:
        _lock(principal, right.values(), indexes.values())
    trajectories = _by_reference(principal, right.values())
    holders = _holders(principal, indexes)
    used = _used(principal, {str(fields.get("reference") or "") for fields in right.values()} - trajectories.keys())
    found = _found(right, trajectories, holders)
    bsns = _bsns_to_compare(indexes, right, found)
    strangers = {number: right[number] for number in right.keys() - found.keys()}
    alike = _alike(principal, delivery, strangers.values())
    judged: list[Judged] = []
    for row in rows:
        fields, mine = meant[row.number], found.get(row.number)
        checked = replace(row.checked, fields=fields)
        holder = holders.get(str(fields.get("bsn") or ""))
        closed = fields.get("reference") in used
        looks = alike.get(person_key(fields), ()) if row.number in strangers else ()
        if mine is None or row.checked.is_wrong or closed:
            judgement = verdict(checked, None, same_person=bool(looks), reference_closed=closed)
            judged.append(Judged(row, judgement, fields, alike=tuple(looks)))
            continue
        judgement = _beside(checked, mine, holder, bsns)
        trajectory = mine.trajectory.pk if mine.trajectory else None
        judged.append(Judged(row, judgement, fields, mine.registration.pk, trajectory))
    return judged


def _beside(checked: CheckedRow, mine: _Found, holder: UUID | None, bsns: Mapping[UUID, str]) -> Verdict:
    """Judge a row beside the registration that it is about."""
    known = mine.known(checked.fields, bsns)
    if holder not in (None, mine.registration.pk) or (mine.trajectory is None and _is_stranger(known, checked)):
        return Verdict("wrong", errors=(CellError("", "bsn_of_another"),))
    judgement = verdict(checked, known, same_person=False, reference_closed=False)
    after = {**known.fields, **judgement.to_write}
    starts_on, planned_end = str(after["starts_on"] or ""), str(after["planned_end"] or "")
    if judgement.to_write and starts_on and planned_end and planned_end < starts_on:
        return Verdict("wrong", errors=(CellError("", "end_before_start"),))
    return judgement


def _is_stranger(known: Known, checked: CheckedRow) -> bool:
    """A BSN that comes with another surname and birth date than we have under it, and that were not corrected."""
    who = {"surname", "birth"}
    return not known.corrected >= who and all(checked.fields.get(name) != known.fields.get(name) for name in who)


def _meant(checked: CheckedRow, principal: Principal) -> Fields:
    """The fields that count: no BSN without a ground, no empty birth date, no commission without a reference."""
    left = set() if principal.bsn_basis else {"bsn"}
    if not checked.fields.get("birth"):
        left.add("birth")
    if not checked.fields.get("reference"):
        left |= set(_OF_COMMISSION)
    return {name: value for name, value in checked.fields.items() if name not in left}


def _lock(principal: Principal, rows: Collection[Fields], indexes: Iterable[bytes]) -> None:
    """Keep the involvements from ending until the transaction ends, in one fixed order."""
    references = [str(fields["reference"]) for fields in rows if fields.get("reference")]
    with connection.cursor() as cursor:
        cursor.execute(
            "select from clients_involvement where principal_id = %s and ended_on is null and id in ("
            " select involvement_id from clients_trajectory where principal_id = %s and reference = any(%s)"
            " union select involvement_id from clients_registration where bsn_index = any(%s::bytea[])"
            ") order by id for share",
            [principal.pk, principal.pk, references, list(indexes)],
        )


def _by_reference(principal: Principal, rows: Iterable[Fields]) -> dict[str, Trajectory]:
    references = {str(fields["reference"]) for fields in rows if fields.get("reference")}
    known = Trajectory.objects.filter(principal=principal, reference__in=references, involvement__ended_on=None)
    return {one.reference: one for one in known.select_related("service", "involvement__registration")}


def _holders(principal: Principal, indexes: Mapping[str, bytes]) -> dict[str, UUID]:
    """Whose each BSN is, among the open involvements of this principal."""
    by_index = {index: bsn for bsn, index in indexes.items()}
    known = Registration.objects.filter(
        bsn_index__in=list(by_index), involvement__principal=principal, involvement__ended_on=None
    )
    return {by_index[bytes(index)]: holder for index, holder in known.values_list("bsn_index", "pk") if index}


def _used(principal: Principal, references: Collection[str]) -> set[str]:
    indexes = reference_indexes(principal.pk, filter(None, references))
    by_index = {index: reference for reference, index in indexes.items()}
    known = UsedReference.objects.filter(principal=principal, reference_index__in=list(by_index))
    return {by_index[bytes(index)] for index in known.values_list("reference_index", flat=True)}


def _found(
    rows: Mapping[int, Fields], trajectories: Mapping[str, Trajectory], holders: Mapping[str, UUID]
) -> dict[int, _Found]:
    """Which registration each row is about: by its reference, else by its BSN."""
    found: dict[int, _Found] = {}
    by_bsn: dict[int, UUID] = {}
    for number, fields in rows.items():
        if one := trajectories.get(str(fields.get("reference") or "")):
            found[number] = _Found(one.involvement.registration, one)
        elif holder := holders.get(str(fields.get("bsn") or "")):
            by_bsn[number] = holder
    known = Registration.objects.in_bulk(list(set(by_bsn.values()))) if by_bsn else {}
    return found | {number: _Found(known[holder], None) for number, holder in by_bsn.items() if holder in known}


def _bsns_to_compare(
    indexes: Mapping[str, bytes], rows: Mapping[int, Fields], found: Mapping[int, _Found]
) -> dict[UUID, str]:
    """The BSN that each registration has: equal to the row's by its index, or opened where it is another."""
    same: dict[UUID, str] = {}
    other: dict[UUID, bytes | memoryview | None] = {}
    for number, one in found.items():
        bsn = str(rows[number].get("bsn") or "")
        index = one.registration.bsn_index
        if bsn and index and bytes(index) == indexes[bsn]:
            same[one.registration.pk] = bsn
        elif index and "bsn" in rows[number]:
            other[one.registration.pk] = one.registration.bsn_cipher
    return same | (bsns_of(other.items()) if other else {})


def _alike(
    principal: Principal, delivery: UUID, rows: Collection[Fields]
) -> dict[tuple[str, str, str], tuple[UUID, ...]]:
    """Who is registered for this principal under each name and birth date; not whom this delivery registered."""
    births = {BirthDate.parse(str(fields["birth"])) for fields in rows if fields.get("birth")}
    wanted = {person_key(fields) for fields in rows}
    known = {born for born in births if born.year and born.month and born.day}
    found: dict[UUID, tuple[str, str, str]] = {}
    for match, some in (("r.{0} = b.{0}", known), ("r.{0} is not distinct from b.{0}", births - known)):
        for involvement, prefix, surname, first_names, *birth in _born(principal, match, list(some)):
            fields = {"prefix": prefix, "surname": surname, "first_names": first_names, "birth": BirthDate(*birth).text}
            if (key := person_key(fields)) in wanted:
                found[involvement] = key
    by_key: dict[tuple[str, str, str], tuple[UUID, ...]] = {}
    for involvement in found.keys() - _opened_by(delivery, found):
        by_key[found[involvement]] = (*by_key.get(found[involvement], ()), involvement)
    return by_key


def _born(principal: Principal, match: str, births: Sequence[BirthDate]) -> list[tuple[Any, ...]]:
    """Who is registered for this principal with one of these birth dates.

    The involvement is looked up by its id, one by one, and not joined: on tables that grew a minute ago the planner
    would go through all of the principal's for each.
    """
    if not births:
        return []
    on = " and ".join(match.format(column) for column in ("birth_year", "birth_month", "birth_day"))
    with connection.cursor() as cursor:
        cursor.execute(
            "select r.involvement_id, r.prefix, r.surname, r.first_names, r.birth_year, r.birth_month, r.birth_day"  # noqa: S608 - only words of our own
            " from unnest(%s::int[], %s::int[], %s::int[]) as b (birth_year, birth_month, birth_day)"
            f" join clients_registration r on {on}"
            " where (select i.principal_id from clients_involvement i"
            " where i.id = r.involvement_id and i.ended_on is null) = %s",
            [[b.year for b in births], [b.month for b in births], [b.day for b in births], principal.pk],
        )
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _opened_by(delivery: UUID, involvements: Collection[UUID]) -> set[UUID]:
    """Those among these that rows of this delivery opened."""
    if not involvements:
        return set()
    rows = StagedRow.objects.filter(delivery=delivery, done=True, verdict__in=("new", "doubtful"))
    return {pk for pk in rows.filter(involvement__in=involvements).values_list("involvement_id", flat=True) if pk}
