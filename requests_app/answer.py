"""Art. 13, AVG 15: the answer: a letter, an overview of all that is held, and numbered copies with their list.

Until it is sent it can be made anew. What is made is kept under the keys of the dossiers that it is about, and those
are the very bytes that go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from requests_app import identity_check, second
from requests_app.collecting import compare
from requests_app.copies import Copy, content_of, index_facts, numbered, zipped
from requests_app.correspondence import addressee_of, write_letter
from requests_app.flow import asks_of, in_hands_of, linked_parts, purpose_of, wants_items
from requests_app.holdings import held
from requests_app.inspection import check_complete
from requests_app.models import AnswerPart, RequestAsk, RequestDossier, SubjectRequest
from requests_app.models.ask import AskDecision
from requests_app.models.item import Verdict
from requests_app.overview import Pair, facts_of, withheld_facts
from requests_app.refusal import ground_words
from requests_app.sealed import open_asker
from requests_app.transitions import AskState
from werkcontact.access import Actor, act
from werkcontact.letters.render import render
from werkcontact.mail.letters import sender
from werkcontact.mail.models import OutgoingLetter
from werkcontact.refused import Refused
from werkcontact.vault import files
from werkcontact.vault.keys import KeyKind

ZIP = "application/zip"


def make(*, actor: Actor, subject_request: SubjectRequest, today: date) -> OutgoingLetter:
    """Write the letter that carries the decision, and with data given the packages beside it; may be done again.

    Raises Refused("answer.not_now"), and for an answer with items what `inspection.check_complete` raises.
    """
    with act(actor, "request.handle", subject_request, purpose=purpose_of(subject_request)) as deed:
        subject_request = in_hands_of(actor, subject_request)
        asks = asks_of(subject_request)
        check_writing(asks)
        kind, facts = _MAKERS[_decision(asks)](actor, subject_request, asks, today)
        letter = write_letter(actor=actor, subject_request=subject_request, asks=asks, kind=kind, facts=facts)
        RequestAsk.objects.filter(pk__in=[ask.pk for ask in asks]).update(letter=letter)
        deed.saw([part.dossier.involvement_id for part in linked_parts(subject_request)])
        return letter


def check_writing(asks: Sequence[RequestAsk]) -> None:
    """Refuse unless everything is decided and the letter is what comes next."""
    if not asks or any(ask.state != AskState.WRITING for ask in asks):
        text = gettext_lazy("Without a decision no answer goes out.")
        raise Refused("answer.not_now", "13", text)


def parts_made(asks: Sequence[RequestAsk]) -> list[AnswerPart]:
    """Return the packages of an answer, by the number of their dossier."""
    if not asks:
        return []
    rows = AnswerPart.objects.filter(ask=asks[0], part__until_at=None).select_related("stored_file", "part__dossier")
    return list(rows.order_by("part__dossier__number"))


def package(subject_request: SubjectRequest, part_id: UUID) -> Iterator[bytes] | None:
    """Return the bytes of one package that was made, None when there is none; whole before the first byte."""
    standing = AnswerPart.objects.filter(part__subject_request=subject_request, part__until_at=None)
    found = standing.filter(part=part_id, ask__letter__isnull=False).select_related("stored_file").first()
    return files.read(found.stored_file) if found else None


Made = tuple[str, Mapping[str, object]]
_Maker = Callable[[Actor, SubjectRequest, Sequence[RequestAsk], date], Made]


def _decision(asks: Sequence[RequestAsk]) -> AskDecision:
    return AskDecision(asks[0].decision)


def _given(actor: Actor, subject_request: SubjectRequest, asks: Sequence[RequestAsk], today: date) -> Made:
    if not wants_items(asks):
        return "data_held", _held_facts(subject_request)
    check_complete(subject_request, asks)
    parts = linked_parts(subject_request)
    found = compare(asks[0], held(parts, reveal=True))
    enclosures: list[str] = []
    for part in parts:
        pairs = [pair for pair in found.pairs if pair[1].part == part.pk]
        copies = numbered(pairs)
        _store(actor, subject_request, asks[0], part, pairs, copies, today)
        enclosures += _enclosures(part, copies, several=len(parts) > 1)
    given = sum(item.verdict == Verdict.GIVE for item, _thing in found.pairs)
    return "request_answer", {"given": given, "withheld": withheld_facts(found.pairs), "enclosures": enclosures}


def _held_facts(subject_request: SubjectRequest) -> Mapping[str, object]:
    parts = linked_parts(subject_request)
    return {
        "dossiers": [part.dossier.number for part in parts],
        "principals": sorted({part.dossier.involvement.principal.name for part in parts}),
        "categories": list(dict.fromkeys(str(thing.category.label) for thing in held(parts))),
    }


def _none_held(_actor: Actor, subject_request: SubjectRequest, _asks: Sequence[RequestAsk], today: date) -> Made:
    asker = open_asker(subject_request)
    by = [_("your name"), *([_("your birth date")] if asker.birth else [])]
    searched_in = [_("the client registration"), _("the dossiers")]
    return "no_data_held", {"searched_on": today, "searched_in": searched_in, "searched_by": by}


def _refused(_actor: Actor, _request: SubjectRequest, asks: Sequence[RequestAsk], _today: date) -> Made:
    return "request_refused", {"ground": ground_words(asks[0].ground), **second.words_of(asks[0])}


def _no_identity(_actor: Actor, subject_request: SubjectRequest, asks: Sequence[RequestAsk], today: date) -> Made:
    asked_on, until = identity_check.asked_and_until(subject_request, list(asks), today)
    if asked_on is None or until is None:
        raise Refused("answer.not_now", "12.2", gettext_lazy("Proof was shown meanwhile. Look at it anew."))
    return "identity_refused", {"asked_on": asked_on, "show_by": until, **second.words_of(asks[0])}


_MAKERS: Mapping[AskDecision, _Maker] = {
    AskDecision.GIVEN: _given,
    AskDecision.PARTLY: _given,
    AskDecision.NONE_HELD: _none_held,
    AskDecision.REFUSED: _refused,
    AskDecision.NO_IDENTITY: _no_identity,
}


def _store(
    actor: Actor,
    subject_request: SubjectRequest,
    ask: RequestAsk,
    part: RequestDossier,
    pairs: Sequence[Pair],
    copies: Sequence[Copy],
    today: date,
) -> None:
    """Keep the package of one dossier under its key, in the place of one that was made before."""
    entries = _entries(subject_request, part, pairs, copies, today)
    stored = files.store(zipped(entries, today), kind=KeyKind.DOSSIER, owner=part.dossier_id, media_type=ZIP)
    old = AnswerPart.objects.filter(ask=ask, part=part).values_list("stored_file_id", flat=True).first()
    AnswerPart.objects.update_or_create(
        ask=ask,
        part=part,
        defaults={
            "stored_file": stored,
            "sha256": stored.sha256,
            "made_by_id": actor.id,
            "made_at": actor.at,
        },
    )
    if old is not None:
        transaction.on_commit(lambda: files.erase([old]))


def _entries(
    subject_request: SubjectRequest, part: RequestDossier, pairs: Sequence[Pair], copies: Sequence[Copy], today: date
) -> Iterator[tuple[str, Iterator[bytes]]]:
    addressee = addressee_of(open_asker(subject_request))
    facts = facts_of(subject_request, part, pairs, copies, today)
    overview = render("inspection_overview", facts, addressee=addressee, sender=sender(), made_on=today)
    yield "overzicht.pdf", iter([overview])
    if copies:
        listed = index_facts(subject_request.number, copies)
        index = render("copies_index", listed, addressee=addressee, sender=sender(), made_on=today)
        yield "lijst-van-kopieen.pdf", iter([index])
    for copy in copies:
        yield copy.file_name, content_of(copy, part, today)


def _enclosures(part: RequestDossier, copies: Sequence[Copy], *, several: bool) -> list[str]:
    which = {"number": part.dossier.number, "count": len(copies)}
    words = [_("the overview of your data (dossier %(number)s)") if several else _("the overview of your data")]
    if copies:
        words += [
            _("the list of copies (dossier %(number)s)") if several else _("the list of copies"),
            _("%(count)s copies (dossier %(number)s)") if several else _("copies: %(count)s"),
        ]
    return [one % which for one in words]
