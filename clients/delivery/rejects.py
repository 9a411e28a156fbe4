"""Art. 5.1: the rows of a delivery that are not applied, as a file to send back, each with why.

A cell that a spreadsheet would take for a formula gets an apostrophe before it.
"""

from __future__ import annotations

import csv
import io

from django.db.models import Q
from django.utils.translation import gettext as _

from clients.delivery.check import CellError
from clients.delivery.staging import Staged, plan_of, read_rows
from clients.delivery.wording import CELL_ERRORS
from clients.models import Delivery, StagedRow

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")
REJECTED = (
    Q(verdict=StagedRow.Verdict.WRONG)
    | Q(choice=StagedRow.Choice.SKIP)
    | Q(verdict=StagedRow.Verdict.DOUBTFUL, choice=StagedRow.Choice.NONE)
)


def rejects_file(delivery: Delivery) -> bytes:
    """Return the rejected rows as CSV (semicolons, UTF-8 with its mark, as spreadsheets open it).

    Only columns that a layout names are in it. Raises KeyGone when the delivery has ended.
    """
    how = plan_of(delivery)
    places = [place for place, name in enumerate(how.fields) if name]
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow([_("Row"), _("Why"), *(how.headers[place] for place in places)])
    for row in read_rows(delivery.pk, StagedRow.objects.filter(REJECTED)):
        cells = [row.cells[place] if place < len(row.cells) else "" for place in places]
        writer.writerow([row.number, neutralised(why(row)), *map(neutralised, cells)])
    return text.getvalue().encode("utf-8-sig")


def why(row: Staged) -> str:
    """Return why a row is not applied, in sentences."""
    if row.is_left_out:
        return _("Left out: %(why)s") % {"why": row.why} if row.why else _("Left out.")
    if row.verdict == StagedRow.Verdict.DOUBTFUL:
        return _("Somebody with this name and birth date stands under another reference; nobody decided who this is.")
    return " ".join(f"{error.column}: {sentence(error)}" if error.column else sentence(error) for error in row.errors)


def sentence(error: CellError) -> str:
    """Return what is wrong with a cell in a sentence."""
    return _(CELL_ERRORS[error.code]) % error.params


def neutralised(cell: str) -> str:
    """Return a cell that no spreadsheet calculates."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
