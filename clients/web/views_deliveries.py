"""Art. 4, 5.1: deliveries in the browser: upload, look, mend and decide, apply with progress, report and rejects."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients.delivery.apply import ask_to_apply
from clients.delivery.ending import drop, ends_on
from clients.delivery.mend import decide, mend
from clients.delivery.preview import receive
from clients.delivery.rejects import rejects_file
from clients.delivery.sections import PAGE, SECTIONS, deliveries_for, sections
from clients.delivery.staging import plan_of
from clients.models import Delivery, StagedRow
from clients.web import delivery_figures as figures
from clients.web.delivery_shown import shown_sections
from clients.web.forms_deliveries import ApplyForm, DecideForm, LeaveOutForm, UploadForm, typed
from clients.web.parameters import uuid_or_none
from werkcontact.access import Absent, StaffRequest, find, may, screen
from werkcontact.refused import Refused
from werkcontact.ui.components import Pages
from werkcontact.ui.words import number as words_number
from werkcontact.vault.errors import KeyGone


@screen("delivery.view", purpose="guidance", kind="list")
@require_safe
def delivery_list(request: StaffRequest) -> HttpResponse:
    """The deliveries, the last first."""
    before = uuid_or_none(request.GET.get("na"))
    found = deliveries_for(request.actor, before, PAGE + 1)
    shown = found[:PAGE]
    pages = Pages(
        len(shown),
        first_url=request.path if before else "",
        next_url=f"{request.path}?na={shown[-1].pk}" if len(found) > PAGE else "",
    )
    may_add = may(request.actor, "delivery.apply")
    context = {"table": figures.table_of(shown), "pages": pages, "may_add": may_add}
    return render(request, "clients/delivery_list.html", context)


@screen("delivery.apply", purpose="guidance")
@require_http_methods(["GET", "POST"])
def delivery_add(request: StaffRequest) -> HttpResponse:
    """Upload a principal's file."""
    form = UploadForm(request.POST or None, request.FILES or None, today=request.today)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            delivery = receive(
                actor=request.actor,
                principal=form.cleaned_data["principal"],
                data=upload.read(),
                media_type=upload.content_type,
                received_on=form.cleaned_data["received_on"],
                today=request.today,
            )
        except Refused as error:
            form.add_error(error.field or None, str(error.text))
        else:
            return redirect("delivery.view", delivery.pk)
    context = {"form": form, "steps": figures.steps_of(0)}
    return render(request, "clients/delivery_add.html", context, status=422 if form.is_bound else 200)


@screen("delivery.view", purpose="guidance")
@require_safe
def delivery_view(request: StaffRequest, delivery: UUID) -> HttpResponse:
    """A delivery as it stands: to be checked, being applied, or its report."""
    return _page(request, _find(request, delivery))


@screen("delivery.view", purpose="guidance")
@require_safe
def delivery_rows(request: StaffRequest, delivery: UUID, section: str) -> HttpResponse:
    """All rows of one section, by page."""
    record = _find(request, delivery)
    after = request.GET.get("na", "")
    if record.state != Delivery.State.CHECKED or section not in SECTIONS:
        raise Absent
    found = sections(request.actor, record, [section], int(after) if after.isdecimal() and len(after) < 8 else 0)
    shown = shown_sections(record, found, paged=True)
    pages = [Pages(one.shown, one.total, request.path if after else "", one.next_url) for one in shown]
    context = {"delivery": record, "sections": shown, "pages": pages[0] if pages else None}
    return render(request, "clients/delivery_rows.html", context)


@screen("delivery.apply", purpose="guidance")
@require_POST
def delivery_mend(request: StaffRequest, delivery: UUID, number: int) -> HttpResponse:
    """Type the wrong cells of a row anew."""
    record = find(request.actor, "delivery.apply", Delivery, pk=delivery)
    cells = typed(plan_of(record), number, request.POST) if record.understood else {}

    def act() -> None:
        mend(actor=request.actor, delivery=record, number=number, cells=cells, today=request.today)

    return _done(request, record, number, act)


