"""Art. 4: contact data, kept right by whoever guides; what a client had corrected (art. 14) is not touched here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from clients.delivery.fields import Value
from clients.delivery.normal import Wrong, normalise
from clients.delivery.wording import CELL_ERRORS
from clients.models import Involvement
from clients.registered import CONTACT, corrected
from clients.registration import Change, Source, write
from werkcontact.access import Actor, act
from werkcontact.refused import Refused


def edit_contact(*, actor: Actor, involvement: Involvement, values: Mapping[str, str], today: date) -> frozenset[str]:
    """Write address, e-mail, telephone and secrecy as typed; return the fields that changed. `today`: Amsterdam date.

    Raises Refused "contact.<code>" with its field for what cannot be right, and what the gate raises.
    """
    with act(actor, "registration.edit", involvement):
        fields = {name: _normal(name, raw, today) for name, raw in values.items()}
        return write([Change(involvement.pk, fields)], source=Source("staff", today)).get(involvement.pk, frozenset())


def editable(involvement: Involvement) -> tuple[str, ...]:
    """Return the fields of contact that may be edited: all but those that a correction set."""
    fixed = corrected(involvement.registration.sources)
    return tuple(name for name in CONTACT if name not in fixed)


def _normal(name: str, raw: str, today: date) -> Value:
    if name not in CONTACT:
        raise ValueError(name)
    try:
        return normalise(name, raw, today)
    except Wrong as error:
        text = _(CELL_ERRORS[error.code]) % error.params
        raise Refused(f"contact.{error.code}", "4", text, field=name) from error
