"""Art. 4: contact data, kept right by whoever guides; what a client had corrected (art. 14) is not touched here.

Whoever edits says which entry of the registration's history they had before them (`seen`): what somebody else, or a
delivery, changed since is told, and never overwritten unseen.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.delivery.fields import Value
from clients.delivery.normal import Wrong, normalise
from clients.delivery.wording import CELL_ERRORS
from clients.models import Involvement, Registration
from clients.registered import CONTACT, corrected
from clients.registration import Change, Source, write
from werkcontact.access import Actor, act
from werkcontact.refused import Refused

# Where the sentence for a cell of a file would speak of columns.
_WORDS = {
    "house_number_invalid": gettext_lazy("This is not a house number. Letter and addition have their own fields."),
    "control_character": gettext_lazy("There is an invisible character in it, such as a line break."),
    "formula": gettext_lazy("This begins with =. Only plain text can be kept."),
}


def edit_contact(
    *, actor: Actor, involvement: Involvement, values: Mapping[str, str], seen: int, today: date
) -> frozenset[str]:
    """Write address, e-mail, telephone and secrecy as typed; return the fields that changed. `today`: Amsterdam date.

    Raises Refused "contact.<code>" with its field for what cannot be right, "contact.changed" when the contact data
    are no longer what stood in the entry `seen`, and what the gate raises.
    """
    with act(actor, "registration.edit", involvement):
        list(Involvement.objects.filter(pk=involvement.pk).select_for_update(no_key=True))  # as `write` does, first
        then, now = entry(involvement, seen), latest(involvement)
        if then is None or changed_since(then, now):
            raise Refused("contact.changed", "4", _("Somebody changed these contact data while you were typing."))
        for name, text in mistakes(values, today).items():
            raise Refused("contact.wrong", "4", text, field=name)
        fields = {name: _normal(name, raw, today) for name, raw in values.items()}
        return write([Change(involvement.pk, fields)], source=Source("staff", today)).get(involvement.pk, frozenset())


def editable(involvement: Involvement) -> tuple[str, ...]:
    """Return the fields of contact that may be edited: all but those that a correction set."""
    fixed = corrected(involvement.registration.sources)
    return tuple(name for name in CONTACT if name not in fixed)


def latest(involvement: Involvement) -> Any:
    """Return the latest entry of the registration's history: what stands there now, with its `history_id`."""
    return Registration.history.filter(involvement=involvement.pk).latest("history_id")


def entry(involvement: Involvement, seen: int) -> Any:
    """Return one entry of this registration's own history; None when it has no such entry."""
    return Registration.history.filter(involvement=involvement.pk, history_id=seen).first()


def changed_since(then: Any, now: Any) -> frozenset[str]:
    """Return the fields of contact that differ between two entries."""
    return frozenset(name for name in CONTACT if getattr(then, name) != getattr(now, name))


def mistakes(values: Mapping[str, str], today: date) -> dict[str, str]:
    """Return what cannot be right, by field, each in a sentence that does not repeat what was typed."""
    found = {}
    for name, raw in values.items():
        try:
            _normal(name, raw, today)
        except Wrong as error:
            found[name] = str(_WORDS.get(error.code) or _(CELL_ERRORS[error.code])) % error.params
    return found


def _normal(name: str, raw: str, today: date) -> Value:
    if name not in CONTACT:
        raise ValueError(name)
    return normalise(name, raw, today)
