"""Art. 4, 5.1, 14, 18: the registration of a client: THE one function that writes its fields, each with its source.

It is entered under registration.edit, delivery.apply or correction.apply, inside their transaction. Fields have the
names and the normal form of `clients.delivery.fields`: a birth date is dd-mm-jjjj, other dates are ISO text, "" is
empty, None for a code says nothing. A field whose source is a correction is written by a correction alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.db import connection

from clients.birth import BirthDate
from clients.bulk import update_from
from clients.delivery.fields import Fields, Value
from clients.models import Client, Registration, Service, Trajectory
from clients.names import Partner, PersonName, search_name, sort_name
from werkcontact.access import grants
from werkcontact.vault import keys, small
from werkcontact.vault.blind import blind_index
from werkcontact.vault.keys import KeyKind

SourceKind = Literal["delivery", "staff", "correction"]
Sources = dict[str, dict[str, str]]
NAME = (
    "first_names", "title", "prefix", "surname", "gender", "name_use", "partner_prefix", "partner_surname",
)  # fmt: skip
BIRTH = ("birth_year", "birth_month", "birth_day")
CONTACT = (
    "street", "house_number", "house_letter", "house_addition", "postcode", "city", "country",
    "foreign_line_1", "foreign_line_2", "foreign_line_3", "secrecy", "email", "telephone",
)  # fmt: skip
TRAJECTORY = ("service", "starts_on", "planned_end")
_OF_CLIENT = (*NAME, "birth", "died_on")
_COLUMNS = (*NAME, *BIRTH, *CONTACT)


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


def write(changes: Sequence[Change], *, source: Source) -> dict[UUID, frozenset[str]]:
    """Write changed fields of many registrations; return which were written, by involvement.

    A value equal to what is there is no change. Fields whose source is a correction stay, unless this is one. The
    client's own name and birth date follow (and the copies beside the grants), but for what another involvement's
    correction set. An involvement that has ended, or is not there, is left out of the answer.
    """
    raise NotImplementedError
