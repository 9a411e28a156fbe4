"""How a notice is drawn: how it stands, its facts, its line in a list, and the card on the client's page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients import notice_exceptions
from clients.models import Involvement, Notice
from clients.names import list_name
from clients.naming import born, name_of
from clients.notice_exceptions import is_waiting
from clients.notice_list import Listing
from clients.notice_runs import LeftOut, Reason
from werkcontact.access import StaffRequest, may
from werkcontact.approvals.models import Approval
from werkcontact.law.grounds import CARRIERS, ground
from werkcontact.ui import words
from werkcontact.ui.components import Cell, Column, Fact, Group, Part, Row, State, Table, Text
from werkcontact.ui.dates import nl_date, nl_date_words


@dataclass(frozen=True)
class NoticeCard:
    """templates/clients/notice_card.html: the notice on the client's page."""

    facts: tuple[Fact, ...]
    url: str
    is_open: bool


def card_of(request: StaffRequest, involvement: Involvement) -> NoticeCard | None:
    """Return the card of an involvement; None when it has no notice. One query, and one for the link."""
    notice = getattr(involvement, "notice", None)
    if notice is None:
        return None
    url = reverse("notice.send", args=[involvement.pk]) if may(request.actor, "notice.send", involvement) else ""
    return NoticeCard(facts_of(notice, request.today), url, is_open=not has_ended(notice))


def has_ended(notice: Notice) -> bool:
    """Whether its clock has ended, by one of the ways or by death."""
    return bool(notice.sent_on or notice.known_on or notice.exception_id or has_died(notice))


def has_died(notice: Notice) -> bool:
    """Whether this person has died: nothing more is sent."""
    client = notice.involvement.client
    return client is not None and client.died_on is not None


def went_by_letter(notice: Notice) -> bool:
    """Whether its letter went out; one may be made and never sent."""
    return notice.way == Notice.Way.LETTER


def state_of(notice: Notice, today: date) -> State:
    """How it stands: the days left, or how it ended and whether that was in time."""
    if notice.sent_on:
        late = (notice.sent_on - notice.due_on).days
        if late > 0:
            text = ngettext("%(day)s, %(count)s day late", "%(day)s, %(count)s days late", late)
            return State("late", "clock", text % {"day": nl_date(notice.sent_on), "count": late})
        return State("ok", "ok", _("%(day)s, in time") % {"day": nl_date(notice.sent_on)})
    if notice.known_on:
        return State("ok", "ok", _("knows already (11.1.a)"))
    if notice.exception_id:
        return State("info", "info", _("exception (%(ground)s)") % {"ground": notice.ground})
    if has_died(notice):
        return State("info", "info", _("has died"))
    return words.due(notice.work_by_on if today <= notice.work_by_on else notice.due_on, today)


def facts_of(notice: Notice, today: date) -> tuple[Fact, ...]:
    """The facts: how it stands, until when, and how its letter stands."""
    facts = [
        Fact(_title(notice), states=(state_of(notice, today),)),
        Fact(
            _("Last day"),
            day=notice.due_on,
            note=_("article 11: four weeks after registration on %(day)s")
            % {"day": nl_date_words(notice.registered_on)},
        ),
    ]
    if not has_ended(notice):
        facts.append(Fact(_("Work towards"), day=notice.work_by_on, note=_("the last working day before it")))
    return tuple(facts)


def more_facts_of(notice: Notice) -> tuple[Fact, ...]:
    """How it ended, or what the directie answered; the words are read from the vault."""
    facts = []
    if went_by_letter(notice) and notice.letter:
        facts.append(Fact(_("Letter"), notice.letter.get_way_display()))
    elif notice.sent_on:
        facts.append(Fact(_("How"), notice.get_way_display()))
    if notice.known_on:
        facts.append(Fact(_("Knows since"), day=notice.known_on))
    if notice.asked or notice.exception_id:
        facts += exception_facts(notice)
    elif text := notice_exceptions.words_of(notice):
        facts.append(Fact(_("In words"), text))
    if notice.ended_by:
        facts.append(Fact(_("Recorded by"), notice.ended_by.display_name))
    return tuple(facts)


