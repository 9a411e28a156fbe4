"""What the views of requests share: forms whose act may refuse, buttons whose refusal is said on the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from requests_app.flow import asks_of, is_handler, purpose_of
from requests_app.models import SubjectRequest
from requests_app.transitions import AskState, RequestState
from werkcontact.access import Absent, StaffRequest, enter, find
from werkcontact.access.middleware import state_purpose
from werkcontact.access.stating import HOLDS
from werkcontact.refused import Refused
from werkcontact.ui.components import Text

Run = Callable[[], object]


def opened(request: StaffRequest, pk: UUID, act: str = "request.handle") -> SubjectRequest:
    """Fetch a request through the gate."""
    return find(request.actor, act, SubjectRequest, pk=pk)


def form_page(
    request: StaffRequest,
    subject_request: SubjectRequest,
    form: forms.Form,
    run: Run,
    *,
    title: Text,
    submit: Text,
    intro: Text = "",
    danger: bool = False,
    done: Text = "",
    template: str = "requests_app/form.html",
    **context: Any,
) -> HttpResponse:
    """Show a form about a request; when it is posted and right, run the act and go back to the request."""
    if request.method == "POST" and form.is_valid() and _accepted(request, form, run):
        if done:
            messages.success(request, str(done))
        return redirect("request.view", subject_request.pk)
    shown = {
        "subject_request": subject_request,
        "form": form,
        "title": title,
        "submit": submit,
        "intro": intro,
        "danger": danger,
        **context,
    }
    return render(request, template, shown, status=422 if form.is_bound else 200)


def button(request: StaffRequest, subject_request: SubjectRequest, run: Run, *, done: Text = "") -> HttpResponse:
    """Run the act of a button and go back to the request; a refusal is said there."""
    try:
        run()
    except Refused as error:
        note_refusal(request, error)
        messages.error(request, str(error.text))
    else:
        if done:
            messages.success(request, str(done))
    return redirect("request.view", subject_request.pk)


def note_refusal(request: StaffRequest, error: Refused) -> None:
    """Have the log say that it was refused, and by which rule."""
    if request.actor.draft is not None:
        request.actor.draft.outcome = f"refused:{error.code}"


def _accepted(request: StaffRequest, form: forms.Form, run: Run) -> bool:
    try:
        run()
    except Refused as error:
        note_refusal(request, error)
        form.add_error(error.field if error.field in form.fields else None, str(error.text))
        return False
    return True


def state_for(request: StaffRequest, one: SubjectRequest, involvement: UUID) -> None:
    """State the running request as the purpose to look into this file, for its handler and its second person."""
    if one.state == RequestState.CLOSED:
        raise Absent
    if is_handler(request.actor, one):
        enter(request.actor, "request.handle", one)
    else:
        enter_as_second(request, one)
    state_purpose(request, str(involvement), purpose_of(one), timezone.now() + HOLDS)


def enter_as_second(request: StaffRequest, one: SubjectRequest) -> None:
    """Let through whoever must decide as the second person, while something waits for that. Raises Absent."""
    ask = asks_of(one)[0]
    if ask.state != AskState.SECOND:
        raise Absent
    enter(request.actor, "request.decide_second", ask)
