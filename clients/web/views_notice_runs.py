"""Art. 11: the print run of a delivery, and the directie's decisions on exceptions."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients import notice_exceptions, notice_runs
from clients.models import Delivery, Notice
from clients.notices import numbers_of
from clients.web.forms_notices import DecideForm, RunSentForm
from clients.web.notices_lists import delivery_words
from clients.web.notices_shown import exception_facts, facts_of, table_of
from clients.web.views_notices import pdf_response
from werkcontact.access import StaffRequest, enter_list, find, saw, screen
from werkcontact.mail.models import OutgoingLetter
from werkcontact.refused import Refused


@screen("notice.send", purpose="guidance", kind="list")
@require_safe
def run(request: StaffRequest, delivery: UUID) -> HttpResponse:
    """Who of a delivery gets a letter, who does not and why; and how far the run is."""
    return _run_page(request, _find(request, delivery))


@screen("notice.send", purpose="guidance")
@require_POST
def run_make(request: StaffRequest, delivery: UUID) -> HttpResponse:
    """Make the letters of the run."""
    found = _find(request, delivery)
    try:
        made = notice_runs.make_run(actor=request.actor, delivery=found, today=request.today)
    except Refused as error:
        messages.error(request, str(error.text))
    else:
        text = ngettext("%(count)s letter has been made.", "%(count)s letters have been made.", len(made.ready))
        messages.success(request, text % {"count": len(made.ready)})
    return redirect("notice.run", found.pk)


@screen("notice.send", purpose="guidance", kind="print")
@require_safe
def run_pdf(request: StaffRequest, delivery: UUID, part: int) -> HttpResponse:
    """One part of the run as PDF, made at this moment and kept nowhere."""
    content = notice_runs.print_part(request.actor, _find(request, delivery), part)
    return pdf_response(request, content, f"kennisgevingen-{part}.pdf")


@screen("notice.send", purpose="guidance")
@require_POST
def run_sent(request: StaffRequest, delivery: UUID) -> HttpResponse:
    """All letters of the run were posted on one day."""
    found = _find(request, delivery)
    form = RunSentForm(request.POST, today=request.today)
    if not form.is_valid():
        return _run_page(request, found, form)
    try:
        sent = notice_runs.mark_run_sent(
            actor=request.actor,
            delivery=found,
            way=OutgoingLetter.Way.POST,
            today=request.today,
            **form.cleaned_data,
        )
    except Refused as error:
        form.add_error(error.field if error.field in form.fields else None, str(error.text))
        return _run_page(request, found, form)
    text = ngettext("%(count)s letter is recorded as sent.", "%(count)s letters are recorded as sent.", sent)
    messages.success(request, text % {"count": sent})
    return redirect("notice.run", found.pk)


@screen("notice.except")
@require_safe
def exceptions(request: StaffRequest) -> HttpResponse:
    """The exceptions that wait for the directie, by the numbers of their dossiers."""
    enter_list(request.actor, "notice.except")
    found = notice_exceptions.waiting(request.actor)
    saw(request.actor, found)
    numbers = numbers_of([notice.involvement_id for notice in found])
    rows = [(notice, numbers.get(notice.involvement_id, "")) for notice in found]
    return render(request, "clients/notice_exceptions.html", {"rows": rows})


@screen("notice.except")
@require_http_methods(["GET", "POST"])
def decide(request: StaffRequest, notice: UUID) -> HttpResponse:
    """Decide on one exception: a second person, over exactly what was read."""
    found = find(request.actor, "notice.except", Notice, pk=notice)
    form = DecideForm(request.POST or None, initial={"seen": found.asked_id})
    if request.method == "POST" and form.is_valid():
        try:
            notice_exceptions.decide(actor=request.actor, notice=found, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, str(error.text))
        else:
            messages.success(request, _("The decision has been recorded."))
            return redirect("notice.exceptions")
    context = {
        "form": form,
        "waits": notice_exceptions.is_waiting(found),
        "number": numbers_of([found.involvement_id]).get(found.involvement_id, ""),
        "facts": (*facts_of(found, request.today), *exception_facts(found)),
    }
    return render(request, "clients/notice_decide.html", context, status=422 if form.is_bound else 200)


def _find(request: StaffRequest, delivery: UUID) -> Delivery:
    return find(request.actor, "delivery.view", Delivery, pk=delivery)


def _run_page(request: StaffRequest, delivery: Delivery, form: RunSentForm | None = None) -> HttpResponse:
    found = notice_runs.read_run(request.actor, delivery)
    blank = RunSentForm(today=request.today, initial={"on": request.today, "digest": found.digest})
    if form is not None and not found.ready:
        for error in form.non_field_errors():
            messages.error(request, str(error))
    sent = [left for left in found.left_out if left.reason == "sent"]
    others = [left for left in found.left_out if left.reason != "sent"]
    context = {
        "delivery": delivery,
        "title": delivery_words(delivery),
        "run": found,
        "parts": [(number, len(part)) for number, part in enumerate(found.parts, 1)],
        "filed": len(found.sent) - found.to_file,
        "table": table_of(others) if others else None,
        "sent_table": table_of(sent) if sent else None,
        "sent_form": form or blank,
        "form": form,
    }
    return render(request, "clients/notice_run.html", context, status=422 if form else 200)
