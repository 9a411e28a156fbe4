"""Art. 4.1: which column of a principal's file is which field of ours. A column that no layout names is never read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clients.delivery.fields import FIELD


@dataclass(frozen=True)
class Layout:
    """How a principal writes: header -> our field, and the fields that may not be empty (the BSN only by agreement)."""

    columns: Mapping[str, str]
    required: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """What we understood of one file's header. `fields` and `headers` go by the place of the column."""

    headers: tuple[str, ...]
    fields: tuple[str | None, ...]
    required: tuple[str, ...]
    unknown: tuple[str, ...]  # headers in the file that the layout does not know: left unread
    missing: tuple[str, ...]  # headers of the layout that the file lacks
    missing_required: tuple[str, ...]  # fields without which no row can be right
    twice: tuple[str, ...]  # headers that stand for a field which another column already holds

    @property
    def is_usable(self) -> bool:
        return not self.missing_required and not self.twice

    def header_of(self, field: str) -> str:
        """The header of the column that holds a field; empty when the file has none."""
        return self.headers[self.fields.index(field)] if field in self.fields else ""


_UWV_COLUMNS: Mapping[str, str] = {
    "Referentie": "reference",
    "BSN": "bsn",
    "Voornamen": "first_names",
    "Adellijke titel/predicaat": "title",
    "Voorvoegsel": "prefix",
    "Geslachtsnaam": "surname",
    "Geboortedatum": "birth",
    "Geslacht": "gender",
    "Naamgebruik": "name_use",
    "Voorvoegsel partner": "partner_prefix",
    "Geslachtsnaam partner": "partner_surname",
    "Straat": "street",
    "Huisnummer": "house_number",
    "Huisletter": "house_letter",
    "Toevoeging": "house_addition",
    "Postcode": "postcode",
    "Woonplaats": "city",
    "Land": "country",
    "Adresregel buitenland 1": "foreign_line_1",
    "Adresregel buitenland 2": "foreign_line_2",
    "Adresregel buitenland 3": "foreign_line_3",
    "Geheimhouding": "secrecy",
    "E-mail": "email",
    "Telefoon": "telephone",
    "Trajectsoort": "service",
    "Startdatum": "starts_on",
    "Einddatum": "planned_end",
}
_MUNICIPALITY_COLUMNS: Mapping[str, str] = {
    "Cliëntnr": "reference",
    "Achternaam": "surname",
    "Tussenvoegsel": "prefix",
    "Roepnaam/voornamen": "first_names",
    "Geb.datum": "birth",
    "M/V": "gender",
    "Burgerservicenummer": "bsn",
    "PC": "postcode",
    "Plaats": "city",
    "Adres": "street",
    "Nr": "house_number",
    "Nr toev.": "house_addition",
    "Mailadres": "email",
    "Mobiel": "telephone",
    "Start traject": "starts_on",
    "Soort traject": "service",
    "Geheim adres": "secrecy",
}
_ALWAYS = ("reference", "surname", "birth", "service", "starts_on")
UWV = Layout(_UWV_COLUMNS, (*_ALWAYS, "bsn"))
MUNICIPALITY = Layout(_MUNICIPALITY_COLUMNS, (*_ALWAYS, "bsn"))
# As UWV's, for a principal with whom no law has us exchange the BSN: it may then stay empty.
EMPLOYER = Layout(_UWV_COLUMNS, _ALWAYS)


def plan(header: Sequence[str], layout: Layout) -> Plan:
    """Lay a layout over a file's header. Capitals and spaces do not count. ValueError: a faulty layout."""
    for named in (*layout.columns.values(), *layout.required):
        if named not in FIELD:
            raise ValueError(f"the layout names a field that does not exist: {named}")
    by_key = {_key(column): name for column, name in layout.columns.items()}
    fields: list[str | None] = []
    twice: list[str] = []
    for column in header:
        name = by_key.get(_key(column))
        if name is not None and name in fields:
            twice.append(column)
        fields.append(name)
    return Plan(
        headers=tuple(header),
        fields=tuple(fields),
        required=layout.required,
        unknown=tuple(column for column, name in zip(header, fields, strict=True) if name is None and column.strip()),
        missing=tuple(column for column, name in layout.columns.items() if name not in fields),
        missing_required=tuple(name for name in layout.required if name not in fields),
        twice=tuple(twice),
    )


def _key(column: str) -> str:
    return " ".join(column.split()).casefold()
