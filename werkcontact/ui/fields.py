"""Art. 4: form fields for whole and partial dates, typed as people write them; no calendar, no browser's own format."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from werkcontact.ui.components import Text
from werkcontact.ui.dates import DateError, PartialDate, nl_date, parse_date, parse_partial


def explain(error: DateError) -> str:
    """What is wrong with a typed date, in a sentence for whoever typed it."""
    words = {"day": error.day, "month": error.month_word or error.month, "year": error.year}
    sentences = {
        "unreadable": _("Write a date as 1-3-1980 or 1 maart 1980."),
        "short_year": _("Write the year with four digits."),
        "no_month": _("There is no month %(month)s.") % words,
        "no_day": _("%(day)s %(month)s %(year)s does not exist.") % words
        if error.month_word and error.year
        else _("There is no day %(day)s in that month.") % words,
        "incomplete": _("Fill in the day, the month and the year."),
        "needs_today": _("Write a date as 1-3-1980 or 1 maart 1980."),
    }
    return sentences[error.code]


class _TypedDate(forms.Field):
    """Text in, a date out; shown again as dd-mm-jjjj."""

    widget = forms.TextInput
    typed_length: ClassVar[int] = 20

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No suggestions from the browser: nothing of a client is kept there."""
        return {**super().widget_attrs(widget), "autocomplete": "off"}

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what is meant, not how it was typed."""
        try:
            return bool(self.to_python(data) != (initial or None))
        except ValidationError:
            return True


class DateField(_TypedDate):
    """A whole date. The form tells `today` (DatedForm), which vandaag (v), gisteren (g) and `allow_future` need."""

    def __init__(self, *, allow_future: bool = True, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _DATE_HINT)
        super().__init__(**kwargs)
        self.allow_future = allow_future
        self.today: date | None = None

    def to_python(self, value: Any) -> date | None:
        """The day, None when nothing was typed; a date that is one already stays it."""
        if value in self.empty_values or isinstance(value, date):
            return value or None
        try:
            return parse_date(str(value), self.today)
        except DateError as error:
            raise ValidationError(explain(error), code=error.code) from error

    def validate(self, value: Any) -> None:
        """Refuse a day to come where the field says so."""
        super().validate(value)
        if value and not self.allow_future and self.today and value > self.today:
            raise ValidationError(_("This day is still to come. Fill in today or earlier."), code="future")

    def prepare_value(self, value: Any) -> Any:
        """dd-mm-jjjj for a date; what was typed stays as it was typed."""
        return nl_date(value) if isinstance(value, date) else value


class PartialDateField(_TypedDate):
    """A birth date of which day or month may be unknown; gives a PartialDate with the parts apart."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _PARTIAL_HINT)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> PartialDate | None:
        """The parts, None when nothing was typed."""
        if value in self.empty_values or isinstance(value, PartialDate):
            return value or None
        try:
            return parse_partial(str(value))
        except DateError as error:
            raise ValidationError(explain(error), code=error.code) from error

    def prepare_value(self, value: Any) -> Any:
        """dd-mm-jjjj with 00 for what is unknown; what was typed stays as it was typed."""
        return str(value) if isinstance(value, PartialDate) else value


_DATE_HINT: Text = gettext_lazy("Type a date, or v for today and g for yesterday.")
_PARTIAL_HINT: Text = gettext_lazy(
    "For example 1-3-1980 or 1 maart 1980. Day or month not known? Then fill in 00: 00-00-1980."
)
