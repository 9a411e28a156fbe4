"""Art. 6.4, 7, 11.1, 12.2, 13.4, 14.4, 18: THE catalogue of grounds to refuse, to withhold and to pass data on.

A ground of the reglement alone cannot limit a right of the AVG: it is offered only with a law that carries it
(`carriers`, of which the user chooses one), and with necessity and proportionality in words. Titles are English
msgids; who shows them translates them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Use = Literal["notice", "withhold", "refuse_request", "disclosure", "archive_disclosure"]
Decider = Literal["handler", "second_person", "directie"]


def gettext_noop(msgid: str) -> str:
    """Mark a title for the collectors of texts, without importing Django."""
    return msgid


@dataclass(frozen=True)
class Ground:
    """One ground. `article` is the reglement's (empty: the law alone); `carriers` the provisions of law behind it.

    `kinds` are the kinds of request it may answer (empty: not bound to a kind). `by_directie`: outside a request the
    directie decides. `needs_citation`: the statute must be named.
    """

    code: str
    article: str
    carriers: tuple[str, ...]
    uses: tuple[Use, ...]
    title: str
    kinds: tuple[str, ...] = ()
    by_directie: bool = False
    needs_citation: bool = False

    def decider(self, use: Use) -> Decider:
        """Return who decides on this ground: every refusal, whole or in part, needs a second person."""
        if use not in self.uses:
            raise ValueError(f"{self.code} is no ground for {use}")
        if use in ("withhold", "refuse_request"):
            return "second_person"
        return "directie" if self.by_directie else "handler"


# What each provision says, so that the user can choose between them.
CARRIERS: Mapping[str, str] = MappingProxyType(
    {
        "AVG 6.1.a": gettext_noop("Consent that costs the client nothing to refuse"),
        "AVG 6.1.b": gettext_noop("A contract with the client"),
        "AVG 6.1.c": gettext_noop("A legal obligation"),
        "AVG 6.1.d": gettext_noop("Vital interests of a person"),
        "AVG 6.1.e": gettext_noop("A task in the public interest"),
        "AVG 6.1.f": gettext_noop("A legitimate interest that outweighs the client's"),
        "AVG 12.2": gettext_noop("The person cannot be identified"),
        "AVG 12.5": gettext_noop("Manifestly unfounded or excessive"),
        "AVG 12.6": gettext_noop("Reasonable doubt about identity"),
        "AVG 14.5.a": gettext_noop("The person already has the information"),
        "AVG 15.4": gettext_noop("The rights and freedoms of others"),
        "AVG 17.3.a": gettext_noop("Freedom of expression and information"),
        "AVG 17.3.b": gettext_noop("A legal obligation or public task to keep the data"),
        "AVG 17.3.c": gettext_noop("Public health"),
        "AVG 17.3.d": gettext_noop("Archiving, research or statistics"),
        "AVG 17.3.e": gettext_noop("Legal claims"),
        "UAVG 41.1.a": gettext_noop("National security"),
        "UAVG 41.1.b": gettext_noop("National defence"),
        "UAVG 41.1.c": gettext_noop("Public security"),
        "UAVG 41.1.d": gettext_noop("Preventing, investigating or prosecuting crime"),
        "UAVG 41.1.e": gettext_noop("Another important public interest"),
        "UAVG 41.1.f": gettext_noop("Independence of the courts and court proceedings"),
        "UAVG 41.1.g": gettext_noop("Professional discipline"),
        "UAVG 41.1.h": gettext_noop("Supervision or inspection by an authority"),
        "UAVG 41.1.i": gettext_noop("Protection of the person or the rights and freedoms of others"),
        "UAVG 41.1.j": gettext_noop("Enforcing civil claims"),
    }
)

_UAVG_41 = tuple(f"UAVG 41.1.{letter}" for letter in "abcdefghij")
# AVG 17.3 limits erasure only, so it carries the refusal of a correction and nothing else.
_AVG_17_3 = tuple(f"AVG 17.3.{letter}" for letter in "abcde")
_AVG_6 = tuple(f"AVG 6.1.{letter}" for letter in "abcdef")

# Besides the basis of art. 6, for every item about health that is passed on.
HEALTH_BASIS = "AVG 9.2, UAVG 30.1.b"

GROUNDS: tuple[Ground, ...] = (
    Ground(
        code="11.1.a",
        article="11.1.a",
        carriers=("AVG 14.5.a",),
        uses=("notice",),
        title=gettext_noop("The client already has this information"),
    ),
    Ground(
        code="11.1.b",
        article="11.1.b",
        carriers=("AVG 15.4", "UAVG 41.1.i"),
        uses=("notice", "refuse_request"),
        by_directie=True,
        title=gettext_noop("A weighty interest of other registered persons"),
        kinds=("confirmation", "disclosures"),
    ),
    Ground(
        code="11.1.c",
        article="11.1.c",
        carriers=_UAVG_41,
        uses=("notice", "refuse_request"),
        by_directie=True,
        title=gettext_noop("A weighty interest of the organisation that a law recognises"),
        kinds=("confirmation", "disclosures"),
    ),
    Ground(
        code="12.2",
        article="12.2",
        carriers=("AVG 12.6", "AVG 12.2"),
        uses=("refuse_request",),
        title=gettext_noop("Identity was not shown"),
    ),
    Ground(
        code="13.4.a",
        article="13.4.a",
        carriers=("AVG 15.4",),
        uses=("withhold",),
        title=gettext_noop("A weighty interest of somebody else"),
        kinds=("inspection", "copy"),
    ),
    Ground(
        code="13.4.b",
        article="13.4.b",
        carriers=_UAVG_41,
        uses=("withhold",),
        title=gettext_noop("An interest that the law protects"),
        kinds=("inspection", "copy"),
    ),
    Ground(
        code="14.4",
        article="14.4",
        carriers=(*_AVG_17_3, *_UAVG_41),
        uses=("refuse_request",),
        title=gettext_noop("A weighty interest against correction or erasure"),
        kinds=("correction", "erasure"),
    ),
    Ground(
        code="avg.12.5",
        article="",
        carriers=("AVG 12.5",),
        uses=("refuse_request",),
        title=gettext_noop("The request is manifestly unfounded or excessive"),
    ),
    Ground(
        code="consent_form",
        article="7.1.b",
        # The form lifts the house's secrecy; the basis under the AVG is named besides, and seldom is consent.
        carriers=_AVG_6,
        uses=("disclosure",),
        title=gettext_noop("Consent form signed by the client"),
    ),
    Ground(
        code="statute",
        article="7.1.a",
        carriers=("AVG 6.1.c", "AVG 6.1.e"),
        uses=("disclosure",),
        title=gettext_noop("A statutory duty"),
        needs_citation=True,
    ),
    Ground(
        code="urgent",
        article="7.5",
        carriers=("AVG 6.1.d", "AVG 6.1.f"),
        uses=("disclosure",),
        by_directie=True,
        title=gettext_noop("An urgent, weighty reason"),
    ),
    Ground(
        code="hand_back",
        article="18.5",
        carriers=("AVG 6.1.c", "AVG 6.1.e", "AVG 6.1.f"),
        uses=("disclosure",),
        title=gettext_noop("Hand-back to the principal at the end of guidance"),
    ),
    Ground(
        code="6.4.statute",
        article="6.4",
        carriers=("AVG 6.1.c", "AVG 6.1.e"),
        uses=("archive_disclosure",),
        title=gettext_noop("A statutory duty, from the archive"),
        needs_citation=True,
    ),
    Ground(
        code="6.4.consent",
        article="6.4",
        carriers=_AVG_6,
        uses=("archive_disclosure",),
        title=gettext_noop("Consent of the client or the client's representative, from the archive"),
    ),
    Ground(
        code="6.4.duty",
        article="6.4",
        carriers=("AVG 6.1.c", "AVG 6.1.e", "AVG 6.1.f"),
        uses=("archive_disclosure",),
        title=gettext_noop("Needed for managing the archive, a dispute or research (art. 6.2)"),
    ),
)

_BY_CODE = MappingProxyType({ground.code: ground for ground in GROUNDS})


def ground(code: str) -> Ground:
    """Return one ground; ValueError when the catalogue does not have it."""
    if code not in _BY_CODE:
        raise ValueError(f"unknown ground: {code!r}")
    return _BY_CODE[code]


def offered(use: Use, kind: str = "") -> tuple[Ground, ...]:
    """Return the grounds that may be used here; with a kind of request, those that may answer that kind."""
    return tuple(each for each in GROUNDS if use in each.uses and (not kind or not each.kinds or kind in each.kinds))


def carries(code: str, carrier: str) -> bool:
    """Say whether this provision of law may carry this ground."""
    return carrier in ground(code).carriers
