"""Art. 7.6: one's own work notes of a dossier: written, dropped, or made a contact report."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dossiers import work_notes
from dossiers.models import Dossier
from dossiers.transitions import WorkNoteState
from dossiers.web.answers import page, refuse
from dossiers.web.forms import ContactReportForm, WorkNoteForm, first
from werkcontact.access import Absent, StaffRequest, find, may, screen
from werkcontact.access.actor import AMSTERDAM
from werkcontact.ids import uuid7
from werkcontact.refused import Refused


@screen("work_note.read_own", kind="list")
def own(request: StaffRequest, involvement: UUID) -> HttpResponse:
    """One's own notes, and a new one."""
    dossier = find(request.actor, "work_note.read_own", Dossier, involvement_id=involvement)
    form = WorkNoteForm(request.POST or None, initial={"new_id": uuid7()})
    if form.is_bound and form.is_valid():
        try:
            work_notes.write(actor=request.actor, dossier=dossier, today=request.today, **form.cleaned_data)
        except Refused as error:
            refuse(form, error)
        else:
            messages.success(request, _("The work note is kept. Only you read it."))
            return redirect("work_note.list", dossier.involvement_id)
    notes = work_notes.read_own(request.actor, dossier)
    return page(request, "dossiers/work_notes.html", dossier, {"form": form, "notes": notes})


@screen("work_note.drop")
def drop(request: StaffRequest, note: UUID) -> HttpResponse:
    """Ask, and then drop a note; whoever no longer guides the client can drop it too, without reading it."""
    found = work_notes.find_own(request.actor, note, "work_note.drop")
    if found.state != WorkNoteState.OPEN and request.method != "POST":
        raise Absent
    guides = may(request.actor, "work_note.read_own", found)
    if request.method == "POST":
        if found.state == WorkNoteState.OPEN:  # a second click finds it gone, as was asked
            work_notes.drop(actor=request.actor, note=found)
        messages.success(request, _("The work note is gone."))
        return redirect("work_note.list", found.dossier.involvement_id) if guides else redirect("home")
    context = {"note": found, "written_on": found.written_at.astimezone(AMSTERDAM).date()}
    if not guides:
        return render(request, "dossiers/drop_note.html", context)
    return page(request, "dossiers/drop_note.html", found.dossier, context)


@screen("work_note.drop")
def convert(request: StaffRequest, note: UUID) -> HttpResponse:
    """Make a contact report of a note; the note ends."""
    found = work_notes.find_own(request.actor, note)
    if found.state != WorkNoteState.OPEN and request.method != "POST":  # what was typed is not thrown away
        raise Absent
    text = work_notes.texts_of(request.actor, [found]).get(found.pk, "")
    written_on = found.written_at.astimezone(AMSTERDAM).date()
    form = ContactReportForm(request.POST or None, today=request.today, initial=first(written_on, text=text))
    if form.is_bound and form.is_valid():
        try:
            document = work_notes.convert(
                actor=request.actor,
                note=found,
                about=form.about(),
                talk=form.talk(),
                text=form.cleaned_data["text"],
                today=request.today,
            )
        except Refused as error:
            refuse(form, error)
        else:
            messages.success(request, _("The contact report lies in the dossier, and the note is gone."))
            return redirect("document.read", document.pk)
    context = {"form": form, "title": _("Make a contact report of your work note"), "only_final": True}
    return page(request, "dossiers/report.html", found.dossier, context)
