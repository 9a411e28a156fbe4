"""Art. 4, 18: a registration in the normal form of `clients.delivery.fields`, and back into columns.

A birth date is dd-mm-jjjj with zeros for what is unknown, other dates are ISO text, "" is empty, a service is its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from clients.birth import BirthDate
from clients.delivery.fields import DEFAULTS, Fields, Value
from clients.models import Client, Registration
from clients.models.people import NameParts
from clients.names import Partner, PersonName
from werkcontact.vault import keys, small
from werkcontact.vault.blind import blind_index, blind_indexes
from werkcontact.vault.keys import KeyKind

NAME = (
    "first_names", "title", "prefix", "surname", "gender", "name_use", "partner_prefix", "partner_surname",
)  # fmt: skip
BIRTH = ("birth_year", "birth_month", "birth_day")
CONTACT = (
    "street", "house_number", "house_letter", "house_addition", "postcode", "city", "country",
    "foreign_line_1", "foreign_line_2", "foreign_line_3", "secrecy", "email", "telephone",
)  # fmt: skip
OF_TRAJECTORY = ("service", "starts_on", "planned_end")
OF_CLIENT = (*NAME, "birth", "died_on")
NAME_COLUMNS = (*NAME, *BIRTH)
COLUMNS = (*NAME_COLUMNS, *CONTACT)


def columns_of(fields: Fields) -> dict[str, Any]:
    """Return the columns of name, birth date, address and contact; what is not said gets its default."""
    columns: dict[str, Any] = {name: fields.get(name) for name in (*NAME, *CONTACT)}
    for name, value in columns.items():
        if value is None:
            columns[name] = DEFAULTS.get(name, "")
    return columns | birth_columns(fields.get("birth"))


def birth_columns(value: Value) -> dict[str, int | None]:
    """Return the three columns of a birth date."""
    born = BirthDate.parse(str(value)) if value else BirthDate()
    return {"birth_year": born.year, "birth_month": born.month, "birth_day": born.day}


def birth_of(parts: NameParts | Mapping[str, Any]) -> BirthDate:
    """Return the birth date of a client or registration, or of a row of their columns."""
    read = parts.get if isinstance(parts, Mapping) else lambda name: getattr(parts, name)
    return BirthDate(*(read(column) for column in BIRTH))


def value_of(record: Registration | Client, name: str) -> Value:
    """Return one field of a registration (not its BSN) or client."""
    if name == "birth":
        return birth_of(record).text
    value = getattr(record, name)
    if name == "died_on":
        return value.isoformat() if value else ""
    return value  # type: ignore[no-any-return]


def name_in(fields: Fields) -> PersonName:
    """Return the name in fields of the normal form; of a stored person: `clients.naming.name_of`."""

    def read(name: str) -> str:
        return str(fields.get(name) or "")

    partner = Partner(prefix=read("partner_prefix"), surname=read("partner_surname"))
    return PersonName(
        first_names=read("first_names"),
        title=read("title"),
        prefix=read("prefix"),
        surname=read("surname"),
        gender=read("gender"),
        name_use=read("name_use"),
        partners=(partner,) if partner.surname else (),
    )


def source_key(name: str, trajectory: UUID | None = None) -> str:
    """Return the key of a field in `Registration.sources`; a field of a trajectory is named with it."""
    return f"{name}|{trajectory}" if name in OF_TRAJECTORY else name


def corrected(sources: Mapping[str, Mapping[str, str]], trajectory: UUID | None = None) -> frozenset[str]:
    """Return the fields whose source is a correction (art. 14), those of this one trajectory among them."""
    named = {key for key, entry in sources.items() if entry["kind"] == "correction"}
    of_this = {name for name in OF_TRAJECTORY if source_key(name, trajectory) in named}
    return frozenset(of_this | {key for key in named if "|" not in key})


def bsn_index(principal: UUID, bsn: str) -> bytes:
    """Return the blind index of a BSN, which says nothing across principals (art. 18)."""
    return blind_index(f"bsn|{principal}", bsn)


def bsn_indexes(principal: UUID, bsns: Iterable[str]) -> dict[str, bytes]:
    """Return the blind index of each of many BSNs; the empty one has none."""
    return blind_indexes(f"bsn|{principal}", filter(None, bsns))


def bsn_context(involvement: UUID) -> str:
    """Return where a sealed BSN belongs."""
    return f"registration.bsn|{involvement}"


def bsns_of(registrations: Iterable[tuple[UUID, bytes | memoryview | None]]) -> dict[UUID, str]:
    """Open the sealed BSNs of many (involvement, cipher), with one query for their keys; one whose key is gone is not
    in the answer. The caller stands inside bsn.reveal, or compares a delivery.
    """
    sealed = {involvement: cipher for involvement, cipher in registrations if cipher is not None}
    opened = keys.fetch(KeyKind.INVOLVEMENT, sealed)
    return {
        involvement: small.open_(key, sealed[involvement], bsn_context(involvement)).decode()
        for involvement, key in opened.items()
    }
