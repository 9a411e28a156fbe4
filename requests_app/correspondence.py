"""Art. 12-13: what every letter about a request has: to whom it goes, the number, the day of receipt, what was asked.

Letters go to whom the request names, since who asks may be nobody we know; they lie under the key of the request.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from requests_app.models import RequestAsk, SubjectRequest
from requests_app.models.ask import AskKind
from requests_app.sealed import Asker, open_asker
from werkcontact.access import Actor
from werkcontact.letters.addressee import Addressee
from werkcontact.mail import letters
from werkcontact.mail.models import OutgoingLetter
from werkcontact.vault.keys import KeyKind


def write_letter(
    *,
    actor: Actor,
    subject_request: SubjectRequest,
    asks: Sequence[RequestAsk],
    kind: str,
    facts: Mapping[str, object],
) -> OutgoingLetter:
    """Write a letter of this kind to who asks, inside an act; the facts that all such letters share are added."""
    return letters.write(
        actor=actor,
        kind=kind,
        owner_kind=KeyKind.REQUEST,
        owner=subject_request.pk,
        addressee=addressee_of(open_asker(subject_request)),
        facts={**shared_facts(subject_request, asks), **facts},
    )


def letters_of(subject_request: SubjectRequest) -> list[OutgoingLetter]:
    """Return every letter about this request, the newest first."""
    rows = OutgoingLetter.objects.filter(owner_kind=KeyKind.REQUEST, owner=subject_request.pk)
    return list(rows.select_related("file").order_by("-made_at", "-pk"))


def addressee_of(asker: Asker) -> Addressee:
    """Return to whom letters go: as the request itself names them."""
    return Addressee(name_envelope=asker.name, address_lines=asker.address_lines)


def shared_facts(subject_request: SubjectRequest, asks: Iterable[RequestAsk]) -> dict[str, object]:
    """Return the number, the day of receipt and what is asked, in words that follow "U vraagt ons om"."""
    return {
        "reference": subject_request.number,
        "received_on": subject_request.received_on,
        "asked": [_asked(AskKind(ask.kind)) for ask in asks],
    }


def _asked(kind: AskKind) -> str:
    words = {
        AskKind.CONFIRMATION: _("an answer to the question whether we hold data about you"),
        AskKind.INSPECTION: _("inspection of your data"),
        AskKind.COPY: _("a copy of your dossier"),
    }
    return words[kind]
