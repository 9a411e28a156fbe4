"""The forms of decisions: on an item, on the whole, and of the second person. The rules stand in the acts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from dossiers.contents import NewFile
from requests_app.inspection import IN_PART, WORDS_LENGTH, Choice
from requests_app.models import RequestItem
from requests_app.models.item import Verdict
from requests_app.refusal import choice_words
from requests_app.web.forms import text_field
from werkcontact.law.grounds import Ground
from werkcontact.vault.fields import CheckedFileField


class DecideForm(forms.Form):
    """What is decided on one item."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    verdict = forms.ChoiceField(label=_("Your decision"), widget=forms.RadioSelect)
    ground = forms.ChoiceField(label=_("Ground"), required=False, help_text=_("Only when it is not given whole."))
    words = forms.CharField(
        label=_("Why is this necessary, and could it not be done with less?"),
        max_length=WORDS_LENGTH,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The person reads this."),
    )
    copy = CheckedFileField(
        label=_("Copy with parts blacked out"),
        extensions=("pdf", "jpg", "png"),
        required=False,
        help_text=_("Only when you give it in part. Black out in such a way that nothing can be read under it."),
    )

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        item: RequestItem,
        grounds: Sequence[Ground],
        words: str,
        unread: bool = False,
    ) -> None:
        seen = item.decided_at.isoformat() if item.decided_at else ""
        now = {"seen": seen, "verdict": item.verdict, "ground": item.ground, "words": words}
        super().__init__(data, files, initial=now)
        verdicts = [Verdict.GIVE, Verdict.IN_PART, Verdict.WITHHOLD]
        if item.kind not in IN_PART:
            verdicts.remove(Verdict.IN_PART)
            del self.fields["copy"]
        if unread:  # whoever has not read it cannot say what must be withheld
            verdicts = [Verdict.GIVE]
            del self.fields["ground"], self.fields["words"]
        else:
            self.fields["ground"].choices = ground_choices(grounds)  # type: ignore[attr-defined]
        self.fields["verdict"].choices = [(one.value, one.label) for one in verdicts]  # type: ignore[attr-defined]

    def clean_seen(self) -> datetime | None:
        """When it was last decided on, as the decider had it before them."""
        try:
            return parse_datetime(self.cleaned_data["seen"])
        except ValueError as error:
            raise forms.ValidationError(_("Open this page anew.")) from error

    def seen_at(self) -> datetime | None:
        """The same, for the act."""
        return self.cleaned_data["seen"]  # type: ignore[no-any-return]

    def choice(self) -> Choice:
        """What the act takes; a file is read while it is stored."""
        told = self.cleaned_data
        code, _bar, carrier = told.get("ground", "").partition("|")
        upload = told.get("copy")
        copy = NewFile(upload.chunks(), upload.content_type) if upload else None
        return Choice(Verdict(told["verdict"]), code, carrier, told.get("words", ""), copy)


class RefuseForm(forms.Form):
    """The refusal of the whole."""

    ground = forms.ChoiceField(label=_("Ground"))
    reasons = text_field(_("Our reasons"), help_text=_("The person reads this."))
    necessity = text_field(
        _("Why is this necessary, and could it not be done with less?"), help_text=_("The person reads this.")
    )

    def __init__(self, *args: Any, grounds: Sequence[Ground], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = ground_choices(grounds)  # type: ignore[attr-defined]  # a choice field


class SecondForm(forms.Form):
    """Agree, or send back."""

    granted = forms.TypedChoiceField(
        label=_("Your decision"),
        choices=[("1", _("I agree")), ("0", _("Back to the handler"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    note = text_field(_("What must be looked at again?"), 3, required=False, help_text=_("Only when you send it back."))


def ground_choices(grounds: Sequence[Ground]) -> list[tuple[str, str]]:
    """Each ground with each law that may carry it, in words."""
    pairs = [f"{ground.code}|{carrier}" for ground in grounds for carrier in ground.carriers]
    return [("", str(_("Choose"))), *((pair, choice_words(pair)) for pair in pairs)]
