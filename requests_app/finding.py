"""Art. 12: finding the person of one request: by name, birth date or number, and nothing else is shown of anybody.

The search runs under the act `request.link`, for the purpose of that one request; the log has every record shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.birth import BirthDate, UnreadableDate
from clients.models import Involvement
from clients.names import fold, list_name
from clients.naming import born, name_of
from requests_app.flow import is_handler, not_yours, purpose_of
from requests_app.models import SubjectRequest
from requests_app.transitions import RequestState
from werkcontact.access import Absent, Actor, saw
from werkcontact.refused import Refused

AT_MOST = 25


@dataclass(frozen=True)
class Found:
    """One involvement whose person may be meant: name, birth date and numbers, no more."""

    involvement: UUID
    name: str
    birth: str
    numbers: tuple[str, ...]


@dataclass(frozen=True)
class Search:
    """What was found; `more` when there is more than is shown."""

    found: tuple[Found, ...]
    more: bool


def check_may_search(actor: Actor, subject_request: SubjectRequest) -> None:
    """Refuse whoever does not handle this request now, and everybody once it is closed."""
    if subject_request.state == RequestState.CLOSED:
        raise Refused("handling.closed", "12", _("This request is closed."))
    if not is_handler(actor, subject_request):
        raise not_yours()


def search(actor: Actor, subject_request: SubjectRequest, words: str) -> Search:
    """Look for whoever matches all the words: names, a birth date, a reference or the number of a dossier.

    Raises what `check_may_search` raises.
    """
    check_may_search(actor, subject_request)
    if actor.draft is not None:
        actor.draft.act, actor.draft.purpose = "request.link", purpose_of(subject_request)
        actor.draft.subjects.add(subject_request.pk)
    rows = Involvement.objects.open().visible_to(actor, "request.link").filter(_matching(words))
    rows = rows.select_related("client", "dossier").prefetch_related("trajectories")
    shown = list(rows.order_by("client__sort_name", "pk").distinct()[: AT_MOST + 1])
    saw(actor, shown[:AT_MOST])
    return Search(tuple(_found(one) for one in shown[:AT_MOST]), more=len(shown) > AT_MOST)


def _matching(words: str) -> Q:
    query = Q()
    rest = words.strip()
    for word in rest.split():
        query &= _one(word)
    return query if rest else Q(pk__in=[])


def _one(word: str) -> Q:
    try:
        birth = BirthDate.parse(word)
    except UnreadableDate:
        folded = fold(word)
        name = Q(client__search_name__contains=folded) if folded else Q(pk__in=[])
        return name | Q(trajectories__reference__iexact=word) | Q(dossier__number__iexact=word)
    parts = {"year": birth.year, "month": birth.month, "day": birth.day}
    return Q(**{f"client__birth_{name}": value for name, value in parts.items() if value is not None})


def _found(involvement: Involvement) -> Found:
    client = involvement.client
    if client is None:
        raise Absent
    numbers = [one.reference for one in involvement.trajectories.all()]
    return Found(
        involvement=involvement.pk,
        name=list_name(name_of(client)),
        birth=str(born(client)),
        numbers=(involvement.dossier.number, *numbers),
    )
