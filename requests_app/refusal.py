"""Art. 13.4, AVG 12.4, 12.5: refusing all that is asked: with a ground that a law carries, reasons, and two persons.

A ground of the reglement alone limits no right of the AVG, so it comes with the provision that carries it, and with
words on why it is necessary and why less would not do. Parts are withheld item by item instead (`inspection`).
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from requests_app import second
from requests_app.flow import asks_of, in_hands_of, purpose_of
from requests_app.models import RequestAsk, SubjectRequest
from requests_app.models.ask import AskDecision
from werkcontact.access import Actor, act
from werkcontact.approvals.models import Approval
from werkcontact.law import grounds
from werkcontact.law.grounds import Ground
from werkcontact.refused import Refused

IDENTITY = "12.2"  # has a way of its own: identity_check


def refuse(
    *, actor: Actor, subject_request: SubjectRequest, ground: str, carrier: str, reasons: str, necessity: str
) -> Approval:
    """Lay the refusal of the whole before a second person.

    Raises Refused("refusal.ground" | "refusal.reasons" | "refusal.necessity").
    """
    with act(actor, "request.handle", subject_request, purpose=purpose_of(subject_request)):
        subject_request = in_hands_of(actor, subject_request)
        asks = asks_of(subject_request)
        if ground not in {one.code for one in offered(asks)} or not grounds.carries(ground, carrier):
            text = gettext_lazy("Choose the ground, and the law that carries it.")
            raise Refused("refusal.ground", "AVG 12.4", text, field="ground")
        for name, words in (("reasons", reasons), ("necessity", necessity)):
            if not words.strip():
                raise Refused(f"refusal.{name}", "AVG 12.4", gettext_lazy("Fill this in."), field=name)
        return second.lay_before(
            actor=actor,
            subject_request=subject_request,
            asks=asks,
            choice="to_second",
            decision=AskDecision.REFUSED,
            ground=f"{ground}|{carrier}",
            words={"reasons": reasons.strip(), "necessity": necessity.strip()},
        )


def offered(asks: Sequence[RequestAsk]) -> list[Ground]:
    """Return the grounds that may refuse every one of these asks."""
    every = [set(grounds.offered("refuse_request", ask.kind)) for ask in asks]
    common = set.intersection(*every) if every else set()
    return [one for one in grounds.GROUNDS if one in common and one.code != IDENTITY]


def ground_words(stored: str) -> str:
    """Return a stored ground ("13.4.a|AVG 15.4") in words with its articles, for screens and letters."""
    code, _bar, carrier = stored.partition("|")
    found = grounds.ground(code)
    law, _space, number = carrier.partition(" ")
    words = {"title": _(found.title), "ours": _article(found.article), "law": _LAWS[law] % _article(number)}
    if not found.article:
        return _("%(title)s: %(law)s") % words
    return _("%(title)s: article %(ours)s of our privacy reglement, with %(law)s") % words


def choice_words(stored: str) -> str:
    """Return the same with what the law protects, to choose from."""
    law = grounds.CARRIERS[stored.partition("|")[2]]
    return f"{ground_words(stored)} ({_(law)})"


_LAWS = {
    "AVG": gettext_lazy("article %s of the AVG"),
    "UAVG": gettext_lazy("article %s of the UAVG"),
}


def _article(number: str) -> str:
    """13 lid 4 onder a"""
    article, *rest = number.split(".")
    words = [article]
    if rest:
        words.append(_("paragraph %s") % rest[0])
    if len(rest) > 1:
        words.append(_("under %s") % rest[1])
    return " ".join(words)
