"""Art. 12.1: registering a request and its receipt; the list; giving a request to a handler."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from requests_app import handling, prefill, registering
from requests_app.reading.request_list import RUNNING, request_list
from requests_app.web.answers import button, form_page, note_refusal, opened
from requests_app.web.forms import AssignForm, RegisterForm
from werkcontact.access import Absent, StaffRequest, enter, enter_list, screen
from werkcontact.refused import Refused


@screen("request.register", kind="create")
@require_http_methods(["GET", "POST"])
def register(request: StaffRequest) -> HttpResponse:
    """Write a request down; from a client's page name and address are filled in, and nothing more is said of it."""
    initial = prefill.of(request.actor, request.GET.get("client", ""))
    form = RegisterForm(request.POST or None, today=request.today, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = registering.register(actor=request.actor, today=request.today, **form.facts())
        except Refused as error:
            note_refusal(request, error)
            form.add_error(error.field if error.field in form.fields else None, str(error.text))
            if error.code == registering.KEPT_BEFORE:
                form.renew()  # sending it once more is then meant
        else:
            return redirect("request.receipt", made.pk)
    enter(request.actor, "request.register")
    return render(request, "requests_app/register.html", {"form": form}, status=422 if form.is_bound else 200)


@screen("request.register", kind="read")
@require_safe
def receipt(request: StaffRequest, subject_request: UUID) -> HttpResponse:
    """The number, for who registered it; the same page for whoever asked."""
    made = registering.receipt(actor=request.actor, request_id=subject_request)
    return render(request, "requests_app/receipt.html", {"receipt": made})


@screen("request.view", kind="list")
@require_safe
def index(request: StaffRequest) -> HttpResponse:
    """The requests that one may see."""
    enter_list(request.actor, "request.view")
    page = request.GET.get("pagina", "1")
    which = request.GET.get("toon", RUNNING)
    found = request_list(
        request.actor, request.today, which=which, page=int(page) if page.isdecimal() and len(page) < 6 else 1
    )
    return render(request, "requests_app/list.html", {"found": found})


@screen("request.assign", kind="change")
@require_http_methods(["GET", "POST"])
def assign(request: StaffRequest, subject_request: UUID) -> HttpResponse:
    """Give a request to a handler."""
    one = opened(request, subject_request, "request.view")
    form = AssignForm(request.POST or None, handlers=handling.appointed_on(request.today))

    def run() -> None:
        handler = form.chosen()
        handling.assign(actor=request.actor, subject_request=one, handler=handler, today=request.today)

    return form_page(
        request, one, form, run, title=_("Give this request to a handler"), submit=_("Give"), done=_("It was given.")
    )


@screen("request.assign", kind="change")
@require_POST
def take(request: StaffRequest, subject_request: UUID) -> HttpResponse:
    """Take a request oneself."""
    one = opened(request, subject_request, "request.view")
    staff = request.actor.staff
    if staff is None:
        raise Absent
    return button(
        request,
        one,
        lambda: handling.assign(actor=request.actor, subject_request=one, handler=staff, today=request.today),
        done=_("You handle this request now."),
    )
