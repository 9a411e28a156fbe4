"""The forms of a dossier: what is asked, in which order, with which hint. The rules stand in the acts."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dossiers import intake, work_notes
from dossiers.classifying import Marks
from dossiers.contact_reports import LONGEST_MINUTES, STEP_LENGTH, Talk
from dossiers.contents import NewFile
from dossiers.documents import REASON_LENGTH
from dossiers.intake import Particulars
from dossiers.models.document import Channel, DocumentKind, Source
from dossiers.reports import Draft
from werkcontact.ids import uuid7
from werkcontact.personal_data.categories import Category
from werkcontact.ui.components import Text
from werkcontact.ui.fields import DateField
from werkcontact.ui.forms import DatedForm
from werkcontact.vault.fields import CheckedFileField

# What is said about guidance and work can come into a dossier by hand; rights and access log are kept by acts.
CATEGORIES = [(each.value, each.label) for each in Category if each not in {Category.RIGHTS, Category.ACCESS}]
RECEIVED_FROM = [(each.value, each.label) for each in Source]
_SUBJECT: Text = gettext_lazy("Subject")
_HEALTH: Text = gettext_lazy("This says something about health: protect it extra")
_HEALTH_HINT: Text = gettext_lazy(
    "Write down limitations and possibilities for work, no diagnosis. Read by who guides the client, and by who handles"
    " a request or complaint of the client."
)


def _line() -> forms.TextInput:
    """A line about a client: the browser neither keeps nor suggests it."""
    return forms.TextInput({"class": "wc-w-full", "autocomplete": "off"})


class _Words(forms.CharField):
    """A text of several lines; browsers send CRLF, which is no change and counts as one character."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


def _title(label: Text = _SUBJECT) -> forms.CharField:
    return forms.CharField(label=label, max_length=intake.TITLE_LENGTH, widget=_line())


def _text(rows: int = 10) -> forms.CharField:
    return _Words(label=gettext_lazy("Text"), max_length=intake.TEXT_LENGTH, widget=forms.Textarea({"rows": rows}))


def _happened_on(label: Text) -> DateField:
    return DateField(label=label, allow_future=False)


def _version() -> forms.IntegerField:
    return forms.IntegerField(widget=forms.HiddenInput, required=False)


def _new_id() -> forms.UUIDField:
    """The id of what the form makes: posting it twice makes one thing."""
    return forms.UUIDField(widget=forms.HiddenInput({"autocomplete": "off"}), required=False)


class ContactReportForm(DatedForm):
    """A conversation; short, since it is filled in between two of them."""

    new_id = _new_id()
    version = _version()
    happened_on = _happened_on(gettext_lazy("Day of the conversation"))
    channel = forms.ChoiceField(label=gettext_lazy("How"), choices=Channel.choices)
    minutes_spent = forms.IntegerField(
        label=gettext_lazy("Minutes spent"),
        min_value=0,
        max_value=LONGEST_MINUTES,
        widget=forms.NumberInput({"class": "wc-w-5"}),
    )
    title = _title()
    text = _text()
    next_step = forms.CharField(
        label=gettext_lazy("Next step"),
        max_length=STEP_LENGTH,
        required=False,
        widget=_line(),
    )
    next_step_on = DateField(
        label=gettext_lazy("When is the next step?"),
        help_text=gettext_lazy("Type a date, for example 1-12-2026."),
        required=False,
    )
    health = forms.BooleanField(label=_HEALTH, help_text=_HEALTH_HINT, required=False)

    def about(self) -> Particulars:
        """What it says of the document; why a contact report belongs here is always the same."""
        return Particulars(
            DocumentKind.CONTACT_REPORT,
            self.cleaned_data["title"],
            _("Needed to guide this client, and to see later what was agreed."),
            Category.GUIDANCE,
            self.cleaned_data["happened_on"],
            health=self.cleaned_data["health"],
        )

    def talk(self) -> Talk:
        """What it says of the conversation."""
        return Talk(
            Channel(self.cleaned_data["channel"]),
            self.cleaned_data["minutes_spent"],
            self.cleaned_data["next_step"],
            self.cleaned_data["next_step_on"],
        )

    def draft(self) -> Draft:
        """All of it."""
        return Draft(self.about(), self.cleaned_data["text"], self.talk())


