"""Art. 12-13: the page of a request, and what its handler does before and after the decisions."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from requests_app import collecting, finding, handling, identity_check, more_time, refusal
from requests_app.flow import asks_of, linked_parts, purpose_of
from requests_app.models.subject_request import IdentityHow
from requests_app.more_time import Because
from requests_app.reading.request_page import request_page
from requests_app.web import forms, forms_deciding
from requests_app.web.answers import button, form_page, opened, state_for
from requests_app.web.strips import strip_of
from werkcontact.access import Absent, StaffRequest, screen
from werkcontact.personal_data.categories import Category


@screen("request.view")
@require_safe
def view(request: StaffRequest, subject_request: UUID) -> HttpResponse:
    """How a request stands, and what is next."""
    one = opened(request, subject_request, "request.view")
    page = request_page(request.actor, one, request.today)
    if page.handles and request.actor.draft is not None:
        request.actor.draft.purpose = purpose_of(one)
    strip = strip_of(request, one, page.linked) if page.handles and page.runs else None
    return render(request, "requests_app/request.html", {"page": page, "strip": strip})


@screen("request.handle", kind="change")
@require_http_methods(["GET", "POST"])
def identity(request: StaffRequest, subject_request: UUID) -> HttpResponse:
    """Record how somebody showed who they are."""
    one = opened(request, subject_request)
    form = forms.IdentityForm(request.POST or None, today=request.today, initial=forms.today_first(request.today))

    def run() -> None:
        told = form.cleaned_data
        identity_check.record_shown(
            actor=request.actor, subject_request=one, how=IdentityHow(told["how"]), on=told["on"], today=request.today
        )

    title = _("How did this person show who they are?")
    return form_page(request, one, form, run, title=title, submit=_("Record"), done=_("Identity is recorded."))


@screen("request.handle", kind="change")
@require_http_methods(["GET", "POST"])
def ask_identity(request: StaffRequest, subject_request: UUID) -> HttpResponse:
    """Ask for proof by letter."""
    one = opened(request, subject_request)
    form = forms.AskIdentityForm(request.POST or None)

    def run() -> None:
        why = form.cleaned_data["why"]
        identity_check.ask_for_proof(actor=request.actor, subject_request=one, why=why, today=request.today)

    return form_page(
        request,
        one,
        form,
        run,
        title=_("Ask for proof of identity by letter"),
        submit=_("Make the letter"),
        intro=_(
            "From the day on which the letter is sent, the clock of the law stands still. The reglement's runs on."
        ),
    )


@screen("request.handle", kind="change")
@require_http_methods(["GET", "POST"])
def refuse_identity(request: StaffRequest, subject_request: UUID) -> HttpResponse:
    """Prepare the refusal for want of identity."""
    one = opened(request, subject_request)
    form = forms.ReasonsForm(request.POST or None)

    def run() -> None:
        reasons = form.cleaned_data["reasons"]
        identity_check.refuse(actor=request.actor, subject_request=one, reasons=reasons, today=request.today)

    return form_page(
        request,
        one,
        form,
        run,
        title=_("Refuse for want of identity"),
        submit=_("To the second person"),
        danger=True,
        intro=_("A second person decides. Proof that comes later takes the request up again."),
    )


@screen("request.link", kind="list")
@require_http_methods(["GET", "POST"])
def link(request: StaffRequest, subject_request: UUID) -> HttpResponse:
    """Find the person, and say whose data are asked for."""
    one = opened(request, subject_request)
    finding.check_may_search(request.actor, one)
    find_form = forms.FindForm(request.POST or None)
    words = find_form.cleaned_data["q"] if find_form.is_bound and find_form.is_valid() else ""
    found = finding.search(request.actor, one, words) if words else None
    people = found.found if found else ()
    form = forms.ChooseForm(request.POST if "choose" in request.POST else None, found=people, initial={"q": words})

    def run() -> None:
        handling.link(actor=request.actor, subject_request=one, involvements=form.chosen())

    return form_page(
        request,
        one,
        form,
        run,
        title=_("Whose data are asked for?"),
        submit=_("This is the person"),
        done=_("The person is found. Now everything that is held can be collected."),
        template="requests_app/find.html",
        find_form=find_form,
        found=found,
        linked=linked_parts(one),
    )


@screen("request.link", kind="change")
@require_POST
def unlink(request: StaffRequest, subject_request: UUID, part: UUID) -> HttpResponse:
    """It turned out to be somebody else."""
    one = opened(request, subject_request)
    done = _("This person is no part of the request any more.")
    return button(request, one, lambda: handling.unlink(actor=request.actor, subject_request=one, part=part), done=done)


@screen("request.handle", kind="change")
@require_POST
def nobody(request: StaffRequest, subject_request: UUID) -> HttpResponse:
    """Record that nobody was found."""
    one = opened(request, subject_request)
    done = _("Recorded that nobody was found. Now the letter that says so.")
    return button(request, one, lambda: handling.find_nobody(actor=request.actor, subject_request=one), done=done)


@screen("request.handle", kind="change")
@require_POST
def collect(request: StaffRequest, subject_request: UUID) -> HttpResponse:
    """Collect everything that is held, or what came since."""
    one = opened(request, subject_request)
    return button(request, one, lambda: collecting.collect(actor=request.actor, subject_request=one))


@screen("request.handle", kind="change")
@require_http_methods(["GET", "POST"])
def refuse(request: StaffRequest, subject_request: UUID) -> HttpResponse:
    """Prepare the refusal of the whole."""
    one = opened(request, subject_request)
    form = forms_deciding.RefuseForm(request.POST or None, grounds=refusal.offered(asks_of(one)))

    def run() -> None:
        told = form.cleaned_data
        ground, _bar, carrier = told["ground"].partition("|")
        refusal.refuse(
            actor=request.actor,
            subject_request=one,
            ground=ground,
            carrier=carrier,
            reasons=told["reasons"],
            necessity=told["necessity"],
        )

    return form_page(
        request,
        one,
        form,
        run,
        title=_("Refuse the request as a whole"),
        submit=_("To the second person"),
        danger=True,
        intro=_("A second person decides. The letter names the ground, the reasons and the ways onward."),
    )


@screen("request.handle", kind="change")
@require_http_methods(["GET", "POST"])
def extend(request: StaffRequest, subject_request: UUID) -> HttpResponse:
    """Tell that two months more are needed."""
    one = opened(request, subject_request)
    form = forms.ExtendForm(request.POST or None)

    def run() -> None:
        told = form.cleaned_data
        because = Because(told["because"])
        more_time.tell_extension(
            actor=request.actor, subject_request=one, because=because, words=told["words"], today=request.today
        )

    return form_page(
        request,
        one,
        form,
        run,
        title=_("Tell that more time is needed"),
        submit=_("Make the letter"),
        intro=_(
            "Once, two months, for the clock of the law only; it counts when the letter is sent within the first month."
        ),
    )


@screen("request.handle", kind="change")
@require_http_methods(["GET", "POST"])
def specify(request: StaffRequest, subject_request: UUID) -> HttpResponse:
    """Ask which of the data are meant."""
    one = opened(request, subject_request)
    form = forms.SpecifyForm(request.POST or None)

    def run() -> None:
        available = [Category(code) for code in form.cleaned_data["available"]]
        more_time.ask_to_specify(actor=request.actor, subject_request=one, available=available, today=request.today)

    return form_page(
        request,
        one,
        form,
        run,
        title=_("Ask which data are meant"),
        submit=_("Make the letter"),
        intro=_("Only when there is much. The clock of the law stands still from the day on which the letter is sent."),
    )


@screen("request.handle", kind="change")
@require_http_methods(["GET", "POST"])
def specified(request: StaffRequest, subject_request: UUID) -> HttpResponse:
    """Record the day on which the answer to that came."""
    one = opened(request, subject_request)
    form = forms.OnForm(request.POST or None, today=request.today, initial=forms.today_first(request.today))

    def run() -> None:
        more_time.record_specified(actor=request.actor, subject_request=one, on=form.cleaned_data["on"])

    return form_page(request, one, form, run, title=_("The person said which data are meant"), submit=_("Record"))


@screen("request.handle", kind="change")
@require_http_methods(["GET", "POST"])
def received(request: StaffRequest, subject_request: UUID) -> HttpResponse:
    """Mend the day of receipt."""
    one = opened(request, subject_request)
    initial = {"on": one.received_on}
    form = forms.OnForm(request.POST or None, today=request.today, initial=initial)

    def run() -> None:
        handling.correct_received(actor=request.actor, subject_request=one, on=form.cleaned_data["on"])

    title = _("On which day did it really reach us?")
    return form_page(
        request, one, form, run, title=title, submit=_("Correct"), done=_("The clocks are worked out anew.")
    )


@screen("request.handle", kind="change")
@require_http_methods(["GET", "POST"])
def withdrawn(request: StaffRequest, subject_request: UUID) -> HttpResponse:
    """Record that the person took the request back."""
    one = opened(request, subject_request)
    form = forms.OnForm(request.POST or None, today=request.today, initial=forms.today_first(request.today))

    def run() -> None:
        handling.withdraw(actor=request.actor, subject_request=one, on=form.cleaned_data["on"])

    title = _("The person took the request back")
    return form_page(request, one, form, run, title=title, submit=_("Record"), danger=True)


@screen("request.view")
@require_safe
def open_part(request: StaffRequest, subject_request: UUID, part: UUID) -> HttpResponse:
    """Go from the request to the client's page: the running request is what one looks for."""
    one = opened(request, subject_request, "request.view")
    found = next((each for each in linked_parts(one) if each.pk == part), None)
    if found is None:
        raise Absent
    state_for(request, one, found.dossier.involvement_id)
    return redirect("registration.view", found.dossier.involvement_id)
