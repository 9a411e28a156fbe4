"""Art. 9: one search box: by name, birth date or reference, among what somebody may see; and why each one matched."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.listing import ACT, Listed, show
from clients.models import Client, Grant, Involvement, Trajectory
from clients.models.people import NameParts
from clients.names import fold, initials
from clients.naming import name_of
from werkcontact.access import Actor, grants
from werkcontact.access.records import Reach, reach
from werkcontact.ui.components import Text
from werkcontact.ui.dates import DateError, PartialDate, parse_partial
from werkcontact.ui.fields import explain

MOST_SHOWN = 50
_CANDIDATES = 1000  # a fence: beyond it nobody reads the list, and the database would sort it all
_LONGEST = 200
_SHORT = 3  # trigrams need as much; a shorter word must begin a word
_DATE = re.compile(
    r"(?<![\w-])([0-9]{8}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ][0-9]{1,4}"
    r"|[0-9]{1,2} [a-z]{3,9}\.? [0-9]{1,4})(?![\w-])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Query:
    """What was understood: folded words of a name, a birth date, and all of it as a reference."""

    reference: str
    words: tuple[str, ...]
    birth: PartialDate | None
    problem: str = ""


@dataclass(frozen=True)
class Hit:
    """A client that was found, and by what."""

    client: Listed
    why: tuple[Text, ...]


@dataclass(frozen=True)
class Found:
    """What a search gave; `more`: not all of it is shown; `alike`: nothing matched, these only look like it."""

    query: Query
    hits: tuple[Hit, ...]
    more: bool
    alike: bool


def understand(text: str) -> Query:
    """Read what was typed: a birth date anywhere in it, the rest a name, all of it perhaps a reference."""
    plain = " ".join(text.replace("\0", "").split())[:_LONGEST]
    birth, problem, rest = None, "", plain
    if match := _DATE.search(plain):
        try:
            birth = parse_partial(match[0])
            rest = f"{plain[: match.start()]} {plain[match.end() :]}"
        except DateError as error:
            problem = explain(error)
    return Query(plain, tuple(fold(rest).split()), birth, problem)


def search(actor: Actor, text: str) -> Found:
    """Search among what this actor may see. All that is shown is noted for the log."""
    query = understand(text)
    if actor.draft is not None:
        actor.draft.kind = "search"
    by_reference = _with_reference(actor, query.reference)
    ids, alike = [*by_reference, *_of_person(actor, query, alike=False)], False
    if not ids and query.words:
        ids, alike = _of_person(actor, query, alike=True), True
    unique = list(dict.fromkeys(ids))
    shown = show(actor, unique[:MOST_SHOWN])
    hits = tuple(Hit(each, _why(each, query, set(by_reference), alike=alike)) for each in shown)
    return Found(query, hits, more=len(unique) > MOST_SHOWN, alike=alike and bool(hits))


def matching(person: NameParts, words: tuple[str, ...]) -> tuple[Text, ...]:
    """Return which parts of a name these folded words were found in."""
    name = name_of(person)
    own, partner = (person.prefix, person.surname), (person.partner_prefix, person.partner_surname)
    parts: tuple[tuple[Text, str], ...] = (
        (gettext_lazy("surname"), _words_of(*own)),
        (gettext_lazy("partner's name"), _words_of(*partner)),
        (gettext_lazy("first name"), fold(person.first_names)),
        (gettext_lazy("initials"), fold(initials(name)).replace(" ", "")),
    )
    found = [label for label, text in parts if any(_in(word, text) for word in words)]
    # initials say nothing more where the first names did
    return tuple(found[:-1] if len(found) > 1 and found[-1] is parts[-1][0] else found)


def _words_of(prefix: str, surname: str) -> str:
    whole = fold(f"{prefix} {surname}")
    return f"{whole} {whole.replace(' ', '')} {fold(surname).replace(' ', '')}" if surname else ""


def _in(word: str, text: str) -> bool:
    return f" {word}" in f" {text}" if len(word) < _SHORT else word in text


def _why(each: Listed, query: Query, by_reference: set[UUID], *, alike: bool) -> tuple[Text, ...]:
    client = each.involvement.client
    if each.involvement.pk in by_reference:
        return (_("reference"),)
    if alike or client is None:
        return (_("looks like this name"),)
    return (*matching(client, query.words), *((_("birth date"),) if query.birth else ()))


def _with_reference(actor: Actor, reference: str) -> list[UUID]:
    if not reference:
        return []
    rows = Trajectory.objects.filter(reference__iexact=reference).values("involvement")
    return list(Involvement.objects.visible_to(actor, ACT).filter(pk__in=rows).values_list("pk", flat=True))


def _of_person(actor: Actor, query: Query, *, alike: bool) -> list[UUID]:
    if not query.words and query.birth is None:
        return []
    rows = Involvement.objects.visible_to(actor, ACT)
    if query.words:
        far = reach(actor, ACT)
        named = Q() if far.everything else Q(pk__in=_granted(actor, far, query.words, alike=alike))
        if far.everything:
            people = Client.objects.filter(_named(query.words, alike=alike), _born_on(query.birth))
            named = Q(client__in=people.values("pk")[:_CANDIDATES])
        rows = rows.filter(named)
    rows = rows.filter(_born_on(query.birth, "client__"))
    return list(rows.order_by("client__sort_name", "pk").values_list("pk", flat=True)[: MOST_SHOWN + 1])


def _granted(actor: Actor, far: Reach, words: tuple[str, ...], *, alike: bool) -> list[UUID]:
    """The involvements whose grants to this actor carry such a name."""
    rows = Grant.objects.filter(grants.current(actor.at), user_id=actor.id, permission__codename__in=far.permissions)
    return list(rows.filter(_named(words, alike=alike)).values_list("content_object", flat=True)[:_CANDIDATES])


def _named(words: tuple[str, ...], *, alike: bool) -> Q:
    """Each word stands in the search name, or (`alike`) looks like something in it."""
    return Q(*(_word(word, alike=alike) for word in words))


def _word(word: str, *, alike: bool) -> Q:
    if len(word) < _SHORT:
        return Q(search_name__startswith=word) | Q(search_name__contains=f" {word}")
    found = Q(search_name__contains=word)
    return found | Q(search_name__trigram_word_similar=word) if alike else found


def _born_on(birth: PartialDate | None, path: str = "") -> Q:
    """Who can be born then: the year is the same, month and day are the same or one of the two does not know them."""
    if birth is None:
        return Q()
    asked = Q(**{f"{path}birth_year": birth.year})
    for part in ("month", "day"):
        value = getattr(birth, part)
        if value is not None:
            asked &= Q(**{f"{path}birth_{part}": value}) | Q(**{f"{path}birth_{part}": None})
    return asked
