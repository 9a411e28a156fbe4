"""Art. 5.2, 9: the Dossier tab: everything of one dossier in a row, newest first, by kind, a page at a time.

The number of queries does not grow with the dossier: one fetch of keys opens the titles of a page, one its texts.
Who may not read health data sees that such an item exists, and neither its title nor its content.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clients.models import Involvement
from dossiers import contents, documents
from dossiers.contact_reports import next_step_of
from dossiers.models import ContactReport, Document, DocumentVersion, Dossier, WorkNote
from dossiers.models.document import Channel, DocumentKind, DocumentQuerySet, Sensitivity, Source
from dossiers.transitions import DocumentState
from werkcontact.access import Actor, saw
from werkcontact.ui.components import Choice, Fact, Filter, Icon, Pages, Part, State, Text, TimelineItem
from werkcontact.ui.words import file_size, number
from werkcontact.vault.file_types import KINDS

PAGE = 20
CHARACTERS = 400  # how much of a contact report's text stands in the row
COMING = 5

DRAFTS = "concepten"
GROUPS: Mapping[str, tuple[Text, frozenset[str]]] = {
    "gesprekken": (gettext_lazy("Contact reports"), frozenset({DocumentKind.CONTACT_REPORT})),
    "rapportages": (gettext_lazy("Reports"), frozenset({DocumentKind.REPORT})),
    "stukken": (
        gettext_lazy("Documents"),
        frozenset({DocumentKind.FILE, DocumentKind.STATEMENT, DocumentKind.CONSENT_FORM, DocumentKind.CLOSING_RECORD}),
    ),
    "brieven": (gettext_lazy("Letters"), frozenset({DocumentKind.LETTER})),
}
ICONS: Mapping[str, Icon] = {
    DocumentKind.CONTACT_REPORT: "talk",
    DocumentKind.LETTER: "mail",
    DocumentKind.CONSENT_FORM: "key",
    DocumentKind.STATEMENT: "person",
    DocumentKind.CLOSING_RECORD: "archive",
}


@dataclass(frozen=True)
class Timeline:
    """The screen: its rows, filter and pages; what is coming; one's own notes in numbers."""

    items: Sequence[TimelineItem]
    filter: Filter
    pages: Pages
    coming: Sequence[Fact]
    own_notes: int
    first_note_ends: date | None
    group: str
    empty: bool


def count_of(actor: Actor, involvement: Involvement) -> int:
    """How many items the dossier holds, for its tab."""
    return documents.listed(actor).filter(dossier__involvement=involvement).count()


def timeline(actor: Actor, dossier: Dossier, *, group: str, after: str, today: date) -> Timeline:
    """Read one page for an actor whom the gate let through to this dossier (`document.list`).

    `group` is a key of GROUPS, DRAFTS, or "" for all; `after` is where the page before ended. `today` as in Amsterdam.
    """
    url = reverse("document.list", args=[dossier.involvement_id])
    listed = documents.listed(actor).filter(dossier=dossier)
    counts = _counts(listed)
    total = sum(counts.values()) - counts[DRAFTS]
    group = group if group in counts else ""
    found = list(
        listed.filter(_in_group(group), _after(after))
        .select_related("author", "contact_report")
        .order_by("-happened_on", "-id")[: PAGE + 1]
    )
    shown = found[:PAGE]
    key = contents.dossier_key(dossier.pk)
    for document in shown:
        document.dossier = dossier  # the log asks whose it is
    saw(actor, shown)
    rows = _Rows(key, _latest(shown), health=documents.reads_health(actor, dossier))
    notes = WorkNote.objects.still_open().filter(dossier=dossier, author_id=actor.id)
    mine = notes.aggregate(count=Count("pk"), ends=Min("expires_on"))
    return Timeline(
        items=rows.items(shown),
        filter=_filter(url, counts, total, group),
        pages=_pages(url, group, after, shown, counts[group] if group else total, more=len(found) > PAGE),
        coming=_coming(actor, dossier, key, rows.health, today),
        own_notes=mine["count"],
        first_note_ends=mine["ends"],
        group=group,
        empty=not total,
    )


def title_in_words(document: Document, title: str) -> str:
    """Its title, after its kind where that says something."""
    kind = document.get_kind_display()
    if document.kind == DocumentKind.FILE:
        return title
    return f"{capfirst(kind)}: {title}"


def title_about_health(document: Document) -> str:
    """What may be said of it to everybody: Gespreksverslag over gezondheid."""
    return _("%(kind)s about health") % {"kind": capfirst(document.get_kind_display())}


def states_of(document: Document) -> tuple[State, ...]:
    """What must be seen at once: that it is not final yet, that it is about health."""
    states = []
    if document.state == DocumentState.DRAFT:
        states.append(State("wait", "pencil", _("Draft, not final yet"), box=True))
    if document.sensitivity == Sensitivity.HEALTH:
        states.append(State("info", "heart", _("Health: extra protected"), box=True))
    return tuple(states)


def file_in_words(version: DocumentVersion) -> str:
    """PDF, 34 kB; nothing for a text."""
    if version.stored_file is None:
        return ""
    return f"{extension_of(version.stored_file.media_type).upper()}, {file_size(version.stored_file.size)}"


def extension_of(media_type: str) -> str:
    """pdf, for application/pdf."""
    return next((extension for extension, kind in KINDS.items() if kind.media_type == media_type), "bin")


def minutes_in_words(minutes: int) -> str:
    """75 minuten"""
    return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": number(minutes)}


