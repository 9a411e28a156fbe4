"""Art. 5.2, 9: one document as it is read, in the version that was asked for, with the others beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from dossiers import contents, documents, timeline
from dossiers.contact_reports import next_step_of
from dossiers.models import ContactReport, Document, DocumentVersion
from dossiers.models.document import Channel, Sensitivity, Source
from dossiers.transitions import DocumentState
from werkcontact.access import Actor, may
from werkcontact.personal_data.categories import Category
from werkcontact.ui.components import Fact, State
from werkcontact.ui.dates import nl_date


@dataclass(frozen=True)
class VersionRow:
    """One version in the list: when, by whom, why; `shown` is the one on the page."""

    number: int
    made_at: datetime
    by: str
    reason: str
    url: str
    download_url: str
    file: str
    shown: bool


@dataclass(frozen=True)
class DocumentPage:
    """The screen of one document; `text` is empty for a file, `older` says that a newer version exists."""

    title: str
    window_title: str
    states: Sequence[State]
    facts: Sequence[Fact]
    text: str
    file: str
    download_url: str
    versions: Sequence[VersionRow]
    older: bool
    edit_url: str
    revise_url: str
    classify_url: str


def page(actor: Actor, document: Document, number: int | None) -> DocumentPage:
    """Read a document that `documents.find_document` let through; Absent for a version that is not there."""
    opened = documents.open_version(actor, document, number)
    shown = opened.shown
    key = contents.dossier_key(document.dossier_id)
    rows = [_row(document, version, shown, key) for version in opened.versions]
    title = timeline.title_in_words(document, contents.title_of(document, key))
    draft = document.state == DocumentState.DRAFT
    may_revise = document.kind in documents.REVISABLE and not draft and may(actor, "document.revise", document)
    return DocumentPage(
        title=title,
        window_title=_window_title(document, title),
        states=timeline.states_of(document),
        facts=_facts(document, key),
        text=opened.text,
        file=timeline.file_in_words(shown),
        download_url=_download(document, shown),
        versions=list(reversed(rows)),
        older=shown.number != rows[-1].number,
        edit_url=reverse("report.edit", args=[document.pk]) if draft and may(actor, "report.write", document) else "",
        revise_url=reverse("document.revise", args=[document.pk]) if may_revise and rows[-1].shown else "",
        classify_url=reverse("document.classify", args=[document.pk]) if may_revise else "",
    )


def file_name(document: Document, version: DocumentVersion) -> str:
    """A name that tells nothing about anybody: the dossier's number, the kind, the version."""
    media_type = version.stored_file.media_type if version.stored_file else "text/plain"
    kind = slugify(document.get_kind_display())
    return f"{document.dossier.number}-{kind}-{version.number}.{timeline.extension_of(media_type)}"


def _window_title(document: Document, title: str) -> str:
    """What the browser shows on its tab and keeps in its history; never what somebody's health is about."""
    return timeline.title_about_health(document) if document.sensitivity == Sensitivity.HEALTH else title


def _row(document: Document, version: DocumentVersion, shown: DocumentVersion, key: bytes) -> VersionRow:
    return VersionRow(
        number=version.number,
        made_at=version.made_at,
        by=version.made_by.display_name,
        reason=contents.reason_of(version, key),
        url=f"{reverse('document.read', args=[document.pk])}?versie={version.number}",
        download_url=_download(document, version),
        file=timeline.file_in_words(version),
        shown=version.pk == shown.pk,
    )


def _download(document: Document, version: DocumentVersion) -> str:
    return reverse("document.download", args=[document.pk, version.number]) if version.stored_file_id else ""


def _facts(document: Document, key: bytes) -> list[Fact]:
    facts = [Fact(_("Date"), day=document.happened_on)]
    report: ContactReport | None = getattr(document, "contact_report", None)
    if report:
        facts += [
            Fact(_("How"), Channel(report.channel).label),
            Fact(_("Time spent"), timeline.minutes_in_words(report.minutes_spent)),
        ]
        if step := next_step_of(report, key):
            facts.append(Fact(_("Next step"), step, note=nl_date(report.next_step_on) if report.next_step_on else ""))
    return [
        *facts,
        Fact(_("About"), Category(document.category).label),
        Fact(_("From whom"), Source(document.source).label),
        Fact(_("Why it belongs here"), contents.why_of(document, key)),
        Fact(_("Recorded by"), document.author.display_name),
    ]
