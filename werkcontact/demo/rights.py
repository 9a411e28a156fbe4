"""The requests of the demo: on time, nearly late and late, in every stage from just written down to answered."""

from __future__ import annotations

from collections.abc import Sequence

from clients.addressing import addressee_of
from clients.models import Assignment, Involvement
from dossiers.models import WorkNote
from requests_app import answer, collecting, handling, identity_check, inspection, registering, sending
from requests_app.inspection import Choice
from requests_app.models import RequestItem, SubjectRequest
from requests_app.models.ask import AskKind
from requests_app.models.item import ItemKind, Verdict
from requests_app.models.subject_request import IdentityHow, Way
from requests_app.sealed import Asker
from werkcontact.demo.cast import Cast, Clock
from werkcontact.ids import uuid7

_ASKED = "Ik wil graag alles zien wat u over mij heeft, en een kopie."
_BOTH = (AskKind.INSPECTION, AskKind.COPY)


def tell(clock: Clock) -> None:
    """Register and handle them, each as far as its stage says."""
    cast = Cast(clock)
    noted = WorkNote.objects.filter(state="open").values("dossier__involvement")
    guided = Assignment.objects.filter(involvement__registration__secrecy=0, until_on=None)
    people = list(
        guided.exclude(involvement__in=noted)
        .select_related("involvement__registration", "involvement__client", "involvement__principal")
        .order_by("from_on", "pk")
        .values_list("involvement", flat=True)[:7]
    )
    found = {one.pk: one for one in Involvement.objects.filter(pk__in=people).select_related("client", "registration")}
    clients = [found[pk] for pk in people]
    _late(cast, clients[0])
    _nearly_late(cast, clients[1])
    _second_person(cast, clients[2])
    _answered(cast, clients[3])
    _identity_asked(cast, clients[4])
    _register(cast, _asker(clients[5]), 3)
    _register(cast, _asker(clients[6]), 1, (AskKind.CONFIRMATION,))
    _stranger(cast)


def _asker(involvement: Involvement) -> Asker:
    to = addressee_of(involvement.registration)
    parts = involvement.registration
    return Asker(
        name=to.name_envelope,
        asked=_ASKED,
        birth=f"{parts.birth_day or 0:02}-{parts.birth_month or 0:02}-{parts.birth_year or 0:04}",
        address="\n".join(to.address_lines),
    )


def _register(cast: Cast, asker: Asker, days: int, kinds: Sequence[AskKind] = _BOTH) -> SubjectRequest:
    actor = cast("visser", days, 9)
    return registering.register(
        actor=actor,
        request_id=uuid7(),
        received_on=actor.today,
        way=Way.LETTER,
        kinds=kinds,
        asker=asker,
        today=actor.today,
    )


def _taken(cast: Cast, one: SubjectRequest, key: str, days: int) -> None:
    director = cast("directie", days)
    handling.assign(actor=director, subject_request=one, handler=cast.staff[key], today=director.today)


def _collected(cast: Cast, involvement: Involvement, key: str, days: int) -> SubjectRequest:
    """Registered, given to a handler, identified, linked and collected, all within two days."""
    one = _register(cast, _asker(involvement), days)
    _taken(cast, one, key, days - 1)
    handler = cast(key, days - 2)
    identity_check.record_shown(
        actor=handler, subject_request=one, how=IdentityHow.DESK, on=handler.today, today=handler.today
    )
    handling.link(actor=handler, subject_request=one, involvements=[involvement.pk])
    collecting.collect(actor=handler, subject_request=one)
    return one


def _items(one: SubjectRequest, *kinds: ItemKind) -> list[RequestItem]:
    found = RequestItem.objects.filter(ask__subject_request=one)
    return list(found.filter(kind__in=kinds) if kinds else found)


def _late(cast: Cast, involvement: Involvement) -> None:
    _collected(cast, involvement, "verzoeken2", 33)


def _nearly_late(cast: Cast, involvement: Involvement) -> None:
    one = _collected(cast, involvement, "verzoeken", 24)
    fields = [item.pk for item in _items(one, ItemKind.FIELD)]
    inspection.give_all(actor=cast("verzoeken", 20), subject_request=one, items=fields)


def _second_person(cast: Cast, involvement: Involvement) -> None:
    one = _collected(cast, involvement, "verzoeken", 19)
    handler = cast("verzoeken", 5)
    withheld = _items(one, ItemKind.VERSION)[0]
    words = "In dit stuk vertelt een ander over zichzelf. Die heeft er belang bij dat dit niet bekend wordt."
    choice = Choice(Verdict.WITHHOLD, "13.4.a", "AVG 15.4", words)
    inspection.decide(actor=handler, item=withheld, seen=None, choice=choice)
    inspection.give_all(actor=handler, subject_request=one, items=[item.pk for item in _items(one)])
    inspection.finish(actor=handler, subject_request=one)


def _answered(cast: Cast, involvement: Involvement) -> None:
    one = _collected(cast, involvement, "verzoeken2", 21)
    handler = cast("verzoeken2", 9)
    collecting.collect(actor=handler, subject_request=one)
    inspection.give_all(actor=handler, subject_request=one, items=[item.pk for item in _items(one)])
    inspection.finish(actor=handler, subject_request=one)
    letter = answer.make(actor=handler, subject_request=one, today=handler.today)
    sending.mark_sent(actor=handler, subject_request=one, letter_id=letter.pk, on=handler.today, way="post")


def _identity_asked(cast: Cast, involvement: Involvement) -> None:
    one = _register(cast, _asker(involvement), 12)
    _taken(cast, one, "verzoeken", 11)
    handler = cast("verzoeken", 10)
    letter = identity_check.ask_for_proof(
        actor=handler,
        subject_request=one,
        why="Uw verzoek kwam van een adres dat wij niet kennen.",
        today=handler.today,
    )
    sending.mark_sent(actor=handler, subject_request=one, letter_id=letter.pk, on=handler.today, way="post")


def _stranger(cast: Cast) -> None:
    """Somebody of whom nothing is held: they too get an answer within the term."""
    asker = Asker(name="de heer Q. Onbekend", asked="Heeft u iets van mij?", address="Dorpsstraat 1\n1234 AB Ons Dorp")
    one = _register(cast, asker, 6, (AskKind.CONFIRMATION,))
    _taken(cast, one, "verzoeken2", 5)
    handler = cast("verzoeken2", 4)
    identity_check.record_shown(
        actor=handler, subject_request=one, how=IdentityHow.DESK, on=handler.today, today=handler.today
    )
    handling.find_nobody(actor=handler, subject_request=one)
