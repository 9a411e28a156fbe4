"""Art. 5.2: documents come into a dossier, are read, and are corrected by a new version; nothing of them is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dossiers import contents, intake, once
from dossiers.contents import Content, NewFile
from dossiers.intake import Particulars
from dossiers.models import Document, DocumentVersion, Dossier
from dossiers.models.document import DocumentKind, DocumentQuerySet, Sensitivity, Source
from dossiers.transitions import DOCUMENT, GUIDES, DocumentState, next_state
from werkcontact.access import Absent, Actor, act, enter, find, saw
from werkcontact.access.gate import decision_for
from werkcontact.personal_data.categories import Category
from werkcontact.refused import Refused
from werkcontact.staff.models import Role
from werkcontact.vault.errors import KeyGone

REVISABLE = frozenset({DocumentKind.FILE, DocumentKind.REPORT, DocumentKind.CONTACT_REPORT})
REASON_LENGTH = 300
_GONE = frozenset({DocumentState.DROPPED, DocumentState.ERASING})


def add_file(
    *,
    actor: Actor,
    dossier: Dossier,
    about: Particulars,
    content: NewFile,
    today: date,
    new_id: UUID | None = None,
) -> Document:
    """Add a checked file to an open dossier, under a key of its own. `today` is an Amsterdam date.

    Raises Refused("intake.*") for what is missing, Refused("documents.closed"), and what the gate raises; the same
    `new_id` again is the same document, as `once` says.
    """
    return _add(actor, dossier, about, content, today, new_id)


def add_text(*, actor: Actor, dossier: Dossier, about: Particulars, text: str, today: date) -> Document:
    """Add a text that is final at once. `today` is an Amsterdam date. Raises as `add_file`."""
    return _add(actor, dossier, about, text, today)


def _add(
    actor: Actor, dossier: Dossier, about: Particulars, content: Content, today: date, new_id: UUID | None = None
) -> Document:
    with act(actor, "document.add", dossier, kind="create") as deed:
        contents.lock_open(dossier)
        intake.check(about, today)
        if isinstance(content, str):
            intake.check_text(content)
        state = next_state(DOCUMENT, None, "document.add", GUIDES)
        document = once.kept_document(actor, dossier, new_id, about, content, state)
        if document is None:
            document = contents.new_document(actor, dossier, about, content, state=state, new_id=new_id)
        deed.saw([document])
    return document


def file_letter(
    *,
    actor: Actor,
    dossier: Dossier,
    letter_pdf: bytes,
    title: str,
    category: Category,
    why: str,
    on: date,
    filed_from: UUID | None = None,
    field_paths: tuple[str, ...] = (),
) -> Document:
    """File a letter that went out, inside the act that sent it. `on` is the letter's Amsterdam date.

    `filed_from` names the letter, so that it is filed once (a second time fails its UNIQUE); `field_paths` are the
    registry's paths of the fields that it prints. Raises Refused("documents.closed").
    """
    contents.lock_open(dossier)
    about = Particulars(DocumentKind.LETTER, title, why, category, on, source=Source.OWN)
    pdf = NewFile([letter_pdf], "application/pdf")
    return contents.new_document(actor, dossier, about, pdf, filed_from=filed_from, field_paths=field_paths)


def revise(*, actor: Actor, document: Document, seen: int, content: Content, reason: str) -> DocumentVersion:
    """Correct a final document by a new version with a reason; the old one stays.

    `seen` is the number of the version that the corrector had before them: Refused("documents.meanwhile") when
    somebody else came first. Raises Refused("documents.as_sent") for what went out or was signed,
    Refused("documents.unchanged") when nothing differs, and "intake.*" for a missing text or reason.
    """
    with act(actor, "document.revise", document) as deed:
        contents.lock_open(document.dossier)
        locked = contents.lock_document(document)
        enter_health(actor, locked)
        check_kind(locked)
        next_state(DOCUMENT, DocumentState(locked.state), "document.revise", GUIDES)
        intake.check_line("reason", reason, REASON_LENGTH)
        if isinstance(content, str):
            intake.check_text(content)
        latest = latest_of(locked, seen)
        version = contents.add_version(actor, document, content, number=latest.number + 1, reason=reason)
        if bytes(version.sha256) == bytes(latest.sha256):
            raise Refused("documents.unchanged", "5.2", _("This is the same as what was there already."))
        deed.saw([document, version])
    return version


def check_kind(document: Document) -> None:
    """Refuse a correction of what went out or was signed."""
    if document.kind not in REVISABLE:
        raise Refused("documents.as_sent", "5.2", _("This is kept as it was sent or signed."))


def latest_of(document: Document, seen: int) -> DocumentVersion:
    """Its latest version; Refused when that is not the one that was seen."""
    latest = document.versions.order_by("-number")[0]
    if latest.number != seen:
        raise Refused(
            "documents.meanwhile",
            "5.2",
            _("This was changed in the meantime, by somebody else or in another window. What you typed is still here."),
        )
    return latest


def find_document(actor: Actor, pk: UUID) -> Document:
    """Fetch a document to read; health data ask for more (`document.read_health`). What was dropped is not there."""
    document = find(actor, "document.read", Document, pk=pk)
    if document.state in _GONE or (document.state == DocumentState.DRAFT and not _inside(actor)):
        raise Absent
    enter_health(actor, document)
    return document


def listed(actor: Actor) -> DocumentQuerySet:
    """What a list may show; the caller narrows it to one dossier that the gate let through."""
    kept = Document.objects.kept()
    return kept if _inside(actor) else kept.finals()


def _inside(actor: Actor) -> bool:
    """Whether somebody works here. Whoever only looks in is a third party, whom drafts are not shown (art. 7.6)."""
    return bool(actor.roles - {Role.AUDITOR})


def enter_health(actor: Actor, document: Document) -> None:
    """Let through to the content of a document with health data only who may read those; Refused otherwise."""
    if document.sensitivity == Sensitivity.HEALTH:
        enter(actor, "document.read_health", document)


def reads_health(actor: Actor, record: Document | Dossier) -> bool:
    """Whether health data may be shown now; allowed only after stating a purpose is not yet allowed."""
    return decision_for(actor, "document.read_health", record).allowed


def may_read_now(actor: Actor, document: Document) -> bool:
    """Whether somebody who wrote in a document may read it as it is now: a lead writes about health and reads none."""
    now = Document.objects.select_related("dossier__involvement").get(pk=document.pk)
    return now.sensitivity != Sensitivity.HEALTH or reads_health(actor, now)


@dataclass(frozen=True)
class Opened:
    """A document as it is read: the version asked for, its text ("" for a file), and all versions that count."""

    versions: Sequence[DocumentVersion]
    shown: DocumentVersion
    text: str


def open_version(actor: Actor, document: Document, number: int | None = None) -> Opened:
    """Open one version of a document that was found, the latest without a number.

    Raises Absent for a version that is not there and for what was dropped meanwhile; Refused when it is about health
    by now and this actor may not read that.
    """
    try:
        opened = _open(document, number)
    except KeyGone:  # at this very moment somebody kept the draft anew, which ends its earlier text, or dropped it
        document.refresh_from_db()
        if document.state in _GONE:
            raise Absent from None
        opened = _open(document, number)
    document.refresh_from_db(fields=["sensitivity"])  # the text may be newer than the mark that was looked at
    enter_health(actor, document)
    saw(actor, [opened.shown])
    return opened


def _open(document: Document, number: int | None) -> Opened:
    versions = versions_of(document)
    shown = pick(versions, number)
    return Opened(versions, shown, contents.text_of(shown))


def versions_of(document: Document) -> list[DocumentVersion]:
    """The versions that count, oldest first: of a draft its present text, of a final one what was final and after.

    What a draft said before it was final has ended: its keys are gone.
    """
    every = list(document.versions.select_related("stored_file", "made_by").order_by("number"))
    firsts = [index for index, version in enumerate(every) if version.reason_cipher is None]
    return every[firsts[-1] :]


def pick(versions: Sequence[DocumentVersion], number: int | None) -> DocumentVersion:
    """One of these versions, the latest without a number; Absent for any other."""
    found = [version for version in versions if number is None or version.number == number]
    if not found:
        raise Absent
    return found[-1]
