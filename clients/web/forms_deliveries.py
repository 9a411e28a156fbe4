"""Art. 5.1: the forms of deliveries: a file to upload, cells to type anew, a doubtful row to decide, applying."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.delivery.check import CellError
from clients.delivery.map import Plan
from clients.delivery.rejects import sentence
from clients.delivery.sections import deliverers
from clients.delivery.staging import Staged
from clients.models import StagedRow
from werkcontact.ui.fields import DateField
from werkcontact.ui.forms import DatedForm
from werkcontact.vault.fields import CheckedFileField

_SAYS_NOTHING = 7  # a number of which the last three digits say little enough
# Where a mistake beside the register is mended.
_FIELD_OF = {
    "reference_used": "reference",
    "reference_of_another": "reference",
    "bsn_of_another": "bsn",
    "end_before_start": "planned_end",
}


class UploadForm(DatedForm):
    """A principal's file."""

    principal = forms.ModelChoiceField(
        deliverers(), label=gettext_lazy("Principal"), empty_label=gettext_lazy("Choose a principal")
    )
    file = CheckedFileField(
        label=gettext_lazy("File"),
        extensions={"csv", "xlsx"},
        help_text=gettext_lazy("A CSV file or an Excel workbook (.xlsx), at most 10 MB and 20,000 rows."),
    )
    received_on = DateField(label=gettext_lazy("Received on"), allow_future=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, initial={"received_on": today}, **kwargs)


class _Cell(forms.Field):
    """Whatever is typed: the checks of deliveries say what is wrong with it, a NUL too."""

    widget = forms.TextInput(attrs={"autocomplete": "off"})
    typed_length = 20


class MendForm(forms.Form):
    """The wrong cells of one row, with what is wrong; never the BSN itself, only how it ends."""

    use_required_attribute = False

    def __init__(self, row: Staged, how: Plan) -> None:
        self.whole_row = [sentence(error) for error in row.errors if not column_of(error, how)]
        wrong: dict[str, list[CellError]] = {}
        for error in row.errors:
            if column := column_of(error, how):
                wrong.setdefault(column, []).append(error)
        prefix = f"r{row.number}"
        places = {name_of(how, column): column for column in wrong}
        is_bsn = {name: how.header_of("bsn") == column for name, column in places.items()}
        delivered = {name: _cell(row, how, column) for name, column in places.items()}
        super().__init__(
            {f"{prefix}-{name}": "" if is_bsn[name] else delivered[name] for name in places}, prefix=prefix
        )
        for name, column in places.items():
            self.fields[name] = _Cell(label=column, required=False)
            if is_bsn[name] and len(delivered[name]) >= _SAYS_NOTHING:
                hint = _("Nine digits. Delivered was a number that ends in %(end)s.")
                self.fields[name].help_text = hint % {"end": delivered[name][-3:]}
        self.full_clean()
        for field in self.fields.values():
            field.required = True  # from here on only so that no label calls a wrong cell optional
        for name, column in places.items():
            for error in wrong[column]:
                self.add_error(name, sentence(error))


class DecideForm(forms.Form):
    """Who a doubtful row is."""

    choice = forms.ChoiceField(
        label=gettext_lazy("Who is this?"),
        choices=[
            (StagedRow.Choice.OTHER.value, gettext_lazy("Somebody else: a new registration")),
            (StagedRow.Choice.SKIP.value, gettext_lazy("Leave out and ask the principal")),
        ],
        widget=forms.RadioSelect,
    )


class LeaveOutForm(forms.Form):
    """Why a row is left out."""

    why = forms.CharField(label=gettext_lazy("Why do you leave this row out?"), max_length=200, required=False)


class ApplyForm(forms.Form):
    """Applying; who leaves rows out says so."""

    partly = forms.BooleanField(
        error_messages={"required": gettext_lazy("Tick that you apply without these rows, or mend them first.")}
    )

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partly"].label = label
        if not label:
            del self.fields["partly"]


def column_of(error: CellError, how: Plan) -> str:
    """Return the header of the column in which a mistake is mended; empty when it is of the whole row."""
    return error.column or how.header_of(_FIELD_OF.get(error.code, ""))


def name_of(how: Plan, column: str) -> str:
    """Return the name of a column's field in the form."""
    return f"c{how.headers.index(column)}"


def typed(how: Plan, number: int, post: Any) -> dict[str, str]:
    """Return the cells that were typed anew, by header."""
    found = {header: post.get(f"r{number}-c{place}") for place, header in enumerate(how.headers) if how.fields[place]}
    return {header: cell for header, cell in found.items() if cell is not None}


def _cell(row: Staged, how: Plan, column: str) -> str:
    place = how.headers.index(column)
    return row.cells[place] if place < len(row.cells) else ""
