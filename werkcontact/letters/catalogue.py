"""Art. 11, 12, 13, 14: every kind of letter: what it is called, which article it carries out, what it prints and needs.

`prints` names registry paths ("clients.registration.street"), so that the ledger knows which data a letter carried.
The addressee's name and address are among them. Letters whose contents differ each time (the overview) name the
rest in their facts: `fields_printed` gives both. The texts themselves are Dutch and live in the templates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from werkcontact.letters import schemas


def gettext_noop(text: str) -> str:
    """Mark a title for translation; this module knows no Django."""
    return text


@dataclass(frozen=True, kw_only=True)
class LetterKind:
    """One kind of letter. `title` is a msgid, to be translated by who shows it; `facts` is a TypedDict of schemas."""

    code: str
    title: str
    articles: tuple[str, ...]
    facts: type
    prints: tuple[str, ...] = ()
    addressed: bool = True

    @property
    def template(self) -> str:
        """Return the file in templates/ that holds its text."""
        return f"{self.code}.typ"


ADDRESSEE = (
    "clients.registration.first_names",
    "clients.registration.title",
    "clients.registration.prefix",
    "clients.registration.surname",
    "clients.registration.gender",
    "clients.registration.name_use",
    "clients.registration.partner_prefix",
    "clients.registration.partner_surname",
    "clients.registration.street",
    "clients.registration.house_number",
    "clients.registration.house_letter",
    "clients.registration.house_addition",
    "clients.registration.postcode",
    "clients.registration.city",
    "clients.registration.country",
    "clients.registration.foreign_line_1",
    "clients.registration.foreign_line_2",
    "clients.registration.foreign_line_3",
)
# Who asks may be nobody we know, so a request's letters are addressed as the request says.
REQUEST = (
    "requests_app.subjectrequest.name_cipher",
    "requests_app.subjectrequest.address_cipher",
    "requests_app.subjectrequest.number",
    "requests_app.subjectrequest.received_on",
    "requests_app.requestask.kind",
)
DECIDED = (
    "requests_app.requestitem.verdict",
    "requests_app.requestitem.ground",
    "requests_app.requestitem.words_cipher",
)
ASK_DECIDED = ("requests_app.requestask.ground", "requests_app.requestask.words_cipher")
TITLES = ("dossiers.document.title_cipher", "dossiers.document.kind", "dossiers.document.happened_on")
ORIGIN = (
    "dossiers.document.source",
    "dossiers.document.why_cipher",
    "dossiers.documentversion.reason_cipher",
)
DOCUMENT = (
    "dossiers.dossier.number",
    *TITLES,
    "dossiers.documentversion.number",
    "dossiers.documentversion.text_cipher",
)
CONTACT = (
    "dossiers.contactreport.channel",
    "dossiers.contactreport.minutes_spent",
    "dossiers.contactreport.next_step_cipher",
)

_KINDS = (
    LetterKind(
        code="registration_notice",
        title=gettext_noop("Notice of registration"),
        articles=("11.1", "AVG 14"),
        facts=schemas.RegistrationNotice,
        prints=(
            *ADDRESSEE,
            "clients.registration.registered_on",
            "clients.involvement.principal",
            "clients.trajectory.service",
            "dossiers.dossier.number",
        ),
    ),
    LetterKind(
        code="request_receipt",
        title=gettext_noop("Receipt of a request"),
        articles=("13.1", "AVG 12.3"),
        facts=schemas.RequestReceipt,
        prints=REQUEST,
    ),
    LetterKind(
        code="identity_asked",
        title=gettext_noop("Proof of identity asked"),
        articles=("12.2", "AVG 12.6"),
        facts=schemas.IdentityAsked,
        prints=REQUEST,
    ),
    LetterKind(
        code="identity_refused",
        title=gettext_noop("Refusal: identity not shown"),
        articles=("12.2", "17", "AVG 12.2", "AVG 12.6"),
        facts=schemas.IdentityRefused,
        prints=REQUEST,
    ),
    LetterKind(
        code="no_data_held",
        title=gettext_noop("Answer: no data held"),
        articles=("13.1", "17", "AVG 15.1"),
        facts=schemas.NoDataHeld,
        prints=REQUEST,
    ),
    LetterKind(
        code="data_held",
        title=gettext_noop("Answer: data held"),
        articles=("13.1", "17", "AVG 15.1"),
        facts=schemas.DataHeld,
        prints=(*REQUEST, "dossiers.dossier.number", "clients.involvement.principal"),
    ),
    LetterKind(
        code="request_answer",
        title=gettext_noop("Answer to a request"),
        articles=("13.2", "13.4", "17", "AVG 15"),
        facts=schemas.RequestAnswer,
        prints=(*REQUEST, *DECIDED, *TITLES),
    ),
    LetterKind(
        code="request_refused",
        title=gettext_noop("Refusal of a request"),
        articles=("13.4", "17", "AVG 12.4"),
        facts=schemas.RequestRefused,
        prints=(*REQUEST, *ASK_DECIDED),
    ),
    LetterKind(
        code="extension_told",
        title=gettext_noop("More time needed"),
        articles=("AVG 12.3",),
        facts=schemas.ExtensionTold,
        prints=REQUEST,
    ),
    LetterKind(
        code="specification_asked",
        title=gettext_noop("Which data are meant"),
        articles=("AVG recital 63",),
        facts=schemas.SpecificationAsked,
        prints=REQUEST,
    ),
    LetterKind(
        code="inspection_overview",
        title=gettext_noop("Overview of personal data"),
        articles=("13.2", "AVG 15.1"),
        facts=schemas.InspectionOverview,
        prints=(*REQUEST, *DECIDED, *TITLES, *ORIGIN),
    ),
    LetterKind(
        code="copies_index",
        title=gettext_noop("Index of copies"),
        articles=("13.4", "AVG 15.3"),
        facts=schemas.CopiesIndex,
        prints=(REQUEST[0], REQUEST[2], *TITLES),
    ),
    LetterKind(
        code="plain_document",
        title=gettext_noop("Copy of a document"),
        articles=("13.4", "AVG 15.3"),
        facts=schemas.PlainDocument,
        prints=DOCUMENT,
        addressed=False,
    ),
    LetterKind(
        code="contact_report",
        title=gettext_noop("Copy of a contact report"),
        articles=("13.4", "AVG 15.3"),
        facts=schemas.ContactReport,
        prints=(*DOCUMENT, *CONTACT),
        addressed=False,
    ),
)

CATALOGUE: Mapping[str, LetterKind] = {kind.code: kind for kind in _KINDS}


def fields_printed(code: str, facts: Mapping[str, object]) -> tuple[str, ...]:
    """Return the registry paths that this letter with these facts prints, each once, in order of mention."""
    paths = list(CATALOGUE[code].prints)
    groups = facts.get("groups")
    if isinstance(groups, list | tuple):
        paths += [field["path"] for group in groups for field in group["fields"]]
    return tuple(dict.fromkeys(paths))
