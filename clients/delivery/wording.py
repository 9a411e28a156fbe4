"""Art. 5.1: the sentence for each code of a wrong cell, a wrong row or a file that cannot be read.

English msgids, to be translated by whoever shows them; `%(max)s` and the like come from the error's `params`.
No sentence repeats a cell. Standard library only.
"""

from __future__ import annotations

from collections.abc import Mapping

from clients.delivery.fields import gettext_noop

CELL_ERRORS: Mapping[str, str] = {
    "bsn_invalid": gettext_noop("This number does not pass the eleven-test. Ask the principal for the right number."),
    "bsn_missing": gettext_noop("The BSN is missing. This principal always delivers it."),
    "bsn_twice": gettext_noop("This BSN stands in more than one row. Nobody can tell which row is right."),
    "reference_twice": gettext_noop("This reference stands in more than one row. Nobody can tell which row is right."),
    # Intake may not learn of the archive, so the sentence does not say why.
    "reference_used": gettext_noop("This reference cannot be used."),
    "reference_of_another": gettext_noop("Under this reference somebody else is registered. Ask the principal."),
    "bsn_of_another": gettext_noop("Under this BSN somebody else is registered. Ask the principal."),
    "required": gettext_noop("This cell may not be empty."),
    "formula": gettext_noop("This is a formula. Only plain text is read."),
    "control_character": gettext_noop("There is an invisible character in this cell, such as a line break."),
    "too_long": gettext_noop("This is longer than %(max)s characters."),
    "date_impossible": gettext_noop("This date does not exist."),
    "date_future": gettext_noop("This date lies in the future."),
    "date_unreadable": gettext_noop("This is not a date. Write it as dd-mm-yyyy."),
    "end_before_start": gettext_noop("The end date lies before the start date."),
    "postcode_invalid": gettext_noop("This is not a Dutch postcode. Put a postcode abroad in the address abroad."),
    "house_number_invalid": gettext_noop("This is not a house number. Letter and addition have their own columns."),
    "email_invalid": gettext_noop("This is not an e-mail address."),
    "telephone_invalid": gettext_noop("This is not a telephone number."),
    "code_unknown": gettext_noop("This code does not exist."),
    "too_few_cells": gettext_noop("This row has %(found)s cells instead of %(expected)s."),
    "too_many_cells": gettext_noop("This row has %(found)s cells instead of %(expected)s."),
}
UNREADABLE: Mapping[str, str] = {
    "empty": gettext_noop("This file is empty."),
    "no_rows": gettext_noop("This file has a header, but no rows."),
    "too_big": gettext_noop("This file is larger than %(max)s MB."),
    "wrong_type": gettext_noop("This is not a CSV file or an Excel workbook (.xlsx) with a header."),
    "old_workbook": gettext_noop("This is an old Excel file (.xls). Save it as .xlsx and upload it again."),
    "encrypted": gettext_noop("This file is locked with a password. Save it without and upload it again."),
    "macros": gettext_noop("This workbook contains macros. Save it as .xlsx without macros and upload it again."),
    "bomb": gettext_noop("This file unpacks to far more than a list of clients can be. It was not opened."),
    "broken": gettext_noop("This file is damaged and cannot be opened."),
    "encoding": gettext_noop("The letters in this file cannot be read. Save it as UTF-8 and upload it again."),
    "quote_open": gettext_noop("A quotation mark in this file is never closed, so rows would be lost."),
    "cell_too_long": gettext_noop("A cell in this file is far too long."),
    "too_many_rows": gettext_noop("This file has more than %(max)s rows. Split it and upload the parts."),
    "too_many_columns": gettext_noop("This file has more than %(max)s columns."),
}
