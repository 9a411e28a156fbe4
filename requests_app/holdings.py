"""Art. 13.2, 13.4, AVG 15: all that is held about the person of a request, as things to decide upon one by one.

Fields of the registration, every version of every document (drafts too), work notes, disclosures and the access log.
The request keeps an item for each; what the thing is now is read here, so nothing is copied.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dossiers import contents
from dossiers.models import Disclosure, Document, DocumentVersion, WorkNote
from dossiers.models.document import DocumentKind, Sensitivity
from dossiers.transitions import DocumentState
from requests_app.held_fields import HeldField, fields_of
from requests_app.models import RequestDossier, RequestItem
from requests_app.models.item import ItemKind
from werkcontact.access.actor import AMSTERDAM
from werkcontact.personal_data.categories import Category
from werkcontact.ui.components import Text
from werkcontact.ui.dates import nl_date
from werkcontact.vault import keys
from werkcontact.vault.keys import KeyKind

Key = tuple[UUID, str, str, UUID | None, UUID | None, UUID | None, UUID | None]
"""What makes a thing one thing: part, kind, field path, row, version, note, disclosure."""

DRAFTS = "drafts"
NOTES = "notes"
DISCLOSURES = "disclosures"
LOG = "log"
_GROUP_OF_KIND: Mapping[str, Text] = {
    DocumentKind.CONTACT_REPORT: gettext_lazy("Contact reports"),
    DocumentKind.LETTER: gettext_lazy("Letters"),
    DocumentKind.FILE: gettext_lazy("Documents"),
    DocumentKind.REPORT: gettext_lazy("Reports"),
    DocumentKind.CONSENT_FORM: gettext_lazy("Consent forms"),
    DocumentKind.STATEMENT: gettext_lazy("Statements of the client"),
    DocumentKind.CLOSING_RECORD: gettext_lazy("Closing records"),
}
GROUPS: Mapping[str, Text] = {
    **{f"field-{category.value}": category.label for category in Category},
    **{f"document-{kind}": title for kind, title in _GROUP_OF_KIND.items()},
    DRAFTS: gettext_lazy("Drafts"),
    NOTES: gettext_lazy("Personal notes of who guides the client"),
    DISCLOSURES: gettext_lazy("Disclosures and recipients"),
    LOG: gettext_lazy("Access log"),
}
"""The groups of things, in the order in which they are shown."""


@dataclass(frozen=True)
class Thing:
    """One thing that is held now. `value` is short and for the screen; `source` says from whom it came."""

    key: Key
    group: str
    title: str
    on: date
    category: Category
    kind_word: str = ""
    value: str = ""
    source: str = ""
    principal: str = ""
    why: str = ""
    """Of a document: why it lies in the dossier, and of a corrected version why it was made."""
    health: bool = False
    version: DocumentVersion | None = None
    note: WorkNote | None = None
    disclosure: Disclosure | None = None

    @property
    def part(self) -> UUID:
        """The dossier of the request to which it belongs."""
        return self.key[0]

    @property
    def path(self) -> str:
        """The registry's path of a field."""
        return self.key[2]


def held(parts: Sequence[RequestDossier], *, reveal: bool = False) -> list[Thing]:
    """Return everything that is held in these parts, in the order in which it is shown.

    A fixed number of queries, however much there is. `reveal` shows the BSN: for the overview itself.
    """
    if not parts:
        return []
    things = [_field(one) for one in fields_of(parts, reveal=reveal)]
    things += [thing for part in parts for thing in _requests(part)]
    things += _versions(parts)
    things += _notes(parts)
    things += _disclosures(parts)
    things += [_log(part) for part in parts]
    places = {group: place for place, group in enumerate(GROUPS)}
    return sorted(things, key=lambda thing: (places[thing.group], thing.version is not None and thing.on))


def key_of(item: RequestItem) -> Key:
    """Return which thing an item is about."""
    return (
        item.part_id,
        item.kind,
        item.field_path,
        item.row_id,
        item.version_id,
        item.note_id,
        item.disclosure_id,
    )


def counting(versions: Iterable[DocumentVersion]) -> list[DocumentVersion]:
    """Of versions in the order of document and number, keep those that count (see `dossiers.documents.versions_of`)."""
    kept: list[DocumentVersion] = []
    for _document, group in groupby(versions, key=lambda version: version.document_id):
        every = list(group)
        firsts = [place for place, version in enumerate(every) if version.reason_cipher is None]
        kept += every[firsts[-1] :]
    return kept


