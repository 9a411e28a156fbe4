"""AVG 12.3, recital 63: asking which data are meant, and telling once that two months more are needed.

Both go by letter and count from the day it is sent. The reglement knows neither: its own clock runs on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from requests_app import clocks
from requests_app.correspondence import write_letter
from requests_app.flow import asks_of, in_hands_of, purpose_of
from requests_app.handling import check_identity
from requests_app.models import RequestDossier, SubjectRequest
from requests_app.models.ask import EventKind
from werkcontact.access import Actor, act
from werkcontact.law.clocks import replay
from werkcontact.mail.models import OutgoingLetter
from werkcontact.personal_data.categories import Category
from werkcontact.refused import Refused
from werkcontact.rulebook.current import calendar, rules_on

TIME_TO_SPECIFY = timedelta(days=14)


class Because(models.TextChoices):
    """The only reasons for more time that the law knows; want of staff or leave is none."""

    COMPLEX = "complex", gettext_lazy("the request is complex")
    MANY = "many", gettext_lazy("there are many requests of this person")


def ask_to_specify(
    *, actor: Actor, subject_request: SubjectRequest, available: Sequence[Category], today: date
) -> OutgoingLetter:
    """Write the letter that asks which of the data are meant; the clock of the law stands still once it is sent.

    Only for who has shown who they are and is registered, since it says that there is much.
    """
    with act(actor, "request.handle", subject_request, purpose=purpose_of(subject_request)):
        subject_request = in_hands_of(actor, subject_request)
        check_identity(subject_request)
        if not RequestDossier.objects.standing().filter(subject_request=subject_request).exists() or not available:
            raise Refused("more_time.nothing", "AVG 12.3", gettext_lazy("First find the person and what is held."))
        facts = {
            "available": [str(Category(one).label) for one in available],
            "answer_by": today + TIME_TO_SPECIFY,
        }
        return write_letter(
            actor=actor,
            subject_request=subject_request,
            asks=asks_of(subject_request),
            kind="specification_asked",
            facts=facts,
        )


def record_specified(*, actor: Actor, subject_request: SubjectRequest, on: date) -> SubjectRequest:
    """The answer to that question came on this day; the clock of the law goes on."""
    with act(actor, "request.handle", subject_request, purpose=purpose_of(subject_request)):
        subject_request = in_hands_of(actor, subject_request)
        clocks.record(actor=actor, subject_request=subject_request, event=EventKind.SPECIFICATION_GIVEN, on=on)
        return subject_request


def tell_extension(
    *, actor: Actor, subject_request: SubjectRequest, because: Because, words: str, today: date
) -> OutgoingLetter:
    """Write the letter that tells with reasons that two months more are needed; once, and within the first month.

    Raises Refused("more_time.too_late" | "more_time.paused" | "more_time.why").
    """
    with act(actor, "request.handle", subject_request, purpose=purpose_of(subject_request)):
        subject_request = in_hands_of(actor, subject_request)
        if not words.strip():
            raise Refused("more_time.why", "AVG 12.3", gettext_lazy("Say why it takes longer."), field="words")
        asks = asks_of(subject_request)
        standing = clocks.standings(subject_request, asks, today)[asks[0].pk]
        check_extensible(standing.avg.extend_by, today)
        events = clocks.events_of([subject_request.pk])[subject_request.pk]
        told = [(event.event, event.on) for event in events if event.ask_id in (None, asks[0].pk)]
        told.append((EventKind.EXTENSION_TOLD, today))
        rules = rules_on(subject_request.received_on)
        after = replay(asks[0].kind, told, today, rules=rules, calendar=calendar())
        if after.avg.unrolled is None:
            raise Refused("more_time.paused", "AVG 12.3", gettext_lazy("The clock stands still: first its answer."))
        facts: dict[str, object] = {"reasons": f"{_reason(because)} {words.strip()}", "answer_by": after.avg.unrolled}
        if standing.reglement and standing.reglement.state == "running":
            facts["promised_by"] = standing.reglement.end
        return write_letter(actor=actor, subject_request=subject_request, asks=asks, kind="extension_told", facts=facts)


def check_extensible(extend_by: date | None, on: date) -> None:
    """Refuse an extension that is told after the first month, or a second one."""
    if extend_by is None or on > extend_by:
        text = gettext_lazy("More time can be told once only, and within the first month.")
        raise Refused("more_time.too_late", "AVG 12.3", text, field="on")


def _reason(because: Because) -> str:
    return {
        Because.COMPLEX: _("Your request is complex."),
        Because.MANY: _("You sent us many requests."),
    }[because]
