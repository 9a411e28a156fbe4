"""What each letter must be told: one `TypedDict` per letter. Texts are Dutch, ready to print, without markup.

A fact without `NotRequired` must be there and may not be blank; an optional one may be left out or None.
Dates are `date` or ISO text; moments are aware `datetime` or ISO text with an offset and are printed in Amsterdam time.
`reference` is always our own: a number of a dossier or request (D-..., V-...), printed as "Ons kenmerk".
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal, NotRequired, TypedDict

from werkcontact.letters.facts import FILLED

Lines = Annotated[list[str], FILLED]


class RegistrationNotice(TypedDict):
    """Art. 11.1, AVG 14."""

    reference: str
    principal: str  # by name
    service: NotRequired[str]  # what the principal asked for, in small letters: "naar werk"
    registered_on: date  # first registration
    bases: Lines  # why it is lawful, each a clause after "omdat": "wij een taak van algemeen belang uitvoeren (...)"
    categories: Lines  # words of the closed list of categories
    recipients: Lines  # by name
    retention_years: int  # after involvement ended


class Receipt(TypedDict):
    """The facts that every letter about a request has: its number, when it came and what it asks."""

    reference: str
    received_on: date
    asked: Lines  # each completes "U vraagt ons om": "inzage in uw gegevens"


class RequestReceipt(Receipt):
    """Art. 13: it came in, and when the answer will be there."""

    way: str  # completes "kregen wij ...": "per brief", "aan de balie"
    answer_by: date  # the day that binds
    identity_needed: NotRequired[bool]


class IdentityAsked(Receipt):
    """Art. 12.2, AVG 12.6."""

    why: str  # why there is doubt, one or two sentences
    ways: NotRequired[list[str]]  # instead of the usual ways of proving, each a whole sentence
    show_by: date


class IdentityRefused(Receipt):
    """Art. 12.2 with AVG 12.2 and 12.6."""

    asked_on: date  # the date of the letter that asked for proof
    show_by: date  # what that letter said
    reasons: str  # why we cannot know who asks


class NoDataHeld(Receipt):
    """Art. 13.1, AVG 15.1: the answer to somebody we hold nothing about."""

    searched_on: date
    searched_in: Lines  # "de cliëntenregistratie", "het archief"
    searched_by: Lines  # "uw naam", "uw geboortedatum"


class DataHeld(Receipt):
    """Art. 13.1, AVG 15.1: the answer to who only asks whether we hold data."""

    dossiers: Lines  # numbers
    principals: Lines  # for whom, by name
    categories: Lines  # words of the closed list of categories


class Withheld(TypedDict):
    """An item that is not given, or not whole."""

    what: str  # "Verslag van 21 september 2026", without what is in it
    verdict: Literal["deels", "niet"]
    ground: str  # in words with its articles
    reasons: str


class RequestAnswer(Receipt):
    """Art. 13, AVG 15: the letter on top of the overview and the copies."""

    given: int  # number of items given whole
    withheld: list[Withheld]  # in part or not at all; empty when all is given
    enclosures: Lines


class RequestRefused(Receipt):
    """Art. 13.4, 14.4, AVG 12.4: nothing of what was asked is done."""

    ground: str
    reasons: str
    necessity: str  # why it is necessary, and why less would not do


class ExtensionTold(Receipt):
    """AVG 12.3: two months more, told with reasons within the first month."""

    reasons: str
    answer_by: date  # the new day
    promised_by: NotRequired[date]  # the reglement's day, which knows no extension


class SpecificationAsked(Receipt):
    """AVG recital 63: a large amount of data, please say which."""

    available: Lines  # kinds of data to choose from
    answer_by: date  # until when we wait before we answer what we can


class Purpose(TypedDict):
    purpose: str
    basis: str


class FieldShown(TypedDict):
    path: str  # of the registry; not printed, for the ledger
    label: str
    value: str
    source: str


class FieldGroup(TypedDict):
    category: str
    principal: str  # for whom these data are held (art. 18)
    fields: Annotated[list[FieldShown], FILLED]


class ItemDecided(TypedDict):
    number: NotRequired[int]  # of the copy, when there is one
    what: str
    category: str
    dated: date
    verdict: Literal["gegeven", "deels", "niet"]
    source: NotRequired[str]  # from whom it came (AVG 15.1.g): "zelf gemaakt"
    why: NotRequired[str]  # why it lies in the dossier (art. 5.2)
    ground: NotRequired[str]
    reasons: NotRequired[str]


class RecipientShown(TypedDict):
    name: str
    what: str
    on: NotRequired[date]  # left out for standing recipients (processors, franchise firms)
    ground: str


class Seen(TypedDict):
    at: datetime
    action: str
    purpose: str
    role: str


class InspectionOverview(TypedDict):
    """Art. 13.2, AVG 15.1: all of it."""

    reference: str
    received_on: date
    born: NotRequired[str]  # as it is registered, also in part: "00-02-1995"
    purposes: Annotated[list[Purpose], FILLED]
    categories: Lines
    groups: list[FieldGroup]
    items: list[ItemDecided]
    recipients: list[RecipientShown]
    retention: Lines  # sentences: how long, or by which criteria
    seen: list[Seen]  # access log, without names
    fields_withheld: NotRequired[bool]  # something of groups, recipients or seen is not given; items says what and why
    recipients_withheld: NotRequired[bool]
    seen_withheld: NotRequired[bool]


class CopyListed(TypedDict):
    number: int
    title: str
    kind: str
    dated: date
    pages: NotRequired[int]
    in_part: NotRequired[bool]


class CopiesIndex(TypedDict):
    """Art. 13.4, AVG 15.3."""

    reference: str
    copies: Annotated[list[CopyListed], FILLED]


class PlainDocument(TypedDict):
    """Art. 13.4, AVG 15.3: a text of the dossier as it stands there."""

    reference: str  # of the dossier
    title: str
    kind: str
    dated: date
    version: int
    state: NotRequired[str]  # "concept", "definitief"
    author_role: str  # a role, not a name
    text: str  # blank lines part paragraphs


class ContactReport(PlainDocument):
    """Art. 5.2: what was discussed and agreed."""

    way: NotRequired[str]  # "op kantoor", "telefonisch"
    hours: NotRequired[str]  # "1,5"
    next_step: NotRequired[str]
