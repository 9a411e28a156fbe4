"""Art. 12-15: the page of one request: how it stands, what is next, what is decided, and what goes out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from requests_app import clocks, identity_check, second
from requests_app.answer import parts_made
from requests_app.collecting import compare
from requests_app.correspondence import letters_of
from requests_app.flow import asks_of, linked_parts
from requests_app.handling import current_handler
from requests_app.holdings import held
from requests_app.models import RequestAsk, RequestDossier, SubjectRequest
from requests_app.models.ask import AskDecision
from requests_app.reading.clock import Clocks, clocks_of
from requests_app.reading.items import Items, Withheld, items_of, withheld_of
from requests_app.reading.letters import LetterLine, letter_lines
from requests_app.reading.words import READERS, kinds_in_words, steps_of, title_of
from requests_app.refusal import ground_words
from requests_app.sealed import Asker, open_asker
from requests_app.transitions import ASK_ENDED, AskState
from werkcontact.access import Actor, may
from werkcontact.access.actor import AMSTERDAM
from werkcontact.ui.components import Fact, State, StepItem
from werkcontact.ui.dates import nl_date, nl_date_long


@dataclass(frozen=True)
class Package:
    """The overview and copies of one dossier, made and ready to be fetched."""

    number: str
    url: str
    size: int
    made_on: date


@dataclass(frozen=True)
class Refusal:
    """A refusal of the whole, as the second person and the handler see it."""

    title: str
    ground: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class RequestPage:
    """Everything that the page shows to this reader."""

    subject_request: SubjectRequest
    ask: RequestAsk
    title: str
    clocks: Clocks
    steps: tuple[StepItem, ...]
    facts: tuple[Fact, ...]
    asked: str
    linked: tuple[RequestDossier, ...]
    handles: bool
    may_handle: bool
    may_assign: bool
    may_decide: bool
    may_refuse_identity: bool
    reads: bool
    sent_back: str = ""
    items: Items | None = None
    withheld: tuple[Withheld, ...] = ()
    refusal: Refusal | None = None
    letters: tuple[LetterLine, ...] = ()
    packages: tuple[Package, ...] = field(default=())

    @property
    def state(self) -> str:
        """How far it has come."""
        return self.ask.state

    @property
    def identified(self) -> bool:
        """Whether it is known who asks."""
        return bool(self.subject_request.identity_how)

    @property
    def waits_for_proof(self) -> bool:
        """Whether it is, or is about to be, refused for want of identity: proof takes it up again."""
        return not self.identified and self.ask.decision == AskDecision.NO_IDENTITY

    @property
    def runs(self) -> bool:
        """Whether something is still to be done."""
        return self.ask.state not in ASK_ENDED


def request_page(actor: Actor, subject_request: SubjectRequest, today: date) -> RequestPage:
    """Read the page for somebody whom the gate let through to `request.view`."""
    asks = asks_of(subject_request)
    ask = asks[0]
    events = clocks.events_of([subject_request.pk])[subject_request.pk]
    standing = clocks.standings(subject_request, asks, today, events=events)[ask.pk]
    handler = current_handler(subject_request, actor.at)
    handles = handler is not None and handler.pk == actor.id
    may_decide = ask.state == AskState.SECOND and may(actor, "request.decide_second", ask)
    reads = bool(actor.roles & READERS)
    linked = linked_parts(subject_request)
    asker = open_asker(subject_request) if reads else None
    inside = _inside(subject_request, asks, linked, handles=handles) if handles or may_decide else {}
    return RequestPage(
        subject_request=subject_request,
        ask=ask,
        title=title_of(one.kind for one in asks),
        clocks=clocks_of(standing, subject_request.number, today),
        steps=steps_of(ask, identity=bool(subject_request.identity_how)),
        facts=tuple(_facts(subject_request, asks, asker, handler.display_name if handler else _("nobody yet"))),
        asked=asker.asked if asker else "",
        linked=tuple(linked),
        handles=handles,
        may_handle=may(actor, "request.handle", subject_request),
        may_assign=may(actor, "request.assign"),
        may_decide=may_decide,
        may_refuse_identity=identity_check.may_refuse(asks, events, standing, today),
        reads=reads,
        **inside,
    )


def _inside(
    subject_request: SubjectRequest, asks: Sequence[RequestAsk], linked: Sequence[RequestDossier], *, handles: bool
) -> dict[str, Any]:
    """What its handler and its second person see: the items, the decisions, the letters and packages."""
    ask = asks[0]
    collected = compare(ask, held(linked)) if ask.state != AskState.RECEIVED else None
    has_items = collected is not None and bool(collected.pairs)
    found: dict[str, Any] = {"letters": tuple(letter_lines(subject_request, asks, letters_of(subject_request)))}
    if collected is not None and has_items:
        found["items"] = items_of(
            subject_request.pk, collected, linked, links=handles and ask.state == AskState.DECIDING
        )
        found["withheld"] = tuple(withheld_of(subject_request.pk, collected.pairs))
    if ask.decision in (AskDecision.REFUSED, AskDecision.NO_IDENTITY):
        words = second.words_of(ask)
        found["refusal"] = Refusal(str(ask.get_decision_display()), ground_words(ask.ground), tuple(words.values()))
    if ask.letter_id is not None:
        found["packages"] = tuple(_packages(subject_request, asks))
    if handles and ask.state in (AskState.DECIDING, AskState.RECEIVED):
        found["sent_back"] = second.sent_back_with(ask)
    return found


def _packages(subject_request: SubjectRequest, asks: Sequence[RequestAsk]) -> Iterator[Package]:
    for row in parts_made(asks):
        yield Package(
            number=row.part.dossier.number,
            url=reverse("request.package", args=[subject_request.pk, row.part_id]),
            size=row.stored_file.size,
            made_on=row.made_at.astimezone(AMSTERDAM).date(),
        )


def _facts(
    subject_request: SubjectRequest, asks: Sequence[RequestAsk], asker: Asker | None, handler: str
) -> Iterator[Fact]:
    yield Fact(_("Asked"), kinds_in_words(ask.kind for ask in asks))
    if asker is not None:
        yield Fact(_("By"), asker.name, lines=[*asker.address_lines, *filter(None, (asker.email, asker.telephone))])
        if asker.birth:
            yield Fact(_("Born"), asker.birth, num=True)
        if asker.about:
            yield Fact(_("For"), asker.about, note=str(subject_request.get_capacity_display()))
    way = str(subject_request.get_way_display())
    yield Fact(_("Received"), nl_date_long(subject_request.received_on), lines=[way])
    registered = {"name": subject_request.registered_by.display_name}
    keyed_in_on = subject_request.registered_at.astimezone(AMSTERDAM).date()
    yield Fact(_("Registered"), nl_date(keyed_in_on), lines=[_("by %(name)s") % registered])
    yield Fact(_("Handler"), handler)
    yield _identity(subject_request)
    yield Fact(_("Answer"), str(subject_request.get_answer_way_display()))


def _identity(subject_request: SubjectRequest) -> Fact:
    if not subject_request.identity_how or subject_request.identity_on is None:
        return Fact(_("Identity"), states=[State("wait", "open", _("not shown yet"))])
    by = subject_request.identity_by.display_name if subject_request.identity_by else ""
    said = {"day": nl_date(subject_request.identity_on), "name": by}
    return Fact(
        _("Identity"),
        states=[State("ok", "ok", str(subject_request.get_identity_how_display()))],
        note=_("%(day)s, by %(name)s. No copy kept.") % said,
    )