def _field(one: HeldField) -> Thing:
    return Thing(
        key=(one.part, ItemKind.FIELD, one.path, one.row, None, None, None),
        group=f"field-{one.category}",
        title=str(one.label),
        on=one.on,
        category=one.category,
        value=one.value,
        source=one.source,
        principal=one.principal,
    )


def _requests(part: RequestDossier) -> Iterator[Thing]:
    """This request and those before it: that somebody asked is kept as well (`flow.with_parts` fetched them)."""
    for each in part.asked_of:  # type: ignore[attr-defined]  # annotated
        received_on = date.fromisoformat(each["received_on"])
        words = _("received on %(day)s") % {"day": nl_date(received_on)}
        if each["closed_on"]:
            words += ", " + _("closed on %(day)s") % {"day": nl_date(date.fromisoformat(each["closed_on"]))}
        yield Thing(
            key=(part.pk, ItemKind.FIELD, "requests_app.subjectrequest.number", UUID(each["id"]), None, None, None),
            group=f"field-{Category.RIGHTS.value}",
            title=_("request %(number)s") % {"number": each["number"]},
            on=received_on,
            category=Category.RIGHTS,
            value=words,
            source="Werkcontact",
            principal=part.dossier.involvement.principal.name,
        )


def _versions(parts: Sequence[RequestDossier]) -> Iterator[Thing]:
    by_dossier = {part.dossier_id: part for part in parts}
    opened = keys.fetch(KeyKind.DOSSIER, by_dossier)
    rows = DocumentVersion.objects.filter(
        document__dossier__in=by_dossier, document__state__in=[DocumentState.DRAFT, DocumentState.FINAL]
    )
    rows = rows.select_related("document", "stored_file").order_by("document__happened_on", "document_id", "number")
    for version in counting(rows):
        yield _version(version, by_dossier[version.document.dossier_id], opened[version.document.dossier_id])


def _version(version: DocumentVersion, part: RequestDossier, key: bytes) -> Thing:
    document: Document = version.document
    draft = document.state == DocumentState.DRAFT
    title = contents.title_of(document, key)
    if version.number > 1 and version.reason_cipher is not None:
        title = _("%(title)s (version %(number)s)") % {"title": title, "number": version.number}
    return Thing(
        key=(part.pk, ItemKind.VERSION, "", None, version.pk, None, None),
        group=DRAFTS if draft else f"document-{document.kind}",
        title=title,
        on=document.happened_on,
        category=Category(document.category),
        kind_word=_("draft") if draft else str(document.get_kind_display()),
        source=str(document.get_source_display()),
        why=". ".join(filter(None, (contents.why_of(document, key), contents.reason_of(version, key)))),
        health=document.sensitivity == Sensitivity.HEALTH,
        version=version,
    )


def _notes(parts: Sequence[RequestDossier]) -> Iterator[Thing]:
    by_dossier = {part.dossier_id: part for part in parts}
    rows = WorkNote.objects.still_open().filter(dossier__in=by_dossier).select_related("author").order_by("written_at")
    for note in rows:
        yield Thing(
            key=(by_dossier[note.dossier_id].pk, ItemKind.NOTE, "", None, None, note.pk, None),
            group=NOTES,
            title=_("Work note"),
            on=note.written_at.astimezone(AMSTERDAM).date(),
            category=Category.GUIDANCE,
            kind_word=_("work note"),
            source="Werkcontact",
            note=note,
        )


def _disclosures(parts: Sequence[RequestDossier]) -> Iterator[Thing]:
    by_dossier = {part.dossier_id: part for part in parts}
    rows = Disclosure.objects.filter(dossier__in=by_dossier).select_related("recipient").prefetch_related("items")
    for one in rows.order_by("given_on", "pk"):
        yield Thing(
            key=(by_dossier[one.dossier_id].pk, ItemKind.DISCLOSURE, "", None, None, None, one.pk),
            group=DISCLOSURES,
            title=one.recipient.name,
            on=one.given_on,
            category=Category.RIGHTS,
            kind_word=_("disclosure"),
            value=", ".join(sorted({str(item.get_category_display()) for item in one.items.all()})),
            source="Werkcontact",
            disclosure=one,
        )


def _log(part: RequestDossier) -> Thing:
    return Thing(
        key=(part.pk, ItemKind.LOG, "", None, None, None, None),
        group=LOG,
        title=_("Who looked: dates, acts, purposes and roles, without names"),
        on=part.dossier.opened_on,
        category=Category.ACCESS,
        source="Werkcontact",
    )
