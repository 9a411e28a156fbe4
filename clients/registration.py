"""Art. 4, 5.1, 14, 18: the registration of a client: THE one place that writes its fields, each with its source.

It is entered under registration.edit, delivery.apply or correction.apply, inside their transaction. Fields have the
names and the normal form of `clients.delivery.fields`: a birth date is dd-mm-jjjj, other dates are ISO text, "" is
empty, None for a code says nothing. A field whose source is a correction is written by a correction alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal
from uuid import UUID

from clients import trajectories
from clients.bulk import copy_in, update_from
from clients.delivery.fields import Fields, Value
from clients.models import Client, Involvement, Principal, Registration, Trajectory
from clients.names import search_name, sort_name
from clients.naming import name_of
from clients.registered import (
    COLUMNS,
    NAME_COLUMNS,
    OF_CLIENT,
    OF_TRAJECTORY,
    birth_columns,
    bsn_context,
    bsn_index,
    bsn_indexes,
    columns_of,
    corrected,
    name_in,
    source_key,
    value_of,
)
from werkcontact.access import grants
from werkcontact.ids import uuid7
from werkcontact.vault import keys, small
from werkcontact.vault.keys import KeyKind

SourceKind = Literal["delivery", "staff", "correction"]
_ALL_COLUMNS = (*COLUMNS, "bsn_cipher", "bsn_index", "sources")


@dataclass(frozen=True)
class Source:
    """Where a value comes from: a delivery or a subject request (its id) or the staff themselves, and on which day."""

    kind: SourceKind
    on: date
    id: UUID | None = None

    def entry(self, said: str = "") -> dict[str, str]:
        """What `Registration.sources` keeps for one field; `said`: what stood there when the value was derived."""
        entry = {"kind": self.kind, "on": self.on.isoformat()}
        if self.id:
            entry["id"] = str(self.id)
        return entry | ({"said": said} if said else {})


@dataclass(frozen=True)
class Change:
    """New values of one involvement's fields (died_on too); `trajectory` is whose service, starts_on, planned_end."""

    involvement: UUID
    values: Fields
    trajectory: UUID | None = None
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class NewRegistration:
    """Somebody who is registered for the first time, with the trajectory when there is a reference."""

    involvement: UUID
    fields: Fields
    said: Mapping[str, str] = field(default_factory=dict)
    client: UUID = field(default_factory=uuid7)
    trajectory: UUID = field(default_factory=uuid7)


def write(changes: Sequence[Change], *, source: Source) -> dict[UUID, frozenset[str]]:
    """Write changed fields of many registrations; return which were written, by involvement.

    A value equal to what is there is no change (a correction still becomes its source). Fields whose source is a
    correction stay, unless this is one. The client's own name and birth date follow, and the copies beside the grants,
    but for what another involvement's correction set. A BSN without a statutory ground of the principal is not
    written. An involvement that has ended, or is not there, is left out of the answer.
    """
    registrations = _locked(change.involvement for change in changes)
    commissions = _locked_trajectories(change.trajectory for change in changes if change.trajectory)
    written: dict[UUID, set[str]] = defaultdict(set)
    moved: set[UUID] = set()
    bsns: dict[UUID, str] = {}
    for change in changes:
        registration = registrations.get(change.involvement)
        if registration is None:
            continue
        for name, value in _to_write(registration, change, commissions, source).items():
            if name in OF_TRAJECTORY:
                moved.add(change.trajectory)  # type: ignore[arg-type]  # _to_write gives these with a trajectory only
                _set_on_trajectory(commissions[change.trajectory], name, value)  # type: ignore[index]
            elif name == "bsn":
                bsns[change.involvement] = str(value)
            elif name != "died_on":
                _set(registration, name, value)
            registration.sources[source_key(name, change.trajectory)] = source.entry(change.said.get(name, ""))
            written[change.involvement].add(name)
    _write_services(changes, [commissions[pk] for pk in moved])
    _seal_bsns(registrations, bsns)
    _save(
        Registration,
        "involvement_id",
        (*COLUMNS, "bsn_cipher", "bsn_index", "sources"),
        map(registrations.get, written),
    )
    _save(Trajectory, "id", ("service_id", "starts_on", "planned_end"), map(commissions.get, moved))
    _let_clients_follow(registrations, changes, written, source)
    return {involvement: frozenset(names) for involvement, names in written.items()}


