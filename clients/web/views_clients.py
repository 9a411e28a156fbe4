"""Art. 4, 9: the list of clients with its search, the page of one involvement, its BSN, address and contact data."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients import assignments, bsn
from clients.contact import changed_since, edit_contact, editable, entry, latest
from clients.listing import Narrowing, list_clients, principals_for
from clients.models import Involvement
from clients.overview import ADDRESS, overview_of
from clients.search import search
from clients.web.forms import ContactForm
from clients.web.lists import filter_for, pages_for, table_of, table_of_hits
from clients.web.notices_shown import card_of
from clients.web.parameters import uuid_or_none
from clients.web.strip import strip_for
from clients.why import former_guides_of, guides_of, seers_of
from werkcontact.access import PurposeNeeded, StaffRequest, act, enter, enter_list, find, may, screen
from werkcontact.access.middleware import state_purpose
from werkcontact.access.records import reach
from werkcontact.access.stating import HOLDS, PurposeForm
from werkcontact.refused import Refused
from werkcontact.ui.components import State

_LONGEST_ID = 19  # digits of an entry of the history


@screen("client.list", kind="list")
@require_safe
def client_list(request: StaffRequest) -> HttpResponse:
    """The clients one may see."""
    enter_list(request.actor)
    everything = reach(request.actor, "client.list").everything
    context: dict[str, Any] = {"may_assign": reach(request.actor, "assignment.give").everything}
    principals = principals_for(request.actor)
    by = Narrowing(unassigned=_unassigned(request), principal=_principal(request, [one.pk for one in principals]))
    after = uuid_or_none(request.GET.get("na"))
    listing = list_clients(request.actor, after=after, by=by)
    context |= {
        "listing": listing,
        "table": table_of(listing.clients),
        "filter": filter_for(by, principals, everything=everything),
        "pages": pages_for(request, listing),
        "narrowed": by != Narrowing(),
    }
    return render(request, "clients/list.html", context)


@screen("client.list", kind="search")
@require_http_methods(["GET", "HEAD", "POST"])
def client_search(request: StaffRequest) -> HttpResponse:
    """What a search among the clients one may see finds; posted, since a name belongs in no address."""
    enter_list(request.actor)
    text = request.POST.get("q", "").strip()
    if not text:
        return redirect("client.list")
    found = search(request.actor, text)
    context = {"q": text, "found": found, "table": table_of_hits(found.hits)}
    return render(request, "clients/search.html", context)


@screen("registration.view", purpose="guidance")
@require_safe
def registration_view(request: StaffRequest, involvement: UUID) -> HttpResponse:
    """The page of one involvement."""
    record = find(request.actor, "registration.view", Involvement, pk=involvement)
    assignments.meet(actor=request.actor, involvement=record)
    return _overview(request, record, show_address=False)


@screen("registration.view", purpose="guidance")
@require_POST
def address_show(request: StaffRequest, involvement: UUID) -> HttpResponse:
    """The same page with its secret address; that it was asked for is in the log."""
    record = find(request.actor, "registration.view", Involvement, pk=involvement)
    with act(request.actor, "registration.view", record, kind="read", ground="address"):
        return _overview(request, record, show_address=True)


@screen("bsn.reveal")
@require_http_methods(["GET", "POST"])
def bsn_reveal(request: StaffRequest, involvement: UUID) -> HttpResponse:
    """Ask what for, then show the BSN; a GET only asks."""
    record = find(request.actor, "registration.view", Involvement, pk=involvement)
    context: dict[str, Any] = {"strip": strip_for(request, record, current=""), "record": record}
    purpose = ""
    try:
        enter(request.actor, "bsn.reveal", record)
    except PurposeNeeded as question:
        choices = [(choice.code, choice.title) for choice in question.choices]
        form = PurposeForm(request.POST if "purpose" in request.POST else None, choices=choices)
        if not form.is_valid():
            _only_asked(request)
            context |= {"form": form, "choices": choices}
            return render(request, "clients/bsn.html", context, status=422 if form.is_bound else 200)
        purpose = form.cleaned_data["purpose"]
        state_purpose(request, question.scope, purpose, timezone.now() + HOLDS)
    if request.method == "GET":
        _only_asked(request)
        return render(request, "clients/bsn.html", context)
    number = bsn.reveal(actor=request.actor, involvement=record, purpose=purpose)
    return render(request, "clients/bsn.html", {**context, "bsn": number})


@screen("registration.edit", purpose="guidance")
@require_http_methods(["GET", "POST"])
def registration_edit(request: StaffRequest, involvement: UUID) -> HttpResponse:
    """Contact data; of a secret address only after asking for it, which the log calls by its name."""
    record = find(request.actor, "registration.edit", Involvement, pk=involvement)
    secret = record.registration.secrecy > 0
    hidden = secret and "adres" not in request.GET
    if secret and not hidden and request.actor.draft is not None:
        request.actor.draft.ground = "address"
    names = [name for name in editable(record) if not (hidden and name in ADDRESS)]
    form = _contact_form(request, record, names)
    if form.is_bound and form.is_valid():
        try:
            edit_contact(
                actor=request.actor,
                involvement=record,
                values=form.changes(),
                seen=form.cleaned_data["seen"],
                today=request.today,
            )
        except Refused as error:
            form.add_error(error.field or None, str(error.text))
        else:
            messages.success(request, _("The contact data have been saved."))
            return redirect("registration.view", record.pk)
    context = {
        "strip": strip_for(request, record, current="overview"),
        "form": form,
        "secret": hidden,
        "record": record,
    }
    return render(request, "clients/edit.html", context, status=422 if form.is_bound else 200)


def _contact_form(request: StaffRequest, record: Involvement, names: list[str]) -> ContactForm:
    """The form on what its reader had before them; when that has changed since, on what stands there now.

    What was typed is kept, and says what stands there now where somebody else changed the same field.
    """
    now = latest(record)
    if request.method != "POST":
        return ContactForm(entry=now, names=names, today=request.today)
    seen = request.POST.get("seen", "")
    then = entry(record, int(seen)) if seen.isascii() and seen.isdigit() and len(seen) < _LONGEST_ID else None
    form = ContactForm(request.POST, entry=then or now, names=names, today=request.today)
    others = changed_since(then, now) if then else frozenset()
    if then and not others:
        return form
    typed = form.typed()
    stands = {name: str(getattr(now, name)) for name in names}
    again = ContactForm({**stands, **typed, "seen": now.history_id}, entry=now, names=names, today=request.today)
    again.full_clean()
    again.add_error(
        None, _("Somebody changed these contact data while you were typing. What you typed is kept: check it and save.")
    )
    for name in others & typed.keys():
        again.add_error(name, _("Now stands here: %(value)s.") % {"value": stands[name] or _("nothing")})
    return again


def _overview(request: StaffRequest, record: Involvement, *, show_address: bool) -> HttpResponse:
    actor = request.actor
    guides = guides_of(record, request.actor.at)
    strip = strip_for(request, record, current="overview", heading=True, guides=guides)
    if show_address and strip.band:
        shown = _(
            "The address is shown below, and that is recorded. Nothing goes out by itself: no letters, no e-mail."
        )
        strip = replace(strip, band=replace(strip.band, text=shown, action_url=""))
    may_assign = may(actor, "assignment.give", record)
    context = {
        "strip": strip,
        "record": record,
        "overview": overview_of(record, request.today, show_address=show_address),
        "guides": guides,
        "notice_card": card_of(request, record),
        "nobody": State("wait", "person", _("nobody yet")),
        "seers": seers_of(guides) if may(actor, "access.why", record) else (),
        "may_edit": may(actor, "registration.edit", record),
        "may_assign": may_assign,
        "former": former_guides_of(record, actor.at) if may_assign else (),
        "left": State("wait", "clock", _("no longer appointed: cannot open this client")),
    }
    return render(request, "clients/overview.html", context)


def _only_asked(request: StaffRequest) -> None:
    """The log says that nothing was shown yet."""
    if request.actor.draft is not None:
        request.actor.draft.outcome = "purpose"


def _unassigned(request: StaffRequest) -> bool:
    """Whether the list is narrowed to whom nobody guides; another word would narrow nothing, and is refused."""
    asked = request.GET.get("wie")
    if asked not in {None, "niemand"}:
        raise Http404
    return asked == "niemand"


def _principal(request: StaffRequest, known: list[UUID]) -> UUID | None:
    """The principal that the list is narrowed to; an unknown one is refused, since it would narrow nothing."""
    asked = uuid_or_none(request.GET.get("opdrachtgever"))
    if asked is not None and asked not in known:
        raise Http404
    return asked