def exception_facts(notice: Notice) -> list[Fact]:
    """What was asked, on which ground, and what the directie said."""
    if notice.asked is None:
        return []
    answers: Mapping[str, State] = {
        Approval.Outcome.WAITING: State("wait", "pause", _("waits for the directie")),
        Approval.Outcome.GRANTED: State("info", "ok", _("granted by the directie")),
        Approval.Outcome.REFUSED: State("no", "no", _("sent back by the directie: the letter must be sent")),
        Approval.Outcome.VOID: State("", "", _("taken back")),
    }
    return [
        Fact(_("Exception"), states=(answers[notice.asked.outcome],)),
        Fact(_("Ground"), f"{notice.ground}: {_(ground(notice.ground).title)}"),
        Fact(_("Law that carries it"), f"{notice.carrier}: {_(CARRIERS[notice.carrier])}"),
        Fact(_("Why"), notice_exceptions.words_of(notice)),
        Fact(_("Asked by"), notice.asked.preparer.display_name),
    ]


def groups_of(listing: Listing, today: date, *, ended: bool) -> tuple[Group, ...]:
    """The list in its parts: what is late first."""
    rows = [(notice.due_on < today, _row(notice, listing.references, today)) for notice in listing.notices]
    if ended:
        return (Group("ended", "", rows=[row for _late, row in rows]),)
    late, rest = [row for is_late, row in rows if is_late], [row for is_late, row in rows if not is_late]
    parts = ((late, Group("late", _("Late"), rows=late, late=True)), (rest, Group("rest", _("To send"), rows=rest)))
    return tuple(group for found, group in parts if found)


def reason_words(reason: Reason) -> Text:
    """Why somebody gets no letter in a run."""
    said: Mapping[Reason, Text] = {
        "sent": _("told already"),
        "known": _("knows already (11.1.a)"),
        "excepted": _("exception granted by the directie"),
        "waiting": _("an exception waits for the directie"),
        "secret": _("secret address: by hand"),
        "no_address": _("no usable address"),
        "died": _("has died"),
    }
    return said[reason]


def table_of(left_out: list[LeftOut]) -> Table:
    """Who is left out of a run, and why."""
    rows = [
        (
            Cell(
                _name(left.notice),
                url=reverse("notice.send", args=[left.notice.involvement_id]),
                meta=_born(left.notice),
            ),
            Cell(reason_words(left.reason)),
            Cell(day=left.notice.sent_on or left.notice.due_on),
        )
        for left in left_out
    ]
    columns = (Column(_("Client")), Column(_("Why not in this run")), Column(_("Last day, or sent on")))
    return Table(_("Left out of this print run"), columns, rows)


def _row(notice: Notice, references: Mapping[UUID, str], today: date) -> Row:
    ended = has_ended(notice)
    reference = references.get(notice.involvement_id, "")
    registered = _("registered on %(day)s") % {"day": nl_date_words(notice.registered_on)}
    meta = [Part(notice.involvement.principal.name), Part(registered)]
    if notice.involvement.registration.secrecy:
        meta.append(Part(_("secret address"), icon="lock"))
    if is_waiting(notice) and not ended:
        meta.append(Part(_("the directie decides on an exception"), icon="pause"))
    if notice.letter and not ended:
        meta.append(Part(_("letter made"), icon="document"))
    return Row(
        title=_name(notice),
        url=reverse("notice.send", args=[notice.involvement_id]),
        day=None if ended else notice.work_by_on,
        standing=state_of(notice, today),
        meta=tuple(meta),
        who_meta=(*_born(notice), *((Part(reference, num=True),) if reference else ())),
        late=not ended and notice.due_on < today,
    )


def _title(notice: Notice) -> str:
    if notice.sent_on:
        return _("Letter sent on") if went_by_letter(notice) else _("Told on")
    return _("Stand")


def _name(notice: Notice) -> str:
    client = notice.involvement.client
    return list_name(name_of(client)) if client else ""


def _born(notice: Notice) -> tuple[Part, ...]:
    client = notice.involvement.client
    return (Part(_("born %(date)s") % {"date": born(client)}, num=True),) if client else ()
