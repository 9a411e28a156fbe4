"""Forms of the notice: making and sending its letter, the other ways in which it ends, and the decision."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.notice_exceptions import offered
from werkcontact.law.grounds import CARRIERS
from werkcontact.mail.models import OutgoingLetter
from werkcontact.ui.fields import DateField
from werkcontact.ui.forms import DatedForm


class _Words(forms.CharField):
    """A few sentences; what is too long is said by the act, with what was typed kept."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}), **kwargs)


class MakeForm(forms.Form):
    """Asks nothing, unless the address is secret."""

    secret_seen = forms.BooleanField(label=gettext_lazy("I know that this address is secret"), required=False)

    def __init__(self, *args: Any, secret: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not secret:
            del self.fields["secret_seen"]


class SentForm(DatedForm):
    """When and by which way one letter went out; `made_at` names the letter in hand."""

    on = DateField(label=gettext_lazy("Sent on"))
    way = forms.ChoiceField(
        label=gettext_lazy("How"), choices=OutgoingLetter.Way.choices, widget=forms.RadioSelect, initial="post"
    )
    made_at = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def clean_made_at(self) -> datetime:
        """The moment to the microsecond, which no field of Django's keeps."""
        try:
            return datetime.fromisoformat(self.cleaned_data["made_at"])
        except ValueError:
            raise forms.ValidationError(_("First make the letter."), code="made_at") from None

    def __init__(self, *args: Any, by_post: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not by_post:
            choices = [choice for choice in OutgoingLetter.Way.choices if choice[0] != OutgoingLetter.Way.POST]
            self.fields["way"] = forms.ChoiceField(label=_("How"), choices=choices, widget=forms.RadioSelect)


class RunSentForm(DatedForm):
    """When all letters of a run were posted; `digest` names exactly what was printed."""

    on = DateField(label=gettext_lazy("Posted on"))
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)


class KnownForm(DatedForm):
    """Art. 11.1.a: since when and how somebody knows."""

    on = DateField(label=gettext_lazy("Knows since"))
    how = _Words(
        label=gettext_lazy("How does this person know?"),
        help_text=gettext_lazy("For example: told in the first conversation, where the letter was handed over."),
    )


class OtherwiseForm(DatedForm):
    """Art. 11.2: when and in which other form somebody was told, and why."""

    on = DateField(label=gettext_lazy("Told on"))
    how = _Words(
        label=gettext_lazy("In which form, and why?"),
        help_text=gettext_lazy("For example: read aloud at the office, since reading is difficult."),
    )


class AskForm(forms.Form):
    """Art. 11.1.b, c: on which ground, and the law that carries it; why."""

    ground = forms.ChoiceField(label=gettext_lazy("Ground, and the law that carries it"))
    why = _Words(
        label=gettext_lazy("Why is it necessary, and would nothing less do?"),
        help_text=gettext_lazy("The directie decides on this. At most 1,000 characters."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = [("", _("Choose a ground")), *_grounds()]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> tuple[str, str]:
        """The ground and its carrier."""
        ground, _bar, carrier = self.cleaned_data["ground"].partition("|")
        return ground, carrier


class DecideForm(forms.Form):
    """The directie's answer to exactly what was read (`seen`)."""

    granted = forms.TypedChoiceField(
        label=gettext_lazy("Decision"),
        choices=[
            ("yes", gettext_lazy("Grant the exception: no letter is sent")),
            ("no", gettext_lazy("Send back: the letter must be sent")),
        ],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    seen = forms.UUIDField(widget=forms.HiddenInput)


def _grounds() -> list[tuple[str, list[tuple[str, str]]]]:
    """The grounds as headings, with the laws that may carry each."""
    return [
        (
            f"{each.article}: {_(each.title)}",
            [(f"{each.code}|{carrier}", f"{carrier}: {_(CARRIERS[carrier])}") for carrier in each.carriers],
        )
        for each in offered()
    ]