def insert(new: Sequence[NewRegistration], *, principal: Principal, source: Source, today: date) -> None:
    """Write clients, registrations and trajectories of new involvements, whose keys are there."""
    services = trajectories.service_ids(principal, (str(one.fields.get("service") or "") for one in new))
    sealed = _sealed({one.involvement: str(one.fields.get("bsn") or "") for one in new}, principal)
    columns = {one.involvement: columns_of(one.fields) for one in new}
    names = {one.involvement: name_in(columns[one.involvement]) for one in new}
    copy_in(
        Client,
        ("id", *NAME_COLUMNS, "sort_name", "search_name"),
        (
            (
                one.client,
                *map(columns[one.involvement].__getitem__, NAME_COLUMNS),
                sort_name(names[one.involvement]),
                search_name(names[one.involvement]),
            )
            for one in new
        ),
    )
    copy_in(
        Registration,
        ("involvement_id", *_ALL_COLUMNS, "registered_on"),
        (
            (
                one.involvement,
                *map(columns[one.involvement].__getitem__, COLUMNS),
                *sealed.get(one.involvement, (None, None)),
                _sources(one, source, bsn=one.involvement in sealed),
                today,
            )
            for one in new
        ),
    )
    trajectories.insert(
        [(one.trajectory, one.involvement, one.fields) for one in new if one.fields.get("reference")],
        principal=principal,
        services=services,
    )


def _locked(involvements: Iterable[UUID]) -> dict[UUID, Registration]:
    """Lock open involvements and their registrations, in one order; without joins, which the planner gets wrong."""
    wanted = Involvement.objects.filter(pk__in=set(involvements), ended_on=None)
    open_ones = {one.pk: one for one in wanted.select_for_update(no_key=True).order_by("pk")}
    principals = Principal.objects.in_bulk({one.principal_id for one in open_ones.values()})
    locked = {one.pk: one for one in Registration.objects.filter(pk__in=open_ones).select_for_update().order_by("pk")}
    for pk, registration in locked.items():
        registration.involvement = open_ones[pk]
        registration.involvement.principal = principals[open_ones[pk].principal_id]
    return locked


def _locked_trajectories(trajectories: Iterable[UUID]) -> dict[UUID, Trajectory]:
    wanted = set(trajectories)
    if not wanted:
        return {}
    locked = Trajectory.objects.filter(pk__in=wanted).select_for_update(of=("self",)).select_related("service")
    return {trajectory.pk: trajectory for trajectory in locked.order_by("pk")}


def _to_write(
    registration: Registration, change: Change, commissions: Mapping[UUID, Trajectory], source: Source
) -> dict[str, Value]:
    """Return the values that this change may and would alter."""
    trajectory = commissions.get(change.trajectory) if change.trajectory else None
    kept = frozenset() if source.kind == "correction" else corrected(registration.sources, change.trajectory)
    return {
        name: value
        for name, value in change.values.items()
        if value is not None
        and name != "reference"
        and name not in kept
        and (trajectory is not None or name not in OF_TRAJECTORY)
        and (source.kind == "correction" or name == "died_on" or _differs(registration, trajectory, name, value))
        and not (name == "bsn" and value and not registration.involvement.principal.bsn_basis)
    }


def _differs(registration: Registration, trajectory: Trajectory | None, name: str, value: Value) -> bool:
    if name == "bsn":
        new = bsn_index(registration.involvement.principal_id, str(value)) if value else None
        return new != (bytes(registration.bsn_index) if registration.bsn_index else None)
    if trajectory is not None and name == "service":
        return value != (trajectory.service.name if trajectory.service else "")
    if trajectory is not None and name in OF_TRAJECTORY:
        now: date | None = getattr(trajectory, name)
        return value != (now.isoformat() if now else "")
    return value != value_of(registration, name)


def _set(record: Registration | Client, name: str, value: Value) -> None:
    if name == "birth":
        for column, part in birth_columns(value).items():
            setattr(record, column, part)
    elif name == "died_on":
        record.died_on = date.fromisoformat(str(value)) if value else None  # type: ignore[union-attr]
    else:
        setattr(record, name, value)


def _set_on_trajectory(trajectory: Trajectory, name: str, value: Value) -> None:
    if name != "service":  # services are looked up all at once: _write_services
        setattr(trajectory, name, date.fromisoformat(str(value)) if value else None)


