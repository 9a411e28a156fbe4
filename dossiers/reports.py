"""Art. 1.h, 7.6: reports and contact reports in the making, and their becoming final: from then on nothing changes.

A draft is never shown as final and never given to anybody else. What it said before ends as soon as it says
something else, is final, or is dropped: the keys of those versions go, their rows stay until the dossier ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from dossiers import contact_reports, contents, intake, once
from dossiers.contact_reports import Talk
from dossiers.documents import enter_health, latest_of
from dossiers.intake import Particulars
from dossiers.models import Document, DocumentVersion, Dossier
from dossiers.models.document import DocumentKind
from dossiers.transitions import DOCUMENT, GUIDES, DocumentState, DossierState, next_state
from werkcontact.access import Actor, Deed, act


@dataclass(frozen=True)
class Draft:
    """What is written: particulars, text, and for a contact report the talk."""

    about: Particulars
    text: str
    talk: Talk | None = None


def write(*, actor: Actor, dossier: Dossier, draft: Draft, today: date, new_id: UUID | None = None) -> Document:
    """Keep a new draft; the same `new_id` again is the same draft, as `once` says. `today` is an Amsterdam date.

    Raises Refused("intake.*", "contact_reports.*", "documents.closed", "once.kept_before"), and what the gate raises.
    """
    with act(actor, "report.write", dossier, kind="create") as deed:
        contents.lock_open(dossier)
        state = next_state(DOCUMENT, None, "report.write", GUIDES)
        _check(draft, today)
        document = once.kept_document(actor, dossier, new_id, draft.about, draft.text, state)
        if document is None:
            document = contents.new_document(actor, dossier, draft.about, draft.text, state=state, new_id=new_id)
            _put_talk(document, draft)
        deed.saw([document])
    return document


def rewrite(*, actor: Actor, document: Document, seen: int, draft: Draft, today: date) -> Document:
    """Keep a draft anew; its earlier text ends. `seen` is the number of the version that the writer had before them.

    Raises Refused("documents.meanwhile") when another window was first, Refused("transitions.not_from_here") when it
    is final already, and as `write`.
    """
    with act(actor, "report.write", document) as deed:
        changed = _change(actor, deed, document, seen, draft, today, "report.write")
    contents.shred(_superseded(Q(document=changed)))
    return changed


def finalise(*, actor: Actor, document: Document, seen: int, draft: Draft, today: date) -> Document:
    """Make a draft final, with this text; from then on a correction is a new version. Raises as `rewrite`."""
    with act(actor, "report.finalise", document) as deed:
        changed = _change(actor, deed, document, seen, draft, today, "report.finalise")
    contents.shred(_superseded(Q(document=changed)))
    return changed


def drop(*, actor: Actor, document: Document, seen: int) -> None:
    """Drop a draft: its texts end, that there was one stays. Raises as `rewrite`.

    About health by who may read that, or wrote it: a lead can write about health and not read it again.
    """
    with act(actor, "report.write", document):
        contents.lock_open(document.dossier)
        locked = contents.lock_document(document)
        if locked.author_id != actor.id:
            enter_health(actor, locked)
        state = next_state(DOCUMENT, DocumentState(locked.state), "report.write", GUIDES, "drop")
        latest_of(locked, seen)
        locked.state = state
        locked.save(update_fields=["state"])
    contents.shred(_superseded(Q(document=locked)))


def ended_versions() -> Iterator[UUID]:
    """The versions in running dossiers whose text has ended; whoever was interrupted before shredding, is caught up."""
    return _superseded(Q(document__dossier__state=DossierState.OPEN))


def _superseded(where: Q) -> Iterator[UUID]:
    later_draft = DocumentVersion.objects.filter(
        document=OuterRef("document"), number__gt=OuterRef("number"), reason_cipher=None
    )
    ended = Q(Exists(later_draft)) | Q(document__state=DocumentState.DROPPED)
    return DocumentVersion.objects.filter(where, ended, reason_cipher=None).values_list("pk", flat=True).iterator()


def _change(
    actor: Actor, deed: Deed, document: Document, seen: int, draft: Draft, today: date, act_name: str
) -> Document:
    contents.lock_open(document.dossier)
    locked = contents.lock_document(document)
    enter_health(actor, locked)
    locked.state = next_state(DOCUMENT, DocumentState(locked.state), act_name, GUIDES)
    latest = latest_of(locked, seen)
    _check(draft, today)
    key = contents.dossier_key(locked.dossier_id)
    changes = contents.sealed_particulars(locked.pk, draft.about, key)
    for field, value in changes.items():
        setattr(locked, field, value)
    locked.save(update_fields=["state", *changes])
    version = contents.add_version(actor, locked, draft.text, number=latest.number + 1)
    _put_talk(locked, draft)
    deed.saw([version])
    return locked


def _check(draft: Draft, today: date) -> None:
    intake.check(draft.about, today)
    intake.check_text(draft.text)


def _put_talk(document: Document, draft: Draft) -> None:
    if document.kind == DocumentKind.CONTACT_REPORT and draft.talk is not None:
        contact_reports.put(document, draft.talk)
