"""Art. 12-15, AVG 12.3: the clocks of a request: its events, and the two dates that lists and reminders stand on.

Events are added and never changed; a mistake is superseded by another event. This module alone writes `binding_on`
and `work_by_on` of an ask, in the transaction of the event, from `law.clocks.replay`; the job "clocks" does the same
every night, since a calendar may have changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from requests_app.models import RequestAsk, RequestEvent, SubjectRequest
from requests_app.models.ask import EventKind
from requests_app.transitions import ASK_ENDED
from werkcontact.access import Actor
from werkcontact.law.clocks import Rules, Standing, replay
from werkcontact.law.holidays import Calendar
from werkcontact.mail.models import OutgoingLetter
from werkcontact.refused import Refused
from werkcontact.rulebook.current import calendar as calendar_now
from werkcontact.rulebook.current import rules_on


def record(
    *,
    actor: Actor,
    subject_request: SubjectRequest,
    event: EventKind,
    on: date,
    asks: Sequence[RequestAsk] | None = None,
    proof: OutgoingLetter | None = None,
    supersedes: RequestEvent | None = None,
) -> None:
    """Add an event to some asks (None: to every running one, in one row when that is all of them) and project.

    Called inside an act that holds the request's lock. `on` is an Amsterdam day, today at the latest. Raises
    Refused("clocks.future") and Refused("clocks.impossible"), the latter when the events would contradict each other.
    """
    if on > actor.today:
        raise Refused("clocks.future", "12", _("This day is still to come. Fill in today or earlier."), field="on")
    known = list(RequestAsk.objects.filter(subject_request=subject_request))
    meant = [ask for ask in known if ask.state not in ASK_ENDED] if asks is None else list(asks)
    rows: Sequence[RequestAsk | None] = [None] if len(meant) == len(known) else meant
    last = RequestEvent.objects.filter(subject_request=subject_request).aggregate(last=Max("sequence"))["last"] or 0
    for place, ask in enumerate(rows, start=last + 1):
        RequestEvent.objects.create(
            subject_request=subject_request,
            ask=ask,
            sequence=place,
            event=event,
            on=on,
            proof=proof,
            supersedes=supersedes,
            recorded_by_id=actor.id,
            recorded_at=actor.at,
        )
    try:
        project([subject_request], actor.today)
    except ValueError as error:
        text = _("This cannot have happened on that day, given what was recorded before. Look at the dates.")
        raise Refused("clocks.impossible", "12", text, field="on") from error


def project(requests: Iterable[SubjectRequest], today: date) -> int:
    """Write the dates of every ask of these requests anew where they differ; return how many differed.

    Raises ValueError when the events of one of them contradict each other.
    """
    by_id = {one.pk: one for one in requests}
    asks = list(RequestAsk.objects.filter(subject_request__in=by_id))
    events, calendar = events_of(by_id), calendar_now()
    rules = {day: rules_on(day) for day in {one.received_on for one in by_id.values()}}
    changed = 0
    for ask in asks:
        its = by_id[ask.subject_request_id]
        found = standing(ask, events[its.pk], today, rules=rules[its.received_on], calendar=calendar)
        if (found.binding, found.work_by) != (ask.binding_on, ask.work_by_on):
            RequestAsk.objects.filter(pk=ask.pk).update(binding_on=found.binding, work_by_on=found.work_by)
            changed += 1
    return changed


def events_of(request_ids: Iterable[UUID]) -> dict[UUID, list[RequestEvent]]:
    """Return the events that count of each request, by day, and on one day in the order in which they happened."""
    wanted = list(request_ids)
    rows = list(RequestEvent.objects.filter(subject_request__in=wanted).order_by("sequence"))
    superseded = {row.supersedes_id for row in rows if row.supersedes_id}
    places: dict[UUID, int] = {}
    for row in rows:  # what supersedes takes the place of what it supersedes
        places[row.pk] = places[row.supersedes_id] if row.supersedes_id else row.sequence
    found: dict[UUID, list[RequestEvent]] = {request_id: [] for request_id in wanted}
    for row in sorted(rows, key=lambda one: (one.on, places[one.pk])):
        if row.pk not in superseded and row.event != EventKind.VOID:
            found[row.subject_request_id].append(row)
    return found


def standing(
    ask: RequestAsk, events: Iterable[RequestEvent], today: date, *, rules: Rules, calendar: Calendar
) -> Standing:
    """Return where the clocks of one ask stand on a day. Raises ValueError when the events contradict each other."""
    told = [(event.event, event.on) for event in events if event.ask_id in (None, ask.pk)]
    return replay(ask.kind, told, today, rules=rules, calendar=calendar)


def standings(
    subject_request: SubjectRequest,
    asks: Iterable[RequestAsk],
    today: date,
    *,
    events: Sequence[RequestEvent] | None = None,
) -> dict[UUID, Standing]:
    """Return where the clocks of these asks of one request stand, by the id of the ask.

    The rules are those of the rulebook that was in force on the day of receipt: what was promised then. `events` are
    those of `events_of`, where the caller has them.
    """
    if events is None:
        events = events_of([subject_request.pk])[subject_request.pk]
    rules, calendar = rules_on(subject_request.received_on), calendar_now()
    return {ask.pk: standing(ask, events, today, rules=rules, calendar=calendar) for ask in asks}
