"""Art. 13.2, AVG 15.1: every field that is kept of a person, from the registry, with its value and where it came from.

`WALKED` are the models whose rows are shown field by field; `OTHERWISE` says of every other model that holds something
of a client where it is shown. A test holds the two together against the registry, so that no new model escapes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.models import Involvement, Registration
from clients.overview import ADDRESS
from clients.registered import birth_of, bsns_of
from dossiers.models import Dossier
from requests_app.earlier_fields import Earlier, earlier_of
from requests_app.models import RequestDossier
from werkcontact.access.actor import AMSTERDAM
from werkcontact.personal_data.categories import Category
from werkcontact.personal_data.declare import PERSONAL
from werkcontact.personal_data.registry import declarations
from werkcontact.ui.components import Text
from werkcontact.ui.dates import nl_date
from werkcontact.vault import texts
from werkcontact.vault.models import ErasableText

# What hangs on an involvement singly, by the way to it from there; and what there may be several of.
SINGLE: Mapping[str, str] = {
    "clients.client": "client",
    "clients.registration": "registration",
    "clients.involvement": "",
    "clients.notice": "notice",
    "dossiers.dossier": "dossier",  # of the part itself, so that it is not asked for again
}
SEVERAL = ("clients.trajectory", "clients.assignment")
WALKED = (*SINGLE, *SEVERAL)
OTHERWISE: Mapping[str, str] = {
    "clients.usedreference": "a fingerprint of the reference of the trajectory",
    "clients.grant": "who may open the file: shown by the access log; its names are copies",
    "dossiers.archivecard": "only of what has ended",
    "dossiers.hold": "shown by the request or complaint for which it is there",
    "dossiers.document": "item: each version",
    "dossiers.documentversion": "item: each version",
    "dossiers.contactreport": "item: with the version of its document",
    "dossiers.worknote": "item: note",
    "dossiers.consentform": "item: the signed form is a document",
    "dossiers.consentrecipient": "item: the signed form is a document",
    "dossiers.urgentreason": "item: with its disclosure",
    "dossiers.disclosure": "item: disclosure",
    "dossiers.discloseditem": "item: with its disclosure",
    "dossiers.deliveryevent": "item: with its disclosure",
    "requests_app.requestdossier": "the person's own request",
    "requests_app.requestitem": "the person's own request",
    "requests_app.answerpart": "the person's own request",
    "requests_app.correctionline": "the person's own request",
    "requests_app.recipienttold": "the person's own request",
    "requests_app.complaintdossier": "the person's own complaint",
}
EARLIER = "earlier"
"""Ends the path of a field when what it said before is meant."""
# Copies of the name, for sorting and search.
_DERIVED = frozenset({"sort_name", "search_name"})
# No personal kind by the registry, and still said about somebody.
_ALSO = {"clients.registration": ("secrecy", "bsn_cipher"), "clients.notice": ("way", "ground", "words")}
_LINKED = {"clients.trajectory": ("service",), "clients.notice": ("words",)}
_BIRTH = ("birth_year", "birth_month", "birth_day")
_LABELS: Mapping[str, Text] = {
    "birth_year": gettext_lazy("birth date"),
    "bsn_cipher": gettext_lazy("BSN"),
    "secrecy": gettext_lazy("secrecy code"),
    "service": gettext_lazy("service"),
    "registered_on": gettext_lazy("first registered on"),
    "due_on": gettext_lazy("notice of registration: last day"),
    "work_by_on": gettext_lazy("notice of registration: work towards"),
    "sent_on": gettext_lazy("notice of registration sent on"),
    "known_on": gettext_lazy("knew of the registration on"),
    "words": gettext_lazy("notice of registration: in words"),
    "ground": gettext_lazy("notice of registration: ground of the exception"),
    "way": gettext_lazy("notice of registration: how"),
    "reason": gettext_lazy("why somebody was assigned"),
}
_KIND_CATEGORY = {
    "name": Category.IDENTITY,
    "birth": Category.IDENTITY,
    "address": Category.CONTACT,
    "contact": Category.CONTACT,
    "hidden": Category.IDENTITY,
}


@dataclass(frozen=True)
class HeldField:
    """One field with something in it. `row` is the id of its row, `on` a day to date it by."""

    part: UUID
    path: str
    row: UUID
    label: Text
    value: str
    source: str
    category: Category
    principal: str
    on: date


def fields_of(parts: Sequence[RequestDossier], *, reveal: bool = False) -> list[HeldField]:
    """Return every field that is filled in, for these parts, fetched with what hangs on them (`flow.linked_parts`).

    A BSN and a secret address are shown only with `reveal`: for the overview itself. One query for
    each model of which there are several.
    """
    walk = _Walk(parts, reveal=reveal)
    rows = [*_single(parts), *_several(parts)]
    return _once([*(field for label, row in rows for field in walk.row(label, row)), *walk.earlier(rows)])


def _several(parts: Sequence[RequestDossier]) -> Iterator[tuple[str, Any]]:
    """The rows of which there may be several."""
    involvements = [part.dossier.involvement_id for part in parts]
    for label in SEVERAL:
        rows = apps.get_model(label)._default_manager.filter(involvement__in=involvements).order_by("pk")
        linked = _LINKED.get(label)
        for row in rows.select_related(*linked) if linked else rows:
            yield label, row


def _single(parts: Sequence[RequestDossier]) -> Iterator[tuple[str, Any]]:
    """The rows that hang on each involvement singly; a person whom two of them share comes once."""
    seen: set[UUID] = set()
    for label, path in SINGLE.items():
        for part in parts:
            involvement = part.dossier.involvement
            owner = part if path == "dossier" else involvement
            row = getattr(owner, path, None) if path else involvement
            if row is not None and not (label == "clients.client" and row.pk in seen):
                seen.add(row.pk)
                yield label, row


def _once(fields: Sequence[HeldField]) -> list[HeldField]:
    """What stands with the person exactly as a principal delivered it is one datum, and shown with its source."""
    delivered = {
        (one.path.rpartition(".")[2], one.value) for one in fields if one.path.startswith("clients.registration.")
    }
    return [
        one
        for one in fields
        if not one.path.startswith("clients.client.") or (one.path.rpartition(".")[2], one.value) not in delivered
    ]


def names_in(label: str) -> tuple[str, ...]:
    """Return the fields of a walked model that are shown; a birth date is one."""
    declaration = declarations()[label]
    names = [name for name in declaration.names(*PERSONAL) if name not in _DERIVED and name not in _BIRTH[1:]]
    return (*names, *_ALSO.get(label, ()), *(n for n in _LINKED.get(label, ()) if n not in _ALSO.get(label, ())))


class _Walk:
    def __init__(self, parts: Sequence[RequestDossier], *, reveal: bool) -> None:
        self._parts = {part.dossier.involvement_id: part for part in parts}
        self._involvements = {part.dossier.involvement_id: part.dossier.involvement for part in parts}
        self._reveal = reveal
        registered = [one.registration for one in self._involvements.values() if hasattr(one, "registration")]
        self._bsns = bsns_of([(one.pk, one.bsn_cipher) for one in registered] if reveal else [])

    def row(self, label: str, row: Any) -> Iterator[HeldField]:
        involvement = self._involvement(label, row)
        declaration = declarations()[label]
        shared = label == "clients.client"
        for name in names_in(label):
            value = self._value(row, name)
            if value:
                kind = declaration.fields.get(name, "")
                yield HeldField(
                    part=self._parts[involvement.pk].pk,
                    path=f"{label}.{name}",
                    row=row.pk,
                    label=_label(row, name),
                    value=value,
                    source=self._source(label, involvement, row, name),
                    category=_KIND_CATEGORY.get(kind, Category(declaration.category)),
                    principal="Werkcontact" if shared else involvement.principal.name,
                    on=involvement.opened_on,
                )

    def earlier(self, rows: Sequence[tuple[str, Any]]) -> Iterator[HeldField]:
        """What the fields of these rows said before, one line for each field of a row."""
        by_key = {(label, row.pk): row for label, row in rows}
        ids: dict[str, list[UUID]] = {}
        for label, pk in by_key:
            ids.setdefault(label, []).append(pk)
        found = list(earlier_of(ids, {label: names_in(label) for label in ids}))
        found.sort(key=lambda one: (one.label, one.row, one.name))
        for (label, pk, name), changes in groupby(found, key=lambda one: (one.label, one.row, one.name)):
            said = [(self._earlier_value(by_key[label, pk], one), one.until) for one in changes]
            until = [
                _("%(value)s (until %(day)s)") % {"value": value, "day": nl_date(at.astimezone(AMSTERDAM).date())}
                for value, at in said
                if value
            ]
            if until:
                yield self._earlier_field(label, by_key[label, pk], name, "; ".join(until))

    def _earlier_field(self, label: str, row: Any, name: str, value: str) -> HeldField:
        involvement = self._involvement(label, row)
        declaration = declarations()[label]
        shared = label == "clients.client"
        return HeldField(
            part=self._parts[involvement.pk].pk,
            path=f"{label}.{name}.{EARLIER}",
            row=row.pk,
            label=_("%(field)s, before") % {"field": _label(row, name)},
            value=value,
            source=_("history of the registration"),
            category=_KIND_CATEGORY.get(declaration.fields.get(name, ""), Category(declaration.category)),
            principal="Werkcontact" if shared else involvement.principal.name,
            on=involvement.opened_on,
        )

    def _earlier_value(self, row: Any, one: Earlier) -> str:
        if isinstance(row, Registration) and row.secrecy and one.name in ADDRESS and not self._reveal:
            return _hidden_address()
        if isinstance(one.value, bytes):
            return bsns_of([(row.pk, one.value)]).get(row.pk, "") if self._reveal else _hidden_bsn()
        return one.value

    def _involvement(self, label: str, row: Any) -> Involvement:
        """The first involvement of a shared row: what is kept once is shown once."""
        if isinstance(row, Involvement):
            return self._involvements[row.pk]
        if label == "clients.client":
            return next(one for one in self._involvements.values() if one.client_id == row.pk)
        return self._involvements[row.involvement_id]

    def _value(self, row: Any, name: str) -> str:
        if name == _BIRTH[0]:
            born = birth_of(row)
            return "" if born.is_unknown else born.text
        value = getattr(row, name)
        if isinstance(row, Registration) and row.secrecy and name in ADDRESS and not self._reveal:
            return _hidden_address() if value else ""
        if name == "bsn_cipher":
            return (self._bsns.get(row.pk, "") if self._reveal else _hidden_bsn()) if value else ""
        if isinstance(value, ErasableText):
            return texts.read(value.pk) or ""
        if not value:
            return ""
        display = getattr(row, f"get_{name}_display", None)
        if display is not None:
            return str(display())
        return nl_date(value) if isinstance(value, date) else str(value)

    def _source(self, label: str, involvement: Involvement, row: Any, name: str) -> str:
        if label not in {"clients.client", "clients.registration", "clients.trajectory"}:
            return "Werkcontact"
        principal = involvement.principal.name
        key = {"birth_year": "birth", "bsn_cipher": "bsn"}.get(name, name)
        sources: Mapping[str, Mapping[str, str]] = getattr(getattr(involvement, "registration", None), "sources", {})
        entry = sources.get(f"{key}|{row.pk}") or sources.get(key)
        if entry is None:
            return principal
        words = {"on": nl_date(date.fromisoformat(entry["on"])), "principal": principal}
        if entry["kind"] == "staff":
            return _("Werkcontact, %(on)s") % words
        if entry["kind"] == "correction":
            return _("corrected at your request, %(on)s") % words
        return _("%(principal)s, %(on)s") % words


def _label(row: models.Model, name: str) -> Text:
    if isinstance(row, Dossier) and name == "number":
        return _("number of the dossier")
    found = _LABELS.get(name)
    if found is not None:
        return found
    return str(getattr(row._meta.get_field(name), "verbose_name", name))


def _hidden_bsn() -> str:
    return _("kept; it stands in full in the overview only")


def _hidden_address() -> str:
    return _("secret address; it stands in full in the overview only")


def paths() -> Iterable[str]:
    """Return the path of every field that can be shown."""
    return (f"{label}.{name}" for label in WALKED for name in names_in(label))
