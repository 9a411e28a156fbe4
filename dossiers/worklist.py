"""Art. 7.6: what somebody must still do in dossiers: drafts to finish, work notes about to end."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.models import Involvement
from clients.names import list_name
from clients.naming import born, name_of
from dossiers import work_notes
from dossiers.models import Document, WorkNote
from dossiers.models.document import Sensitivity
from werkcontact.access import Actor, ids_of
from werkcontact.access.actor import AMSTERDAM
from werkcontact.ui.components import Part
from werkcontact.ui.work import Work

WARNED_DAYS = 7


def mine(actor: Actor, today: date) -> list[Work]:
    """One's own drafts, and one's own notes that end within a week of `today` (Amsterdam); four queries."""
    return [*_drafts(actor), *_notes(actor, today)]


def _drafts(actor: Actor) -> list[Work]:
    found = Document.objects.visible_to(actor, "report.write").drafts().filter(author_id=actor.id)
    readable = set(found.visible_to(actor, "document.read_health").values_list("pk", flat=True))
    return [
        _draft(document, readable=document.sensitivity != Sensitivity.HEALTH or document.pk in readable)
        for document in found.select_related("dossier__involvement__client").order_by("happened_on", "pk")
    ]


def _draft(document: Document, *, readable: bool) -> Work:
    """A lead may write about health and not read it again: then it is for who guides the client, or dropped."""
    kind = {"kind": document.get_kind_display()}
    return Work(
        kind="draft",
        label=gettext_lazy("Drafts"),
        icon="pencil",
        title=_("Finish the draft: %(kind)s") % kind
        if readable
        else _("Have your draft finished, or drop it: %(kind)s") % kind,
        url=reverse("report.edit" if readable else "report.drop", args=[document.pk]),
        work_by_on=None,
        who=_who(document.dossier.involvement),
        who_meta=_born(document.dossier.involvement),
        meta=(Part(_("of (a day)"), day=document.happened_on),),
        subjects=ids_of(document),
    )


def _notes(actor: Actor, today: date) -> list[Work]:
    """Whoever no longer guides the client can only drop a note, and is told the dossier's number instead of a name."""
    soon = WorkNote.objects.still_open().filter(expires_on__lte=today + timedelta(days=WARNED_DAYS))
    ending = work_notes.unspared(soon)
    readable = set(ending.visible_to(actor, "work_note.read_own").values_list("pk", flat=True))
    found = ending.visible_to(actor, "work_note.drop").select_related("dossier__involvement__client")
    return [_note(note, readable=note.pk in readable) for note in found.order_by("expires_on", "pk")]


def _note(note: WorkNote, *, readable: bool) -> Work:
    involvement = note.dossier.involvement
    url = reverse("work_note.list", args=[involvement.pk]) if readable else reverse("work_note.drop", args=[note.pk])
    return Work(
        kind="work_note",
        label=gettext_lazy("Work notes"),
        icon="lock",
        title=_("Your work note ends: drop it or make a contact report of it"),
        url=url,
        work_by_on=note.expires_on,
        who=_who(involvement) if readable else note.dossier.number,
        who_meta=_born(involvement) if readable else (),
        meta=(Part(_("written on"), day=note.written_at.astimezone(AMSTERDAM).date()),),
        subjects=ids_of(note),
    )


def _who(involvement: Involvement) -> str:
    return list_name(name_of(involvement.client)) if involvement.client else ""


def _born(involvement: Involvement) -> tuple[Part, ...]:
    return (Part(str(born(involvement.client)), num=True),) if involvement.client else ()