class ReportForm(DatedForm):
    """A report in words: kept as a draft as often as needed, then final."""

    new_id = _new_id()
    version = _version()
    title = _title()
    happened_on = _happened_on(gettext_lazy("Date of the report"))
    category = forms.ChoiceField(label=gettext_lazy("About"), choices=CATEGORIES, initial=Category.GUIDANCE)
    text = _text(rows=18)
    why = forms.CharField(
        label=gettext_lazy("Why does this belong in the dossier?"),
        max_length=intake.WHY_LENGTH,
        widget=_line(),
    )
    health = forms.BooleanField(label=_HEALTH, help_text=_HEALTH_HINT, required=False)

    def draft(self) -> Draft:
        """All of it."""
        about = Particulars(
            DocumentKind.REPORT,
            self.cleaned_data["title"],
            self.cleaned_data["why"],
            Category(self.cleaned_data["category"]),
            self.cleaned_data["happened_on"],
            health=self.cleaned_data["health"],
        )
        return Draft(about, self.cleaned_data["text"])


class WithFile(DatedForm):
    """A form with a file: browsers send it anew each time, so whoever has other mistakes is told to choose it again."""

    file = CheckedFileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "PDF, Word, Excel, OpenDocument, picture or text; at most 50 MB, no macros, no password."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Say at the file that it was not kept, when something else is not right."""
        if self.errors:
            self.say_choose_again()
        return self.cleaned_data

    def say_choose_again(self) -> None:
        """Say at the file that it was not kept."""
        if "file" not in self.errors:
            self.add_error("file", _("Choose the file again: nothing is kept while something is not right."))

    def content(self) -> NewFile:
        """The received file and what it really is."""
        upload = self.cleaned_data["file"]
        return NewFile(upload.chunks(), upload.content_type)


class AddFileForm(WithFile):
    """A file that came in, or was made elsewhere."""

    new_id = _new_id()
    title = _title(gettext_lazy("What is it?"))
    happened_on = _happened_on(gettext_lazy("Date on the document"))
    source = forms.ChoiceField(label=gettext_lazy("From whom"), choices=RECEIVED_FROM, initial=Source.CLIENT)
    category = forms.ChoiceField(label=gettext_lazy("About"), choices=CATEGORIES, initial=Category.GUIDANCE)
    why = forms.CharField(
        label=gettext_lazy("Why does this belong in the dossier?"),
        help_text=gettext_lazy("We keep only what is needed. For example: needed to look for suitable work."),
        max_length=intake.WHY_LENGTH,
        widget=_line(),
    )
    health = forms.BooleanField(label=_HEALTH, help_text=_HEALTH_HINT, required=False)

    def about(self) -> Particulars:
        """What it says of the document."""
        return Particulars(
            DocumentKind.FILE,
            self.cleaned_data["title"],
            self.cleaned_data["why"],
            Category(self.cleaned_data["category"]),
            self.cleaned_data["happened_on"],
            health=self.cleaned_data["health"],
            source=Source(self.cleaned_data["source"]),
        )


def _reason() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Why is this corrected?"),
        help_text=gettext_lazy("The old version stays, with this reason beside the new one."),
        max_length=REASON_LENGTH,
        widget=_line(),
    )


class ReviseTextForm(DatedForm):
    """A correction of a text."""

    version = _version()
    text = _text(rows=18)
    reason = _reason()

    def content(self) -> str:
        """The corrected text."""
        text: str = self.cleaned_data["text"]
        return text


class ReviseFileForm(WithFile):
    """A correction of a file: another file."""

    version = _version()
    reason = _reason()


class ClassifyForm(forms.Form):
    """What a document is about, why it is kept, and whether it is about health."""

    category = forms.ChoiceField(label=gettext_lazy("About"), choices=CATEGORIES)
    why = forms.CharField(
        label=gettext_lazy("Why does this belong in the dossier?"), max_length=intake.WHY_LENGTH, widget=_line()
    )
    health = forms.BooleanField(label=_HEALTH, help_text=_HEALTH_HINT, required=False)
    reason = forms.CharField(
        label=gettext_lazy("Why is this not about health?"),
        help_text=gettext_lazy("Only when you take that mark away."),
        max_length=REASON_LENGTH,
        required=False,
        widget=_line(),
    )

    def marks(self) -> Marks:
        """What it should be."""
        cleaned = self.cleaned_data
        return Marks(Category(cleaned["category"]), cleaned["why"], cleaned["health"])


class WorkNoteForm(forms.Form):
    """A note for oneself."""

    new_id = _new_id()
    text = _Words(
        label=gettext_lazy("New work note"),
        help_text=gettext_lazy(
            "Only you read this. After six weeks it is gone, unless you make a contact report of it."
        ),
        max_length=work_notes.TEXT_LENGTH,
        widget=forms.Textarea({"rows": 4}),
    )


def first(today: date, **more: Any) -> dict[str, Any]:
    """What a form holds when it is opened: the day is mostly today."""
    return {"new_id": uuid7(), "happened_on": today, **more}
