"""Art. 4.1: what a delivery may hold of a person, field by field, in one fixed order.

No other field is ever taken from a file. Standard library only.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Target = Literal["client", "registration", "trajectory"]
# What a field holds once it is normalised: text ("" is empty), the secrecy code, or None: a code that was left empty,
# which says nothing of it (see DEFAULTS). Dates are ISO text, a birth date is dd-mm-jjjj with zeros: so it is JSON.
Value = str | int | None
Fields = Mapping[str, Value]


def gettext_noop(text: str) -> str:
    """Marks a text for translation and leaves it as it is; whoever shows it translates."""
    return text


@dataclass(frozen=True)
class FieldSpec:
    """A field of a delivery: where it is kept, its English label (a msgid), how many characters it may have."""

    name: str
    target: Target
    label: str
    max_length: int


@dataclass(frozen=True)
class RawRow:
    """A row as it stands in the file: its number there (the header's is mostly 1) and its cells as text."""

    number: int
    cells: tuple[str, ...]


FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("reference", "trajectory", gettext_noop("Reference"), 40),
    FieldSpec("bsn", "registration", gettext_noop("BSN"), 9),
    FieldSpec("first_names", "client", gettext_noop("First names"), 200),
    FieldSpec("title", "client", gettext_noop("Title or predicate"), 2),
    FieldSpec("prefix", "client", gettext_noop("Prefix"), 10),
    FieldSpec("surname", "client", gettext_noop("Surname"), 200),
    FieldSpec("birth", "client", gettext_noop("Birth date"), 10),
    FieldSpec("gender", "client", gettext_noop("Gender"), 1),
    FieldSpec("name_use", "client", gettext_noop("Use of name"), 1),
    FieldSpec("partner_prefix", "client", gettext_noop("Partner's prefix"), 10),
    FieldSpec("partner_surname", "client", gettext_noop("Partner's surname"), 200),
    FieldSpec("street", "registration", gettext_noop("Street"), 80),
    FieldSpec("house_number", "registration", gettext_noop("House number"), 5),
    FieldSpec("house_letter", "registration", gettext_noop("House letter"), 1),
    FieldSpec("house_addition", "registration", gettext_noop("Addition"), 8),
    FieldSpec("postcode", "registration", gettext_noop("Postcode"), 6),
    FieldSpec("city", "registration", gettext_noop("City"), 80),
    FieldSpec("country", "registration", gettext_noop("Country"), 4),
    FieldSpec("foreign_line_1", "registration", gettext_noop("Address abroad, line 1"), 80),
    FieldSpec("foreign_line_2", "registration", gettext_noop("Address abroad, line 2"), 80),
    FieldSpec("foreign_line_3", "registration", gettext_noop("Address abroad, line 3"), 80),
    FieldSpec("secrecy", "registration", gettext_noop("Secrecy"), 1),
    FieldSpec("email", "registration", gettext_noop("E-mail"), 254),
    FieldSpec("telephone", "registration", gettext_noop("Telephone"), 20),
    FieldSpec("service", "trajectory", gettext_noop("Service"), 80),
    FieldSpec("starts_on", "trajectory", gettext_noop("Start date"), 10),
    FieldSpec("planned_end", "trajectory", gettext_noop("Planned end"), 10),
)
# What a new registration has where the file says nothing; of one that exists, nothing changes then. An empty secrecy
# above all never lowers the code that we have.
DEFAULTS: Mapping[str, str | int] = {"gender": "O", "name_use": "E", "secrecy": 0}
FIELD: Mapping[str, FieldSpec] = {spec.name: spec for spec in FIELDS}


def fingerprint(fields: Fields) -> str:
    """SHA-256 of the fields in their fixed order: equal exactly when nothing that was delivered differs.

    It covers the BSN, which a hash does not hide: keep it only where the row itself may lie.
    """
    ordered = [[spec.name, fields[spec.name]] for spec in FIELDS if spec.name in fields]
    return hashlib.sha256(json.dumps(ordered, ensure_ascii=False).encode()).hexdigest()
