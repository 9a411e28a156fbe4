"""Art. 9: assigning clients, one or many at once, and ending an assignment."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from clients import assignments
from clients.listing import Narrowing, list_clients
from clients.models import Assignment, Involvement
from clients.web.forms import AssignForm, EndForm
from clients.web.lists import pages_for
from clients.web.parameters import uuid_or_none, uuids
from clients.web.strip import strip_for
from werkcontact.access import Absent, StaffRequest, enter_list, find, may, screen
from werkcontact.access.records import reach
from werkcontact.refused import Refused


@screen("assignment.give")
@require_http_methods(["GET", "POST"])
def give(request: StaffRequest, involvement: UUID) -> HttpResponse:
    """Assign one client."""
    record = find(request.actor, "assignment.give", Involvement, pk=involvement)
    form = _assign_form(request)
    if request.method == "POST" and form.is_valid():
        try:
            assignments.give(actor=request.actor, involvement=record, today=request.today, **form.cleaned_data)
        except Refused as error:
            form.add_error(error.field or None, str(error.text))
        else:
            messages.success(request, _("The client has been assigned."))
            return redirect("registration.view", record.pk)
    context = {"strip": strip_for(request, record, current="overview"), "record": record, "form": form}
    return render(request, "clients/assign.html", context, status=_status(form))


@screen("client.list", kind="list")
@require_http_methods(["GET", "POST"])
def give_many(request: StaffRequest) -> HttpResponse:
    """Clients without a caseworker, to be assigned many at once."""
    enter_list(request.actor)
    if not reach(request.actor, "assignment.give").everything:
        raise Absent
    form, chosen = _assign_form(request), uuids(request.POST.getlist("client"))
    if request.method == "POST":
        if not chosen:
            form.add_error(None, _("Tick at least one client."))
        if form.is_valid() and (done := _give_chosen(request, form, chosen)):
            text = ngettext("%(count)s client has been assigned.", "%(count)s clients have been assigned.", done)
            messages.success(request, text % {"count": done})
            return redirect("assignment.give_many")
    after = uuid_or_none(request.GET.get("na"))
    listing = list_clients(request.actor, after=after, by=Narrowing(unassigned=True))
    pages = pages_for(request, listing)
    context = {"listing": listing, "pages": pages, "form": form, "chosen": set(chosen)}
    return render(request, "clients/assign_many.html", context, status=_status(form))


@screen("assignment.end")
@require_http_methods(["GET", "POST"])
def end(request: StaffRequest, assignment: UUID) -> HttpResponse:
    """End an assignment."""
    row = find(request.actor, "assignment.end", Assignment, pk=assignment)
    form = EndForm(request.POST or None, today=request.today, initial={"until_on": request.today})
    if request.method == "POST" and form.is_valid():
        last = form.cleaned_data["until_on"] or request.today
        try:
            assignments.end(
                actor=request.actor,
                assignment=row,
                until_on=last,
                today=request.today,
                at_once=form.cleaned_data["at_once"],
            )
        except Refused as error:
            form.add_error(error.field or None, str(error.text))
        else:
            messages.success(request, _("The assignment ends."))
            return _after_ending(request, row.involvement)
    context = {"strip": strip_for(request, row.involvement, current="overview"), "row": row, "form": form}
    return render(request, "clients/end_assignment.html", context, status=_status(form))


def _give_chosen(request: StaffRequest, form: AssignForm, chosen: list[UUID]) -> int:
    """Assign what was ticked; 0 when a rule refused, with its words in the form."""
    fields: dict[str, Any] = form.cleaned_data
    try:
        given = assignments.give_many(actor=request.actor, involvements=chosen, today=request.today, **fields)
    except Refused as error:
        form.add_error(error.field or None, str(error.text))
        return 0
    return len(given)


def _assign_form(request: StaffRequest) -> AssignForm:
    people = assignments.candidates(request.today)
    return AssignForm(request.POST or None, today=request.today, people=people)


def _after_ending(request: StaffRequest, involvement: Involvement) -> HttpResponse:
    """Back to the client; to the list for a team lead who with this no longer sees them."""
    if may(request.actor, "registration.view", involvement):
        return redirect("registration.view", involvement.pk)
    return redirect("client.list")


def _status(form: AssignForm | EndForm) -> int:
    return 422 if form.is_bound and form.errors else 200