def _write_services(changes: Sequence[Change], moved: Sequence[Trajectory]) -> None:
    wanted = {
        change.trajectory: str(change.values["service"] or "") for change in changes if "service" in change.values
    }
    by_principal: dict[UUID, list[Trajectory]] = defaultdict(list)
    for trajectory in moved:
        if trajectory.pk in wanted:
            by_principal[trajectory.principal_id].append(trajectory)
    for principal, mine in by_principal.items():
        found = trajectories.service_ids(Principal(pk=principal), (wanted[trajectory.pk] for trajectory in mine))
        for trajectory in mine:
            trajectory.service_id = found.get(wanted[trajectory.pk])


def _sealed(bsns: Mapping[UUID, str], principal: Principal) -> dict[UUID, tuple[bytes, bytes]]:
    """Return cipher and blind index of each BSN that may be kept."""
    kept = {involvement: bsn for involvement, bsn in bsns.items() if bsn and principal.bsn_basis}
    found = keys.fetch(KeyKind.INVOLVEMENT, kept)
    indexes = bsn_indexes(principal.pk, kept.values())
    return {
        involvement: (small.seal(found[involvement], bsn, bsn_context(involvement)), indexes[bsn])
        for involvement, bsn in kept.items()
    }


def _seal_bsns(registrations: Mapping[UUID, Registration], bsns: Mapping[UUID, str]) -> None:
    by_principal: dict[Principal, dict[UUID, str]] = defaultdict(dict)
    for involvement, bsn in bsns.items():
        by_principal[registrations[involvement].involvement.principal][involvement] = bsn
    for principal, mine in by_principal.items():
        keys.make(KeyKind.INVOLVEMENT, (involvement for involvement, bsn in mine.items() if bsn))
        sealed = _sealed(mine, principal)
        for involvement in mine:
            cipher, index = sealed.get(involvement, (None, None))
            registrations[involvement].bsn_cipher, registrations[involvement].bsn_index = cipher, index


def _sources(new: NewRegistration, source: Source, *, bsn: bool) -> dict[str, dict[str, str]]:
    return {
        source_key(name, new.trajectory): source.entry(new.said.get(name, ""))
        for name, value in new.fields.items()
        if value not in ("", None) and name != "reference" and (name != "bsn" or bsn)
    }


def _save(model: type[Any], key: str, columns: Sequence[str], records: Iterable[Any]) -> None:
    rows = [{column: _plain(getattr(record, column)) for column in (key, *columns)} for record in records]
    update_from(model, key, columns, rows)


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def _let_clients_follow(
    registrations: Mapping[UUID, Registration],
    changes: Sequence[Change],
    written: Mapping[UUID, Collection[str]],
    source: Source,
) -> None:
    """Bring name, birth date and death to the clients, but for what a correction set through another involvement."""
    news: dict[UUID, dict[str, Value]] = defaultdict(dict)
    for change in changes:
        owner = registrations[change.involvement].involvement.client_id if change.involvement in written else None
        for name in set(written.get(change.involvement, ())) & set(OF_CLIENT) & set(change.values):
            if owner:
                news[owner][name] = change.values[name]
    if not news:
        return
    clients = {client.pk: client for client in Client.objects.select_for_update().filter(pk__in=news).order_by("pk")}
    pinned = defaultdict(set) if source.kind == "correction" else _pinned(clients, set(written))
    for pk, client in clients.items():
        for name, value in news[pk].items():
            if name not in pinned[pk]:
                _set(client, name, value)
        name_now = name_of(client)
        client.sort_name, client.search_name = sort_name(name_now), search_name(name_now)
    _save(Client, "id", (*NAME_COLUMNS, "died_on", "sort_name", "search_name"), clients.values())
    open_ones = Involvement.objects.filter(client__in=clients, ended_on=None).values_list("pk", "client_id")
    grants.rename_many({pk: (clients[of].sort_name, clients[of].search_name) for pk, of in open_ones if of})


def _pinned(clients: Collection[UUID], writing: Collection[UUID]) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = defaultdict(set)
    others = Registration.objects.filter(involvement__client__in=clients).exclude(pk__in=writing)
    for client, sources in others.values_list("involvement__client_id", "sources"):
        found[client] |= corrected(sources)
    return found
