"""The forms of requests: what is asked, in which order, with which hint. The rules stand in the acts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from requests_app.finding import Found
from requests_app.models.ask import AskKind
from requests_app.models.subject_request import AnswerWay, Capacity, IdentityHow, Way
from requests_app.more_time import Because
from requests_app.registering import KINDS
from requests_app.sealed import Asker
from werkcontact.ids import uuid7
from werkcontact.mail.models import OutgoingLetter
from werkcontact.personal_data.categories import Category
from werkcontact.staff.models import Staff
from werkcontact.ui.components import Text
from werkcontact.ui.fields import DateField, PartialDateField
from werkcontact.ui.forms import DatedForm

LINE, TEXT = 200, 4_000


def line_field(label: Text, *, required: bool = True, **more: Any) -> forms.CharField:
    widget = forms.TextInput({"class": "wc-w-full", "autocomplete": "off"})
    return forms.CharField(label=label, max_length=LINE, required=required, widget=widget, **more)


def text_field(label: Text, rows: int = 4, *, required: bool = True, **more: Any) -> forms.CharField:
    widget = forms.Textarea({"rows": rows, "autocomplete": "off"})
    return forms.CharField(label=label, max_length=TEXT, required=required, widget=widget, **more)


class RegisterForm(DatedForm):
    """A request, written down by whoever it reached."""

    request_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    received_on = DateField(
        label=_("When did it reach us?"),
        allow_future=False,
        help_text=_(
            "The day on which it reached anybody here, by any way. Type a date, or v for today and g for yesterday."
        ),
    )
    way = forms.ChoiceField(label=_("By which way?"), choices=Way.choices, widget=forms.RadioSelect)
    kinds = forms.MultipleChoiceField(
        label=_("What is asked?"),
        choices=[(kind.value, kind.label) for kind in KINDS],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Several things may be asked at once."),
    )
    asked = text_field(_("In their own words"), help_text=_("Copy what was written, or write down what was said."))
    name = line_field(_("Who asks?"), help_text=_("The name as it must stand on the envelope."))
    birth = PartialDateField(label=_("Birth date"), required=False)
    address = text_field(
        _("Address"), 3, required=False, help_text=_("Street and number, then postcode and city on the next line.")
    )
    email = forms.EmailField(label=_("E-mail"), required=False, widget=forms.EmailInput({"autocomplete": "off"}))
    telephone = forms.CharField(label=_("Telephone"), max_length=20, required=False)
    capacity = forms.ChoiceField(label=_("Asks"), choices=Capacity.choices, initial=Capacity.SELF)
    about = line_field(_("For whom, when somebody asks for another?"), required=False)
    answer_way = forms.ChoiceField(
        label=_("How do they want the answer?"), choices=AnswerWay.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        initial = {"request_id": uuid7(), "answer_way": AnswerWay.POST, **(kwargs.pop("initial", None) or {})}
        super().__init__(*args, initial=initial, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Ask for somewhere to send the answer."""
        cleaned = super().clean() or {}
        way = cleaned.get("answer_way")
        if way == AnswerWay.POST and not cleaned.get("address") and "address" not in self.errors:
            self.add_error("address", _("An answer by post needs an address."))
        if way == AnswerWay.EMAIL and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", _("An answer by e-mail needs an e-mail address."))
        return cleaned

    def renew(self) -> None:
        """Give what was typed an id of its own."""
        data = cast("QueryDict", self.data).copy()
        data["request_id"] = str(uuid7())
        self.data = data

    def facts(self) -> dict[str, Any]:
        """What the act takes."""
        told = self.cleaned_data
        asker = Asker(
            name=told["name"],
            asked=told["asked"],
            birth=str(told["birth"]) if told["birth"] else "",
            address=told["address"],
            email=told["email"],
            telephone=told["telephone"],
            about=told["about"],
        )
        return {
            "request_id": told["request_id"] or uuid7(),
            "received_on": told["received_on"],
            "way": Way(told["way"]),
            "kinds": [AskKind(kind) for kind in told["kinds"]],
            "asker": asker,
            "capacity": Capacity(told["capacity"]),
            "answer_way": AnswerWay(told["answer_way"]),
        }


class AssignForm(forms.Form):
    """To whom a request is given."""

    handler: forms.ModelChoiceField[Staff] = forms.ModelChoiceField(
        label=_("Who handles it?"), queryset=None, empty_label=_("Choose")
    )

    def __init__(self, *args: Any, handlers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handler"].queryset = handlers  # type: ignore[attr-defined]  # a ModelChoiceField

    def chosen(self) -> Staff:
        """The person chosen."""
        return self.cleaned_data["handler"]  # type: ignore[no-any-return]


class OnForm(DatedForm):
    """A day, not to come."""

    on = DateField(label=_("On which day?"), allow_future=False)


class IdentityForm(OnForm):
    """How somebody showed who they are: the outcome only."""

    how = forms.ChoiceField(
        label=_("How did they show who they are?"),
        choices=IdentityHow.choices,
        widget=forms.RadioSelect,
        help_text=_("Keep no copy and write down no number of a document."),
    )
    field_order = ("how", "on")


class AskIdentityForm(forms.Form):
    """Why there is doubt."""

    why = text_field(
        _("Why do we doubt who asks?"),
        3,
        help_text=_(
            "One or two sentences to the person, for example: Your request came from an address that we do not know."
        ),
    )


class ReasonsForm(forms.Form):
    """Why it is refused for want of identity."""

    reasons = text_field(_("Why can we not know who asks?"), 3, help_text=_("One or two sentences to the person."))


class FindForm(forms.Form):
    """Words to find the person by."""

    q = line_field(
        _("Name, birth date or number"),
        help_text=_(
            "For example: moulin 01-12-1985. You see name, birth date and numbers only; the search is recorded."
        ),
    )


class ChooseForm(forms.Form):
    """Whom the request is about, of those found; the words looked for stay in the form and never in an address."""

    q = forms.CharField(widget=forms.HiddenInput, required=False)
    involvements = forms.MultipleChoiceField(
        label=_("Whose data are asked for?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "All that is held of the same person comes with it. Choose more than one only when they are one person."
        ),
        error_messages={"required": _("Choose the person, or record that nobody was found.")},
    )

    def __init__(self, *args: Any, found: Iterable[Found], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.involvement), f"{one.name}, {one.birth}, {', '.join(one.numbers)}") for one in found]
        self.fields["involvements"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def chosen(self) -> list[UUID]:
        """The ids chosen."""
        return [UUID(one) for one in self.cleaned_data["involvements"]]


class SentForm(OnForm):
    """When and how a letter went out."""

    way = forms.ChoiceField(label=_("By which way?"), choices=OutgoingLetter.Way.choices, widget=forms.RadioSelect)


class ExtendForm(forms.Form):
    """More time, with reasons."""

    because = forms.ChoiceField(
        label=_("Why is more time needed?"),
        choices=Because.choices,
        widget=forms.RadioSelect,
        help_text=_("The law knows no other reasons: want of staff or leave is none."),
    )
    words = text_field(_("In words to the person"), 3)


class SpecifyForm(forms.Form):
    """Kinds of data to choose from."""

    available = forms.MultipleChoiceField(
        label=_("Which kinds of data can the person choose from?"),
        choices=[(one.value, one.label) for one in Category],
        widget=forms.CheckboxSelectMultiple,
    )


def today_first(today: date) -> dict[str, date]:
    """The first value of a day: today."""
    return {"on": today}