@screen("delivery.apply", purpose="guidance")
@require_POST
def delivery_decide(request: StaffRequest, delivery: UUID, number: int) -> HttpResponse:
    """Say who a doubtful row is, leave a row out, or take that back."""
    record = find(request.actor, "delivery.apply", Delivery, pk=delivery)
    choice, why = StagedRow.Choice.NONE, ""
    if "leave_out" in request.POST:
        reason = LeaveOutForm(request.POST, prefix=f"w{number}")
        choice, why = StagedRow.Choice.SKIP, reason.cleaned_data["why"] if reason.is_valid() else ""
    elif "back" not in request.POST:
        form = DecideForm(request.POST, prefix=f"d{number}")
        if not form.is_valid():
            messages.error(request, _("Choose who this is."))
            return redirect("delivery.view", record.pk)
        choice = StagedRow.Choice(form.cleaned_data["choice"])

    def act() -> None:
        decide(actor=request.actor, delivery=record, number=number, choice=choice, why=why)

    return _done(request, record, number, act)


@screen("delivery.apply", purpose="guidance")
@require_POST
def delivery_apply(request: StaffRequest, delivery: UUID) -> HttpResponse:
    """Ask to apply."""
    record = find(request.actor, "delivery.apply", Delivery, pk=delivery)
    form = _apply_form(record, request.POST) if record.state == Delivery.State.CHECKED else None
    if form is not None and not form.is_valid():
        return _page(request, record, form=form, status=422)
    return _done(request, record, 0, lambda: ask_to_apply(actor=request.actor, delivery=record))


@screen("delivery.apply", purpose="guidance")
@require_POST
def delivery_drop(request: StaffRequest, delivery: UUID) -> HttpResponse:
    """Drop a delivery that waits."""
    record = find(request.actor, "delivery.apply", Delivery, pk=delivery)
    return _done(request, record, 0, lambda: drop(actor=request.actor, delivery=record))


@screen("delivery.view", purpose="guidance")
@require_safe
def delivery_progress(request: StaffRequest, delivery: UUID) -> HttpResponse:
    """How far applying is, for the part of the page that asks again; the page itself once it is ready."""
    record = _find(request, delivery)
    if record.state != Delivery.State.APPLYING:
        response = HttpResponse(status=204)
        response["HX-Refresh"] = "true"
        return response
    return render(request, "clients/delivery_progress.html", {"delivery": record, "facts": figures.done_of(record)})


@screen("delivery.view", purpose="guidance", kind="export")
@require_safe
def delivery_rejects(request: StaffRequest, delivery: UUID) -> HttpResponse:
    """The rows that are not applied, with why, as a file to send back."""
    record = _find(request, delivery)
    if record.ended_on or record.state == Delivery.State.DROPPED:
        raise Absent
    try:
        content = rejects_file(record)
    except KeyGone:  # it is ending this very moment
        raise Absent from None
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="afgewezen-{record.received_on}.csv"'
    return response


def _find(request: StaffRequest, delivery: UUID) -> Delivery:
    return find(request.actor, "delivery.view", Delivery, pk=delivery)


def _apply_form(delivery: Delivery, data: Any = None) -> ApplyForm:
    left, total = figures.rejected_in(delivery), delivery.rows_total
    label = _("Apply without the rows that are wrong or not decided (%(count)s of %(total)s)")
    words = {"count": words_number(total - left), "total": words_number(total)}
    return ApplyForm(data, label=label % words if left else "")


def _page(request: StaffRequest, record: Delivery, form: ApplyForm | None = None, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"delivery": record, "ends_on": ends_on(record), "left": figures.rejected_in(record)}
    if record.state == Delivery.State.DROPPED or record.ended_on:
        return render(request, "clients/delivery_ended.html", {**context, "steps": figures.steps_of(3)})
    if record.state == Delivery.State.CHECKED:
        context |= {
            "steps": figures.steps_of(1),
            "totals": figures.totals_of(record),
            "understood": figures.understood_of(record),
            "sections": shown_sections(record, sections(request.actor, record), paged=False),
            "form": form or _apply_form(record),
        }
        return render(request, "clients/delivery_check.html", context, status=status)
    applied = record.state == Delivery.State.APPLIED
    context |= {"steps": figures.steps_of(3 if applied else 2), "facts": figures.done_of(record)}
    return render(request, "clients/delivery_report.html" if applied else "clients/delivery_apply.html", context)


def _done(request: StaffRequest, record: Delivery, number: int, act: Callable[[], object]) -> HttpResponse:
    """Do an act and go back to the page; somebody who came second is told there."""
    try:
        act()
    except Refused as error:
        messages.error(request, str(error.text))
        return redirect("delivery.view", record.pk)
    response = redirect("delivery.view", record.pk)
    if number:
        response["Location"] += f"#r{number}"
    return response
