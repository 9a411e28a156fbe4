"""Art. 13.4, 7.6: deciding on items, on one's own work note, as the second person; letter, packages, sending."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from requests_app import answer, inspection, second, sending
from requests_app.collecting import compare
from requests_app.copies import EXTENSIONS
from requests_app.correspondence import letters_of
from requests_app.flow import asks_of, is_handler, linked_parts
from requests_app.holdings import held
from requests_app.models import RequestAsk, RequestItem, SubjectRequest
from requests_app.models.item import ItemKind
from requests_app.reading.items import items_of
from requests_app.reading.note_page import note_page
from requests_app.reading.request_page import request_page
from requests_app.transitions import AskState
from requests_app.web import forms, forms_deciding
from requests_app.web.answers import button, enter_as_second, form_page, note_refusal, opened, state_for
from werkcontact.access import Absent, StaffRequest, find, screen
from werkcontact.law import grounds
from werkcontact.mail import letters
from werkcontact.refused import Refused
from werkcontact.vault import files


@screen("request.handle", kind="change")
@require_http_methods(["GET", "POST"])
def decide(request: StaffRequest, subject_request: UUID, item: UUID) -> HttpResponse:
    """Decide on one item."""
    one = opened(request, subject_request)
    ask = asks_of(one)[0]
    pairs = compare(ask, held(linked_parts(one))).pairs
    found = next(((mine, thing) for mine, thing in pairs if mine.pk == item), None)
    if found is None or not is_handler(request.actor, one):
        raise Absent
    row, thing = _item(request, item), found[1]
    form = _decide_form(request, row, unread=row.kind == ItemKind.NOTE)

    def run() -> None:
        inspection.decide(actor=request.actor, item=row, seen=form.seen_at(), choice=form.choice())

    title = thing.title
    return form_page(
        request,
        one,
        form,
        run,
        title=title,
        submit=_("Keep the decision"),
        template="requests_app/decide.html",
        thing=thing,
        row=row,
    )


def _item(request: StaffRequest, pk: UUID) -> RequestItem:
    return find(request.actor, "request.handle", RequestItem, pk=pk)


def _decide_form(request: StaffRequest, item: RequestItem, *, unread: bool = False) -> forms_deciding.DecideForm:
    offered = grounds.offered("withhold", item.ask.kind)
    words = inspection.words_of(item)
    return forms_deciding.DecideForm(
        request.POST or None, request.FILES or None, item=item, grounds=offered, words=words, unread=unread
    )


@screen("request.decide_own_note", kind="change")
@require_http_methods(["GET", "POST"])
def own_note(request: StaffRequest, item: UUID) -> HttpResponse:
    """The author of a work note reads it and decides on it; nobody else does."""
    row = find(request.actor, "request.decide_own_note", RequestItem, pk=item)
    page = note_page(request.actor, row)
    form = _decide_form(request, row)
    if request.method == "POST" and form.is_valid():
        try:
            inspection.decide_own_note(actor=request.actor, item=row, seen=form.seen_at(), choice=form.choice())
        except Refused as error:
            note_refusal(request, error)
            form.add_error(error.field if error.field in form.fields else None, str(error.text))
        else:
            return redirect("home")
    context = {"form": form, "page": page}
    return render(request, "requests_app/note.html", context, status=422 if form.is_bound else 200)


@screen("request.handle", kind="change")
@require_POST
def give_group(request: StaffRequest, subject_request: UUID) -> HttpResponse:
    """Give everything in a group that is still open."""
    one = opened(request, subject_request)
    linked = linked_parts(one)
    found = items_of(one.pk, compare(asks_of(one)[0], held(linked)), linked, links=False)
    wanted = request.POST.get("group", "")
    ids = next((group.ids for group in found.groups if group.key == wanted), ())
    return button(request, one, lambda: inspection.give_all(actor=request.actor, subject_request=one, items=ids))


@screen("request.handle", kind="change")
@require_POST
def finish(request: StaffRequest, subject_request: UUID) -> HttpResponse:
    """Close the deciding."""
    one = opened(request, subject_request)
    return button(request, one, lambda: inspection.finish(actor=request.actor, subject_request=one))


@screen("request.handle", kind="change")
@require_POST
def reopen(request: StaffRequest, subject_request: UUID) -> HttpResponse:
    """Back from the letter to the decisions."""
    one = opened(request, subject_request)
    return button(request, one, lambda: inspection.reopen(actor=request.actor, subject_request=one))


@screen("request.decide_second", kind="change")
@require_http_methods(["GET", "POST"])
def decide_second(request: StaffRequest, ask: UUID) -> HttpResponse:
    """The second person looks at what is withheld, or refused, and decides."""
    row = find(request.actor, "request.decide_second", RequestAsk, pk=ask)
    one = row.subject_request
    if request.method == "GET" and row.state != AskState.SECOND:
        return redirect("request.view", one.pk)
    form = forms_deciding.SecondForm(request.POST or None)

    def run() -> None:
        told = form.cleaned_data
        second.decide(actor=request.actor, ask=row, granted=told["granted"], note=told["note"])

    return form_page(
        request,
        one,
        form,
        run,
        title=_("Decide as the second person"),
        submit=_("Decide"),
        done=_("Your decision is recorded."),
        template="requests_app/second.html",
        page=request_page(request.actor, one, request.today),
    )


@screen("request.handle", kind="print")
@require_POST
def make_letter(request: StaffRequest, subject_request: UUID) -> HttpResponse:
    """Make the letter, and the packages beside it."""
    one = opened(request, subject_request)
    done = _("The answer lies ready. Read it before you send it.")
    return button(
        request, one, lambda: answer.make(actor=request.actor, subject_request=one, today=request.today), done=done
    )


@screen("request.handle", kind="print")
@require_safe
def letter(request: StaffRequest, subject_request: UUID, letter: UUID) -> StreamingHttpResponse:
    """The PDF of a letter about this request."""
    one = opened(request, subject_request)
    found = next((each for each in letters_of(one) if each.pk == letter), None)
    if found is None:
        raise Absent
    return _file([letters.pdf(found)], "application/pdf", f"{one.number}-brief.pdf")


@screen("request.handle", kind="change")
@require_http_methods(["GET", "POST"])
def sent(request: StaffRequest, subject_request: UUID, letter: UUID) -> HttpResponse:
    """Say when and how a letter went out."""
    one = opened(request, subject_request)
    form = forms.SentForm(request.POST or None, today=request.today, initial=_sent_first(one, request.today))

    def run() -> None:
        told = form.cleaned_data
        sending.mark_sent(actor=request.actor, subject_request=one, letter_id=letter, on=told["on"], way=told["way"])

    return form_page(
        request,
        one,
        form,
        run,
        title=_("The letter was sent"),
        submit=_("Record"),
        done=_("Recorded. The clocks follow."),
        intro=_("Record this when it has really gone out of the door: from then on it cannot be changed."),
    )


def _sent_first(one: SubjectRequest, today: date) -> dict[str, object]:
    ways = {"post": "post", "email": "email", "hand": "handed"}
    return {"on": today, "way": ways[one.answer_way]}


@screen("request.handle", kind="export")
@require_safe
def package(request: StaffRequest, subject_request: UUID, part: UUID) -> StreamingHttpResponse:
    """The overview and the copies of one dossier, as they were made."""
    one = opened(request, subject_request)
    chunks = answer.package(one, part)
    if chunks is None or not is_handler(request.actor, one):
        raise Absent
    return _file(chunks, answer.ZIP, f"{one.number}.zip")


@screen("request.view")
@require_safe
def open_item(request: StaffRequest, subject_request: UUID, item: UUID) -> HttpResponse:
    """Go to the document that an item is about: the running request is what one looks for."""
    one, row = _of_request(request, subject_request, item)
    if row.version is None:
        raise Absent
    state_for(request, one, row.part.dossier.involvement_id)
    return redirect("document.read", row.version.document_id)


@screen("request.view", kind="export")
@require_safe
def redacted(request: StaffRequest, subject_request: UUID, item: UUID) -> StreamingHttpResponse:
    """The copy with parts blacked out, for its handler and its second person."""
    one, row = _of_request(request, subject_request, item)
    if row.redacted_copy is None:
        raise Absent
    if not is_handler(request.actor, one):
        enter_as_second(request, one)
    stored = row.redacted_copy
    name = f"{one.number}-deels.{EXTENSIONS.get(stored.media_type, 'bin')}"
    return _file(files.read(stored), stored.media_type, name)


def _of_request(request: StaffRequest, subject_request: UUID, item: UUID) -> tuple[SubjectRequest, RequestItem]:
    one = opened(request, subject_request, "request.view")
    row = find(request.actor, "request.view", RequestItem, pk=item)
    if row.part.subject_request_id != one.pk or row.part.until_at is not None:
        raise Absent
    return one, row


def _file(chunks: Iterable[bytes], media_type: str, name: str) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        chunks, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
