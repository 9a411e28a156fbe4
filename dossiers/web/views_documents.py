"""Art. 5.2: the Dossier tab, one document, its files, adding one and correcting one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from dossiers import classifying, contents, documents, reading, timeline
from dossiers.models import Document, Dossier
from dossiers.models.document import Sensitivity
from dossiers.transitions import DocumentState
from dossiers.web.answers import number_in, page, refuse, take_over
from dossiers.web.forms import AddFileForm, ClassifyForm, ReviseFileForm, ReviseTextForm, first
from werkcontact.access import Absent, StaffRequest, find, may, saw, screen
from werkcontact.refused import Refused
from werkcontact.vault.errors import KeyGone


@screen("document.list", kind="list")
def timeline_page(request: StaffRequest, involvement: UUID) -> HttpResponse:
    """Everything on a row, by kind, a page at a time."""
    dossier = find(request.actor, "document.list", Dossier, involvement_id=involvement)
    shown = timeline.timeline(
        request.actor,
        dossier,
        group=request.GET.get("soort", ""),
        after=request.GET.get("na", ""),
        today=request.today,
    )
    context = {"timeline": shown, "may_add": may(request.actor, "document.add", dossier)}
    return page(request, "dossiers/timeline.html", dossier, context, heading=True)


@screen("document.read")
def read(request: StaffRequest, document: UUID) -> HttpResponse:
    """One document, in its latest version or the one in the URL."""
    found = documents.find_document(request.actor, document)
    shown = reading.page(request.actor, found, number_in(request.GET.get("versie", "")))
    return page(request, "dossiers/document.html", found.dossier, {"page": shown})


@screen("document.read")
def download(request: StaffRequest, document: UUID, number: int) -> StreamingHttpResponse:
    """The file of one version, proven whole before its first byte; under a name that tells nothing about anybody."""
    found = documents.find_document(request.actor, document)
    version = documents.pick(documents.versions_of(found), number)
    if version.stored_file is None:
        raise Absent
    saw(request.actor, [version])
    try:
        chunks = contents.chunks_of(version)
    except KeyGone as error:
        raise Absent from error
    return StreamingHttpResponse(
        chunks,
        headers={
            "Content-Type": version.stored_file.media_type,
            "Content-Length": str(version.stored_file.size),
            "Content-Disposition": f'attachment; filename="{reading.file_name(found, version)}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store, private",
        },
    )


@screen("document.add")
def add(request: StaffRequest, involvement: UUID) -> HttpResponse:
    """Add a file: what it is, from whom, and why it belongs here."""
    dossier = find(request.actor, "document.add", Dossier, involvement_id=involvement)
    form = AddFileForm(request.POST or None, request.FILES or None, today=request.today, initial=first(request.today))
    if form.is_bound and form.is_valid():
        try:
            documents.add_file(
                actor=request.actor,
                dossier=dossier,
                about=form.about(),
                content=form.content(),
                today=request.today,
                new_id=form.cleaned_data["new_id"],
            )
        except Refused as error:
            refuse(form, error)
        else:
            messages.success(request, _("The document lies in the dossier."))
            return redirect("document.list", dossier.involvement_id)
    return page(request, "dossiers/add.html", dossier, {"form": form})


@screen("document.revise")
def revise(request: StaffRequest, document: UUID) -> HttpResponse:
    """Correct a document: a new version with a reason."""
    found = find(request.actor, "document.revise", Document, pk=document)
    documents.enter_health(request.actor, found)
    if found.state == DocumentState.DRAFT:
        return redirect("report.edit", found.pk)
    documents.check_kind(found)
    opened = documents.open_version(request.actor, found)
    form_class = ReviseFileForm if opened.shown.stored_file else ReviseTextForm
    initial = {"version": opened.shown.number, "text": opened.text}
    form = form_class(request.POST or None, request.FILES or None, today=request.today, initial=initial)
    overtaken = ""
    if form.is_bound and form.is_valid():
        try:
            documents.revise(
                actor=request.actor,
                document=found,
                seen=form.cleaned_data["version"] or 0,
                content=form.content(),
                reason=form.cleaned_data["reason"],
            )
        except Refused as error:
            refuse(form, error)
            if error.code == "documents.meanwhile":
                now = documents.open_version(request.actor, found)
                overtaken = now.text
                take_over(form, now.shown.number)
        else:
            messages.success(request, _("The correction is kept as a new version."))
            return redirect("document.read", found.pk)
    context = {"form": form, "document": found, "overtaken": overtaken}
    return page(request, "dossiers/revise.html", found.dossier, context)


@screen("document.revise")
def classify(request: StaffRequest, document: UUID) -> HttpResponse:
    """Put right what a document is about, why it is kept, and its health mark."""
    found = find(request.actor, "document.revise", Document, pk=document)
    documents.enter_health(request.actor, found)
    if found.state != DocumentState.FINAL:
        raise Absent
    documents.check_kind(found)
    initial = {
        "category": found.category,
        "why": contents.why_of(found, contents.dossier_key(found.dossier_id)),
        "health": found.sensitivity == Sensitivity.HEALTH,
    }
    form = ClassifyForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            classifying.classify(
                actor=request.actor, document=found, marks=form.marks(), reason=form.cleaned_data["reason"]
            )
        except Refused as error:
            refuse(form, error)
        else:
            messages.success(request, _("What is said of the document has been put right."))
            if documents.may_read_now(request.actor, found):
                return redirect("document.read", found.pk)
            return redirect("document.list", found.dossier.involvement_id)
    return page(request, "dossiers/classify.html", found.dossier, {"form": form, "document": found})