@dataclass(frozen=True)
class _Rows:
    key: bytes
    latest: Mapping[UUID, DocumentVersion]
    health: bool

    def items(self, documents: Sequence[Document]) -> list[TimelineItem]:
        open_ = [d for d in documents if self._may_read(d) and d.kind == DocumentKind.CONTACT_REPORT]
        texts = contents.texts_of(self.latest[d.pk] for d in open_)
        return [self._item(d, texts.get(self.latest[d.pk].pk, "")) for d in documents]

    def _may_read(self, document: Document) -> bool:
        return self.health or document.sensitivity != Sensitivity.HEALTH

    def _item(self, document: Document, text: str) -> TimelineItem:
        icon = ICONS.get(document.kind, "document")
        if not self._may_read(document):
            title = title_about_health(document)
            return TimelineItem(icon, title, document.happened_on, states=states_of(document))
        version = self.latest[document.pk]
        return TimelineItem(
            icon=icon,
            title=title_in_words(document, contents.title_of(document, self.key)),
            day=document.happened_on,
            url=reverse("document.read", args=[document.pk]),
            text=Truncator(text).chars(CHARACTERS),
            states=states_of(document),
            note=self._note(document, version),
            meta=self._meta(document, version),
        )

    def _note(self, document: Document, version: DocumentVersion) -> str:
        source = document.get_source_display() if document.source != Source.OWN else ""
        return ", ".join(filter(None, [file_in_words(version), source]))

    def _meta(self, document: Document, version: DocumentVersion) -> tuple[Part, ...]:
        report: ContactReport | None = getattr(document, "contact_report", None)
        parts = talk_parts(report, self.key) if report else []
        if document.kind == DocumentKind.FILE:
            parts.append(Part(_("belongs here because: %(why)s") % {"why": contents.why_of(document, self.key)}))
        elif not document.author.is_system:
            parts.insert(1, Part(_("by %(name)s") % {"name": document.author.display_name}))
        if version.reason_cipher is not None:
            parts.append(Part(_("version %(number)s") % {"number": version.number}))
        return tuple(parts)


def talk_parts(report: ContactReport, key: bytes) -> list[Part]:
    """How, how long, and the next step of a contact report."""
    parts = [Part(Channel(report.channel).label), Part(minutes_in_words(report.minutes_spent))]
    if step := next_step_of(report, key):
        words = _("next step: %(step)s") % {"step": step}
        parts.append(Part(f"{words}," if report.next_step_on else words, day=report.next_step_on))
    return parts


def _counts(documents: DocumentQuerySet) -> dict[str, int]:
    counts = dict.fromkeys([*GROUPS, DRAFTS], 0)
    for kind, state, many in documents.order_by().values_list("kind", "state").annotate(Count("pk")):
        for name, (_label, kinds) in GROUPS.items():
            counts[name] += many if kind in kinds else 0
        counts[DRAFTS] += many if state == DocumentState.DRAFT else 0
    return counts


def _in_group(group: str) -> Q:
    if group == DRAFTS:
        return Q(state=DocumentState.DRAFT)
    return Q(kind__in=GROUPS[group][1]) if group else Q()


def _after(after: str) -> Q:
    """The rows below the one that `after` names: "2026-11-17.<id>"; anything else is the first page."""
    day, _dot, pk = after.partition(".")
    try:
        on, last = date.fromisoformat(day), UUID(pk)
    except ValueError:
        return Q()
    return Q(happened_on__lt=on) | Q(happened_on=on, id__lt=last)


def _latest(documents: Sequence[Document]) -> dict[UUID, DocumentVersion]:
    versions = (
        DocumentVersion.objects.filter(document__in=documents)
        .select_related("stored_file")
        .order_by("document_id", "-number")
        .distinct("document_id")
    )
    return {version.document_id: version for version in versions}


def _filter(url: str, counts: Mapping[str, int], total: int, group: str) -> Filter:
    labels = {name: label for name, (label, _kinds) in GROUPS.items()} | {DRAFTS: _("Drafts")}
    choices = [Choice(url, _("Everything"), total, current=not group)]
    choices += [
        Choice(f"{url}?{urlencode({'soort': name})}", label, counts[name], current=name == group)
        for name, label in labels.items()
        if counts[name] or name == group
    ]
    return Filter(_("Filter by kind"), choices)


def _pages(url: str, group: str, after: str, shown: Sequence[Document], total: int, *, more: bool) -> Pages:
    kind = {"soort": group} if group else {}
    following = ""
    if more:
        last = shown[-1]
        following = f"{url}?{urlencode(kind | {'na': f'{last.happened_on.isoformat()}.{last.pk}'})}"
    first = f"{url}?{urlencode(kind)}".rstrip("?") if after else ""
    return Pages(shown=len(shown), total=total, first_url=first, next_url=following)


def _coming(actor: Actor, dossier: Dossier, key: bytes, health: bool, today: date) -> list[Fact]:  # noqa: FBT001 - a fact of the row
    """The next steps ahead; those of a draft are not agreed yet."""
    reports = ContactReport.objects.filter(
        document__dossier=dossier, document__state=DocumentState.FINAL, next_step_on__gte=today
    ).select_related("document")
    if not health:
        reports = reports.exclude(document__sensitivity=Sensitivity.HEALTH)
    found = list(reports.order_by("next_step_on", "pk")[:COMING])
    for report in found:
        report.document.dossier = dossier  # the log asks whose it is
    saw(actor, [report.document for report in found])
    return [
        Fact(
            "",
            next_step_of(report, key),
            day=report.next_step_on,
            url=reverse("document.read", args=[report.document_id]),
        )
        for report in found
    ]
