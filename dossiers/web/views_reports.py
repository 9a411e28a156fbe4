"""Art. 1.h, 7.6: contact reports and reports: written, kept as a draft, and made final."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from dossiers import contact_reports, contents, documents, reports
from dossiers.models import ContactReport, Document, Dossier
from dossiers.models.document import DocumentKind, Sensitivity
from dossiers.transitions import DocumentState
from dossiers.web.answers import number_in, page, refuse, take_over
from dossiers.web.forms import ContactReportForm, ReportForm, first
from werkcontact.access import Absent, StaffRequest, find, screen
from werkcontact.refused import Refused

OVERTAKEN = frozenset({"documents.meanwhile", "transitions.not_from_here"})
FINISH = "finish"  # the value of the button that makes it final; any other keeps a draft


@screen("report.write")
def contact_report(request: StaffRequest, involvement: UUID) -> HttpResponse:
    """A new contact report: final at once, or kept as a draft."""
    dossier = find(request.actor, "report.write", Dossier, involvement_id=involvement)
    form = ContactReportForm(request.POST or None, today=request.today, initial=first(request.today))
    if form.is_bound and form.is_valid():
        try:
            if request.POST.get("do") == FINISH:
                contact_reports.record(
                    actor=request.actor,
                    dossier=dossier,
                    about=form.about(),
                    talk=form.talk(),
                    text=form.cleaned_data["text"],
                    today=request.today,
                    new_id=form.cleaned_data["new_id"],
                )
                messages.success(request, _("The contact report lies in the dossier."))
                return redirect("document.list", dossier.involvement_id)
            return _keep(request, dossier, form)
        except Refused as error:
            refuse(form, error)
    context = {"form": form, "title": _("New contact report")}
    return page(request, "dossiers/report.html", dossier, context)


@screen("report.write")
def report(request: StaffRequest, involvement: UUID) -> HttpResponse:
    """A new report, kept as a draft; it is made final from there."""
    dossier = find(request.actor, "report.write", Dossier, involvement_id=involvement)
    form = ReportForm(request.POST or None, today=request.today, initial=first(request.today))
    if form.is_bound and form.is_valid():
        try:
            return _keep(request, dossier, form)
        except Refused as error:
            refuse(form, error)
    context = {"form": form, "title": _("New report"), "only_draft": True}
    return page(request, "dossiers/report.html", dossier, context)


def _keep(request: StaffRequest, dossier: Dossier, form: ContactReportForm | ReportForm) -> HttpResponse:
    new_id = form.cleaned_data["new_id"]
    document = reports.write(
        actor=request.actor, dossier=dossier, draft=form.draft(), today=request.today, new_id=new_id
    )
    messages.success(request, _("Kept as a draft. Nobody sees it as final."))
    return _go_to(request, "report.edit", document, dossier)


@screen("report.write")
def edit(request: StaffRequest, document: UUID) -> HttpResponse:
    """Go on with a draft: keep it, or make it final. A second window that was overtaken keeps what was typed."""
    found = find(request.actor, "report.write", Document, pk=document)
    documents.enter_health(request.actor, found)
    form_class = ContactReportForm if found.kind == DocumentKind.CONTACT_REPORT else ReportForm
    if request.method == "POST":
        return _send(request, found, form_class(request.POST, today=request.today))
    if found.state == DocumentState.FINAL:
        return redirect("document.read", found.pk)
    if found.state != DocumentState.DRAFT:
        raise Absent
    opened = documents.open_version(request.actor, found)
    initial = _written(found, opened.text) | {"version": opened.shown.number}
    return _draft_page(request, found, form_class(today=request.today, initial=initial))


def _send(request: StaffRequest, document: Document, form: ContactReportForm | ReportForm) -> HttpResponse:
    overtaken = ""
    if form.is_valid():
        try:
            return _change(request, document, form)
        except Refused as error:
            refuse(form, error)
            if error.code in OVERTAKEN:
                document = find(request.actor, "report.write", Document, pk=document.pk)
                overtaken = _text_now(request, document, form)
    return _draft_page(request, document, form, overtaken)


def _text_now(request: StaffRequest, document: Document, form: ContactReportForm | ReportForm) -> str:
    if document.state not in {DocumentState.DRAFT, DocumentState.FINAL}:
        return ""
    now = documents.open_version(request.actor, document)
    take_over(form, now.shown.number)
    return now.text


def _draft_page(
    request: StaffRequest, document: Document, form: ContactReportForm | ReportForm, overtaken: str = ""
) -> HttpResponse:
    context = {"form": form, "title": _title(document), "draft": document, "overtaken": overtaken}
    return page(request, "dossiers/report.html", document.dossier, context)


def _change(request: StaffRequest, document: Document, form: ContactReportForm | ReportForm) -> HttpResponse:
    seen, draft = form.cleaned_data["version"] or 0, form.draft()
    if request.POST.get("do") == FINISH:
        reports.finalise(actor=request.actor, document=document, seen=seen, draft=draft, today=request.today)
        messages.success(request, _("It is final now, and lies in the dossier."))
        return _go_to(request, "document.read", document, document.dossier)
    reports.rewrite(actor=request.actor, document=document, seen=seen, draft=draft, today=request.today)
    messages.success(request, _("Kept as a draft. Nobody sees it as final."))
    return _go_to(request, "report.edit", document, document.dossier)


def _go_to(request: StaffRequest, url: str, document: Document, dossier: Dossier) -> HttpResponse:
    """To the document; to the dossier for a lead, who may write about health and not read it."""
    if not documents.may_read_now(request.actor, document):
        return redirect("document.list", dossier.involvement_id)
    return redirect(url, document.pk)


@screen("report.write")
def drop(request: StaffRequest, document: UUID) -> HttpResponse:
    """Ask, and then drop a draft."""
    found = find(request.actor, "report.write", Document, pk=document)
    if found.state != DocumentState.DRAFT:
        raise Absent
    if request.method == "POST":
        seen = number_in(request.POST.get("version", "")) or 0
        try:
            reports.drop(actor=request.actor, document=found, seen=seen)
        except Refused as error:
            if error.code not in OVERTAKEN:
                raise
            messages.warning(request, _("This was changed in the meantime. Look at it before you drop it."))
            return redirect("report.edit", found.pk)
        messages.success(request, _("The draft is gone."))
        return redirect("document.list", found.dossier.involvement_id)
    latest = documents.pick(documents.versions_of(found), None)
    readable = documents.may_read_now(request.actor, found)
    context = {"draft": found, "latest": latest.number, "readable": readable}
    return page(request, "dossiers/drop_draft.html", found.dossier, context)


def _title(document: Document) -> str:
    if document.kind == DocumentKind.CONTACT_REPORT:
        return _("Draft of a contact report")
    return _("Draft of a report")


def _written(document: Document, text: str) -> dict[str, Any]:
    """What the form holds of a draft."""
    key = contents.dossier_key(document.dossier_id)
    written = {
        "title": contents.title_of(document, key),
        "why": contents.why_of(document, key),
        "category": document.category,
        "health": document.sensitivity == Sensitivity.HEALTH,
        "happened_on": document.happened_on,
        "text": text,
    }
    talk: ContactReport | None = getattr(document, "contact_report", None)
    if talk:
        written |= {
            "channel": talk.channel,
            "minutes_spent": talk.minutes_spent,
            "next_step": contact_reports.next_step_of(talk, key),
            "next_step_on": talk.next_step_on,
        }
    return written
