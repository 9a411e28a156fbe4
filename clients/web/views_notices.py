"""Art. 11: the list of notices, and the page of one: its letter, sending it, and the other ways in which it ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients import notice_exceptions, notices
from clients.addressing import address_of, is_secret
from clients.models import Notice
from clients.notice_list import Narrowing, deliveries_for, list_notices, principals_for
from clients.web.forms_notices import AskForm, KnownForm, MakeForm, OtherwiseForm, SentForm
from clients.web.notices_lists import filter_for, pages_for
from clients.web.notices_shown import facts_of, groups_of, has_died, has_ended, more_facts_of, went_by_letter
from clients.web.parameters import uuid_or_none
from clients.web.strip import strip_for
from werkcontact.access import Absent, StaffRequest, enter_list, find, may, screen
from werkcontact.mail import letters as mail
from werkcontact.refused import Refused


@screen("notice.send", purpose="guidance", kind="list")
@require_safe
def notice_list(request: StaffRequest) -> HttpResponse:
    """The notices one may send, nearest date first; and the deliveries that can be printed in one run."""
    enter_list(request.actor, "notice.send")
    principals, deliveries = principals_for(request.actor), deliveries_for(request.actor)
    by = Narrowing(
        ended=request.GET.get("stand") == "afgerond",
        principal=uuid_or_none(request.GET.get("opdrachtgever")),
        delivery=uuid_or_none(request.GET.get("aanlevering")),
    )
    if by.delivery and by.delivery not in {each.pk for each in deliveries}:
        raise Http404
    listing = list_notices(request.actor, by=by, after=uuid_or_none(request.GET.get("na")))
    context = {
        "listing": listing,
        "groups": groups_of(listing, request.today, ended=by.ended),
        "filter": filter_for(by, principals, deliveries),
        "pages": pages_for(request, listing),
        "deliveries": deliveries,
        "by": by,
    }
    return render(request, "clients/notice_list.html", context)


@screen("notice.send", purpose="guidance")
@require_safe
def notice_page(request: StaffRequest, involvement: UUID) -> HttpResponse:
    """The page of one notice."""
    return _page(request, _find(request, involvement))


@screen("notice.send", purpose="guidance")
@require_POST
def letter_make(request: StaffRequest, involvement: UUID) -> HttpResponse:
    """Make the letter, or make it anew."""
    notice = _find(request, involvement)
    form = MakeForm(request.POST, secret=is_secret(notice.involvement.registration))
    form.full_clean()
    seen = bool(form.cleaned_data.get("secret_seen"))

    def make() -> None:
        notices.make_letter(actor=request.actor, notice=notice, secret_seen=seen, today=request.today)

    if _done(form, make):
        messages.success(request, _("The letter has been made. Print it, and mark it as sent once it is on its way."))
        return redirect("notice.send", involvement)
    return _page(request, notice, make_form=form)


@screen("notice.send", purpose="guidance", kind="print")
@require_safe
def letter_pdf(request: StaffRequest, involvement: UUID) -> HttpResponse:
    """The letter as PDF: as it was sent, or as it will be; `opslaan` in the address gives it as a download."""
    notice = _find(request, involvement)
    if notice.letter is None:
        raise Absent
    return pdf_response(request, mail.pdf(notice.letter), "kennisgeving.pdf")


@screen("notice.send", purpose="guidance")
@require_POST
def letter_sent(request: StaffRequest, involvement: UUID) -> HttpResponse:
    """Mark the letter as sent: the clock ends, and the letter lies in the dossier."""
    notice = _find(request, involvement)
    form = _sent_form(request, notice, request.POST)

    def send() -> None:
        notices.mark_sent(actor=request.actor, notice=notice, today=request.today, **form.cleaned_data)

    if form.is_valid() and _done(form, send):
        messages.success(request, _("Recorded as sent. The letter lies in the dossier."))
        return redirect("notice.send", involvement)
    return _page(request, notice, sent_form=form)


@screen("notice.send", purpose="guidance")
@require_http_methods(["GET", "POST"])
def told_otherwise(request: StaffRequest, involvement: UUID) -> HttpResponse:
    """Art. 11.2: told in another form."""
    notice = _find(request, involvement)
    form = OtherwiseForm(request.POST or None, today=request.today)

    def tell() -> None:
        notices.tell_otherwise(actor=request.actor, notice=notice, today=request.today, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and _done(form, tell):
        messages.success(request, _("Recorded. Nothing more has to be sent."))
        return redirect("notice.send", involvement)
    return _form_page(request, notice, form, "otherwise")


@screen("notice.known", purpose="guidance")
@require_http_methods(["GET", "POST"])
def known(request: StaffRequest, involvement: UUID) -> HttpResponse:
    """Art. 11.1.a: this person knows already, and how."""
    notice = _find(request, involvement, "notice.known")
    form = KnownForm(request.POST or None, today=request.today)

    def record() -> None:
        notices.mark_known(actor=request.actor, notice=notice, today=request.today, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and _done(form, record):
        messages.success(request, _("Recorded. Nothing more has to be sent."))
        return redirect("notice.send", involvement)
    return _form_page(request, notice, form, "known")


@screen("notice.known", purpose="guidance")
@require_http_methods(["GET", "POST"])
def ask_exception(request: StaffRequest, involvement: UUID) -> HttpResponse:
    """Art. 11.1.b, c: ask the directie for an exception."""
    notice = _find(request, involvement, "notice.known")
    form = AskForm(request.POST or None)

    def ask() -> None:
        chosen, carrier = form.chosen
        why = form.cleaned_data["why"]
        notice_exceptions.ask(actor=request.actor, notice=notice, ground=chosen, carrier=carrier, why=why)

    if request.method == "POST" and form.is_valid() and _done(form, ask):
        messages.success(request, _("The directie has been asked. Until they decide, the term runs on."))
        return redirect("notice.send", involvement)
    return _form_page(request, notice, form, "ask")


def pdf_response(request: StaffRequest, content: bytes, name: str) -> HttpResponse:
    """A PDF that no browser or proxy keeps, to look at or to save."""
    how = "attachment" if "opslaan" in request.GET else "inline"
    headers = {"Content-Disposition": f'{how}; filename="{name}"', "Cache-Control": "no-store, private"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _find(request: StaffRequest, involvement: UUID, act: str = "notice.send") -> Notice:
    return find(request.actor, act, Notice, involvement=involvement)


def _done(form: Form, do: Callable[[], None]) -> bool:
    """Do it; False when a rule refused, with its words at the field of the form, or on top."""
    try:
        do()
    except Refused as error:
        field = "ground" if error.field == "carrier" else error.field
        form.add_error(field if field in form.fields else None, str(error.text))
        return False
    return True


def _sent_form(request: StaffRequest, notice: Notice, data: Any = None) -> SentForm:
    by_post = address_of(notice.involvement.registration) is not None
    made = notice.letter.made_at.isoformat() if notice.letter else ""
    return SentForm(data, today=request.today, by_post=by_post, initial={"on": request.today, "made_at": made})


def _page(
    request: StaffRequest, notice: Notice, *, make_form: MakeForm | None = None, sent_form: SentForm | None = None
) -> HttpResponse:
    secret = is_secret(notice.involvement.registration)
    wrong = make_form or sent_form
    context = {
        "strip": strip_for(request, notice.involvement, current="overview"),
        "notice": notice,
        "ended": has_ended(notice),
        "facts": (*facts_of(notice, request.today), *more_facts_of(notice)),
        "secret": secret,
        "died": has_died(notice),
        "sent_letter": went_by_letter(notice),
        "no_address": address_of(notice.involvement.registration) is None,
        "make_form": make_form or MakeForm(secret=secret),
        "sent_form": sent_form or _sent_form(request, notice),
        "form": wrong,
        "may_know": may(request.actor, "notice.known", notice),
    }
    return render(request, "clients/notice.html", context, status=422 if wrong else 200)


def _form_page(request: StaffRequest, notice: Notice, form: Form, what: str) -> HttpResponse:
    context = {
        "strip": strip_for(request, notice.involvement, current="overview"),
        "notice": notice,
        "form": form,
        "what": what,
    }
    return render(request, "clients/notice_form.html", context, status=422 if form.is_bound else 200)
