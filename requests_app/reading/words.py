"""Words about a request that several screens share: what is asked, how far it has come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from requests_app.models import RequestAsk
from requests_app.models.ask import AskKind
from requests_app.transitions import AskState
from werkcontact.staff.models import Role
from werkcontact.ui.components import StepItem, Text

READERS = frozenset({Role.REQUESTS, Role.DIRECTIE, Role.OFFICER, Role.DISPUTES, Role.ARCHIVIST})
"""Who reads what was asked and by whom; who guides the client sees that there is a request, and how it stands."""
STAGES: Mapping[str, Text] = {
    AskState.RECEIVED: gettext_lazy("identity and person"),
    AskState.COLLECTING: gettext_lazy("collecting"),
    AskState.DECIDING: gettext_lazy("deciding"),
    AskState.SECOND: gettext_lazy("second person"),
    AskState.WRITING: gettext_lazy("letter"),
    AskState.TELLING: gettext_lazy("telling recipients"),
    AskState.ANSWERED: gettext_lazy("answered"),
    AskState.NO_IDENTITY: gettext_lazy("refused for want of identity"),
    AskState.WITHDRAWN: gettext_lazy("taken back"),
}
_STEPS: Sequence[tuple[str, Text]] = (
    ("registered", gettext_lazy("Registered")),
    ("identity", gettext_lazy("Identity")),
    ("collect", gettext_lazy("Collect")),
    ("decide", gettext_lazy("Decide")),
    ("second", gettext_lazy("Second person")),
    ("letter", gettext_lazy("Letter")),
    ("sent", gettext_lazy("Sent")),
)
_AT: Mapping[str, str] = {
    AskState.COLLECTING: "decide",
    AskState.DECIDING: "decide",
    AskState.SECOND: "second",
    AskState.WRITING: "letter",
    AskState.TELLING: "sent",
    AskState.ANSWERED: "sent",
    AskState.NO_IDENTITY: "sent",
    AskState.WITHDRAWN: "sent",
}


def kinds_in_words(kinds: Iterable[str]) -> str:
    """inzage en afschrift"""
    asked = set(kinds)
    found = [str(AskKind(kind).label) for kind in AskKind.values if kind in asked]
    if len(found) < 2:
        return "".join(found)
    return _("%(first)s and %(last)s") % {"first": ", ".join(found[:-1]), "last": found[-1]}


def title_of(kinds: Iterable[str]) -> str:
    """Verzoek om inzage en afschrift"""
    return _("Request for %(kinds)s") % {"kinds": kinds_in_words(kinds)}


def stage_of(state: str) -> Text:
    """How far something asked has come."""
    return STAGES[state]


def steps_of(ask: RequestAsk, *, identity: bool) -> tuple[StepItem, ...]:
    """The steps of the work, with the one at which it is."""
    at = _AT.get(ask.state) or ("collect" if identity else "identity")
    names = [name for name, _label in _STEPS]
    here = names.index(at)
    return tuple(
        StepItem(label=label, done=place < here or (at == "sent" and place == here), current=place == here)
        for place, (_name, label) in enumerate(_STEPS)
    )
