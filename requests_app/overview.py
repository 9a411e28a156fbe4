"""Art. 13.2, AVG 15.1: the overview of all that is held: data with their sources, purposes, recipients, terms, the log.

One overview for each dossier of a request, so that each lies under its own dossier's key and ends with it (art. 18).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.models import Assignment, Principal
from clients.naming import born
from requests_app import seen_by
from requests_app.copies import Copy
from requests_app.holdings import Thing
from requests_app.inspection import words_of
from requests_app.models import RequestDossier, RequestItem, SubjectRequest
from requests_app.models.item import ItemKind, Verdict
from requests_app.refusal import ground_words
from werkcontact.personal_data.categories import Category
from werkcontact.rulebook.current import purposes_on, rules_on
from werkcontact.ui.components import Text

Pair = tuple[RequestItem, Thing]
Fact = dict[str, object]

_VERDICTS: Mapping[str, str] = {Verdict.GIVE: "gegeven", Verdict.IN_PART: "deels", Verdict.WITHHOLD: "niet"}
_PUBLIC: Text = gettext_lazy("a task in the public interest (article 6.1.e of the AVG)")
_INTEREST: Text = gettext_lazy("a legitimate interest (article 6.1.f of the AVG)")
_DUTY: Text = gettext_lazy("a legal obligation (article 6.1.c of the AVG)")
_BASIS_OF_GUIDANCE: Mapping[str, Text] = {
    Principal.Kind.UWV: _PUBLIC,
    Principal.Kind.MUNICIPALITY: _PUBLIC,
    Principal.Kind.EMPLOYER: _INTEREST,
    Principal.Kind.INSURER: _INTEREST,
}
_BASES: Mapping[str, Text] = {"legal_duty": _DUTY, "oversight": _DUTY}


def facts_of(
    subject_request: SubjectRequest, part: RequestDossier, pairs: Sequence[Pair], copies: Sequence[Copy], today: date
) -> Fact:
    """Return the facts of the overview of one part, from what was decided on its items."""
    involvement = part.dossier.involvement
    facts: Fact = {
        "reference": subject_request.number,
        "received_on": subject_request.received_on,
        "purposes": _purposes(part, today),
        "categories": _categories(pairs),
        "groups": _groups(pairs),
        "items": _items(pairs, copies),
        "recipients": _recipients(part, pairs, today),
        "retention": _retention(today),
        "seen": _seen(part, pairs, today),
    }
    facts |= {f"{name}_withheld": True for name in _withheld_parts(pairs)}
    if involvement.client is not None and any(born(involvement.client)):
        facts["born"] = str(born(involvement.client))
    return facts


def _withheld_parts(pairs: Sequence[Pair]) -> set[str]:
    """Of which parts of the overview something is not given; there it may not look as if there were nothing."""
    parts = {ItemKind.FIELD: "fields", ItemKind.DISCLOSURE: "recipients", ItemKind.LOG: "seen"}
    kinds = {ItemKind(item.kind) for item, _thing in pairs if item.verdict == Verdict.WITHHOLD}
    return {parts[kind] for kind in kinds if kind in parts}


def withheld_facts(pairs: Sequence[Pair]) -> list[Fact]:
    """Return what is not given, or not whole, for the letter on top: what it is, the ground and the reasons."""
    return [
        {
            "what": _what(thing),
            "verdict": _VERDICTS[item.verdict],
            "ground": ground_words(item.ground),
            "reasons": words_of(item),
        }
        for item, thing in pairs
        if item.verdict in (Verdict.IN_PART, Verdict.WITHHOLD)
    ]


def _what(thing: Thing) -> str:
    if thing.version is None:
        return thing.title
    return capfirst(_("%(kind)s: %(title)s") % {"kind": thing.kind_word, "title": thing.title})


def _purposes(part: RequestDossier, today: date) -> list[Fact]:
    guidance = _BASIS_OF_GUIDANCE[part.dossier.involvement.principal.kind]
    return [
        {
            "purpose": purpose.title,
            "basis": str(_BASES.get(purpose.code, guidance if purpose.code == "guidance" else _INTEREST)),
        }
        for purpose in purposes_on(today)
    ]


def _categories(pairs: Sequence[Pair]) -> list[str]:
    found = {thing.category for _item, thing in pairs}
    return [str(category.label) for category in Category if category in found]


def _groups(pairs: Sequence[Pair]) -> list[Fact]:
    given = [thing for item, thing in pairs if item.kind == ItemKind.FIELD and item.verdict == Verdict.GIVE]
    order = list(Category)
    given.sort(key=lambda thing: (order.index(thing.category), thing.principal))
    return [
        {
            "category": str(category.label),
            "principal": principal,
            "fields": [
                {"path": thing.path, "label": thing.title, "value": thing.value, "source": thing.source}
                for thing in things
            ],
        }
        for (category, principal), things in groupby(given, key=lambda thing: (thing.category, thing.principal))
    ]


def _items(pairs: Sequence[Pair], copies: Sequence[Copy]) -> list[Fact]:
    numbers = {copy.item.pk: copy.number for copy in copies}
    documents = [(i, t) for i, t in pairs if i.kind in (ItemKind.VERSION, ItemKind.NOTE)]
    others = [(i, t) for i, t in pairs if (i, t) not in documents and i.verdict == Verdict.WITHHOLD]
    return [_decided(item, thing, numbers.get(item.pk)) for item, thing in [*documents, *others]]


def _decided(item: RequestItem, thing: Thing, number: int | None) -> Fact:
    facts: Fact = {
        "what": _what(thing),
        "category": str(thing.category.label),
        "dated": thing.on,
        "verdict": _VERDICTS[item.verdict],
    }
    if number is not None:
        facts["number"] = number
    if thing.source:
        facts["source"] = thing.source
    if thing.why and item.verdict == Verdict.GIVE:
        facts["why"] = thing.why
    if item.verdict != Verdict.GIVE:
        facts |= {"ground": ground_words(item.ground), "reasons": words_of(item)}
    return facts


def _recipients(part: RequestDossier, pairs: Sequence[Pair], today: date) -> list[Fact]:
    """Recipients by name (CJEU C-154/21): the principal, franchise firms, processors, all who were given data."""
    firms = Assignment.objects.filter(involvement=part.dossier.involvement_id, from_on__lte=today)
    names = firms.exclude(staff__firm="").values_list("staff__firm", flat=True).order_by("staff__firm").distinct()
    principal = part.dossier.involvement.principal.name
    found: list[Fact] = [
        {"name": principal, "what": _("how the trajectory goes and ends"), "ground": _("gave us the commission")}
    ]
    guides = {"what": _("all data needed to guide you"), "ground": _("guides you on behalf of Werkcontact")}
    found += [{"name": name, **guides} for name in names]
    keeps = {"what": _("all data that are kept in it"), "ground": _("keeps or runs our systems for us")}
    found += [{"name": name, **keeps} for name in settings.PROCESSORS]
    for item, thing in pairs:
        if thing.disclosure is not None and item.verdict == Verdict.GIVE:
            found.append(
                {
                    "name": thing.title,
                    "what": thing.value or str(thing.category.label),
                    "on": thing.on,
                    "ground": str(thing.disclosure.get_ground_display()),
                }
            )
    return found


def _retention(today: date) -> list[str]:
    years = rules_on(today).retention.partition(" ")[0]
    return [
        _("Your registration: until our involvement with you ends."),
        _("Your dossier: %(years)s years after our involvement has ended; then it is destroyed.") % {"years": years},
        _("The personal notes of who guides you: six weeks."),
    ]


def _seen(part: RequestDossier, pairs: Sequence[Pair], today: date) -> list[Fact]:
    if not any(item.kind == ItemKind.LOG and item.verdict == Verdict.GIVE for item, _thing in pairs):
        return []
    return [
        {"at": look.at, "action": look.action, "purpose": look.purpose, "role": look.role}
        for look in seen_by.looks(part.dossier.involvement_id, today)
    ]
