"""Forms of the client's page: assigning, ending an assignment, contact data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from clients.addressing import countries
from clients.assignments import LONGEST_REASON
from clients.contact import mistakes
from clients.delivery.fields import FIELD
from clients.models import Registration
from clients.names import fold
from werkcontact.staff.models import Staff
from werkcontact.ui.fields import DateField
from werkcontact.ui.forms import DatedForm

_LABELS = {field.name: capfirst(field.verbose_name) for field in Registration._meta.concrete_fields}
_ROOM = 20  # for the blanks that people type in a postcode or a number; what is too long is said by the act
_SECRECY = (("0", _("none")), *((str(code), _("code %(code)s") % {"code": code}) for code in range(1, 8)))


class _Person(forms.TypedChoiceField):
    """One of the people who were offered; gives the person."""

    def offer(self, people: Sequence[Staff]) -> None:
        by_id = {str(person.pk): person for person in people}
        self.choices = [("", _("Choose somebody")), *((pk, _described(person)) for pk, person in by_id.items())]
        self.coerce = by_id.__getitem__


class AssignForm(DatedForm):
    """Whom, from when, why."""

    caseworker = _Person(label=_("Who guides"))
    from_on = DateField(label=_("From"))
    reason = forms.CharField(
        label=_("Why"), max_length=LONGEST_REASON, help_text=_("For example: region, workload, stands in for somebody.")
    )

    def __init__(self, *args: Any, people: Sequence[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from_on"].initial = self.today
        self.fields["caseworker"].offer(people)  # type: ignore[attr-defined]  # a _Person, which a dict of fields hides


class EndForm(DatedForm):
    """The last day, or at once."""

    until_on = DateField(label=_("Last day"), help_text=_("This day is included."))
    at_once = forms.BooleanField(label=_("Close the access at once"), required=False)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["until_on"].required = not (data and data.get("at_once"))


class ContactForm(forms.Form):
    """Address, e-mail, telephone and secrecy; only the fields that may be edited.

    `seen` is the entry of the history that the reader has before them: what differs from it was typed.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1)

    def __init__(self, data: Any = None, *, entry: Any, names: Sequence[str], today: date) -> None:
        super().__init__(data, initial={"seen": entry.history_id})
        self.today = today
        for name in names:
            self.fields[name] = _contact_field(name, str(getattr(entry, name)))

    def clean(self) -> None:
        """Say of each field what cannot be right, all at once."""
        for name, text in mistakes(self.changes(), self.today).items():
            self.add_error(name, text)

    def changes(self) -> dict[str, str]:
        """What was typed differently from what stood there."""
        return {
            name: self.cleaned_data[name] for name in self.changed_data if name in self.cleaned_data.keys() - {"seen"}
        }

    def typed(self) -> dict[str, str]:
        """The same for showing it again: as it was typed, mistakes and all."""
        return {
            name: str(self[name].value() or "") for name in self.changed_data if name != "seen" and name in self.data
        }


def _contact_field(name: str, initial: str) -> forms.Field:
    label = _LABELS[name]
    if name == "secrecy":
        return forms.ChoiceField(label=label, choices=_SECRECY, initial=initial)
    if name == "country":
        return forms.ChoiceField(label=label, choices=_countries(initial), initial=initial, required=False)
    length = FIELD[name].max_length + _ROOM
    field = forms.CharField(label=label, required=False, max_length=length, initial=initial)
    field.widget.attrs["autocomplete"] = "off"
    return field


def _countries(now: str) -> list[tuple[str, str]]:
    """The countries of the BRP by name; a code that it does not know stays what it is."""
    known = sorted(countries().items(), key=lambda country: fold(country[1]))
    return [("", "-"), *([] if now in {"", *countries()} else [(now, now)]), *known]


def _described(person: Staff) -> str:
    return f"{person.display_name} ({person.firm})" if person.firm else person.display_name
